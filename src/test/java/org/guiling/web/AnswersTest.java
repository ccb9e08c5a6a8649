package org.guiling.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.problem;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.guiling.web.support.DatabaseRows;
import org.guiling.web.support.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each cause of a fault that was seen once, with the answer that it has now. FuzzTest looks for others. */
@GuilingTest
class AnswersTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(strings = {"/extension", "/suspension", "/cancellation", "/merge", "/decline"})
    void aListOfNullIsNoValue(String request) {
        String itemNo = lifeCycle.itemAt(request.equals("/decline") ? ItemStatus.DISPATCHED : ItemStatus.RECTIFYING);
        Map<String, String> before = DatabaseRows.read(jdbc);

        problem(Caller.script(port, "handler").post("/api/items/" + itemNo + request, "{\"reason\":[null]}"), 400);

        assertThat(DatabaseRows.read(jdbc)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "sourceDocNo", "factText", "category", "coUnits"})
    void aTextWithNulNamesItsField(String field) {
        for (String text : List.of("a\u0000b", "\u0007", "\uffff")) {
            Map<String, Object> fields = new HashMap<>(lifeCycle.registration());
            fields.put(field, field.equals("coUnits") ? List.of(text) : text);

            assertThat(problem(Caller.script(port, "registrar").inEnglish().post("/api/items", fields), 400)
                            .at("/errors/0/field")
                            .asText())
                    .isEqualTo(field);
        }
    }

    @Test
    void halfACharacterIsRefusedByTheEngineToo() {
        String body = "{\"processVariables\":[{\"name\":\"a\",\"operator\":\"eq\",\"value\":\"\\ud800\"}]}";

        var answer = Caller.script(port, "operator").inEnglish().post("/engine-rest/task/count", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Exception in", "org.camunda");
    }

    @ParameterizedTest
    @ValueSource(strings = {"assignee=a%00b", "nameLike=%EF%BF%BF", "a%01=x", "x=%zz"})
    void aQueryOfTheEngineIsReadableToo(String query) {
        assertThat(raw("GET", "/engine-rest/task?" + query, "").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "nonsense",
                "application/json; charset=no-such",
                "application/json; charset=GBK"
            })
    void aTypeThatNobodyReadsIsSaidToBeUnsupported(String type) {
        problem(Caller.script(port, "registrar").send("POST", "/api/items", type, BodyPublishers.ofString("{}")), 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"})
    void anUploadWithoutItsPartsIsRefused(String type) {
        assertThat(raw(
                                "POST",
                                "/api/imports",
                                "--x\r\nContent-Disposition: form-data; name=\"file\"; fil",
                                "registrar",
                                type)
                        .status())
                .isIn(400, 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01", "+292278994-08-17", "+999999999-12-31", "0000-00-00", "2026-02-30"})
    void aDayThatNobodyMeansIsRefused(String day) {
        String query = "?unit=jiaqiao-town&to=2026-03-01&from=" + day.replace("+", "%2B");

        problem(Caller.script(port, "leader").get("/api/documents/rectification-report.docx" + query), 400);
        problem(
                Caller.script(port, "administrator")
                        .post(
                                "/api/organization/substitutions",
                                Map.of("absent", "handler", "substitute", "handler2", "from", day, "until", day)),
                400);
    }

    static Stream<String> nobodysRoles() {
        return Stream.of("null", "[null]", "[\"HANDLER\",null]", "[\"NO_SUCH\"]", "\"\"", "[]");
    }

    @ParameterizedTest
    @MethodSource("nobodysRoles")
    void rolesThatAreNoneAreRefused(String roles) {
        String person = "{\"id\":\"nobodys.roles\",\"name\":\"测试\",\"unit\":\"jiaqiao-town\",\"roles\":" + roles + "}";
        Caller administrator = Caller.script(port, "administrator");

        problem(administrator.post("/api/organization/people", person), 400);
        problem(
                administrator.send(
                        "PUT", "/api/organization/people/handler", "application/json", BodyPublishers.ofString(person)),
                400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/new-unit?", "/people/handler/edit?"})
    void namesBesideAFormsAreNoInputs(String page) {
        Caller browser = Caller.browser(port, "administrator");
        String form =
                "tier=NO_SUCH&name[100000]=x&name[0]=y&roles[100000]=HANDLER&name.class=z&_csrf=" + browser.csrf("/");

        int status = browser.send(
                        "POST",
                        "/administration" + page,
                        "application/x-www-form-urlencoded",
                        BodyPublishers.ofString(form))
                .statusCode();

        assertThat(status).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"itemNo[0]=x", "itemNo[300]=x", "itemNo[100000]=x&itemNo[0]=y", "itemNo[]=x"})
    void aListHasNoIndexes(String asked) {
        Caller browser = Caller.browser(port, "reviewer");
        String inAddress = asked.replace("[", "%5B").replace("]", "%5D");
        String form = asked + "&name=x&sort=DUE&columns=status&_csrf=" + browser.csrf("/");

        assertThat(browser.get("/items?" + inAddress).statusCode()).isEqualTo(400);
        for (String action : List.of("/items/views", "/items/columns", "/items/search")) {
            assertThat(browser.send("POST", action, "application/x-www-form-urlencoded", BodyPublishers.ofString(form))
                            .statusCode())
                    .as(action)
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/items?itemNo[100000]=x",
                "/api/items/..",
                "/api/items/-1",
                "/api/tasks/-1",
                "/api/tasks/%2e%2e",
                "/api/spot-checks/-1",
                "/api/items?page=-1"
            })
    void whatIsNotThereIsNoFaultOfTheServer(String path) {
        assertThat(raw("GET", path, "").status()).isBetween(200, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/%2e%2e/api/engine/engine/default/task/count",
                "/camunda/api/engine;x=y/engine/default/task/count",
                "/camunda//api/engine/engine/default/task/count",
                "/camunda/api%2fengine/engine/default/task/count",
                "/camunda/%61pi/engine/engine/default/task/count",
                "/engine-rest/%74ask/count",
                "/engine-rest/./task/count",
                "/engine-rest/task%2fcount",
                "/engine-rest/task/%00",
                "/engine-rest/task/%EF%BF%BF"
            })
    void aPathThatIsWrittenInAnotherWayIsNoFaultOfTheServer(String path) {
        for (String method : List.of("GET", "POST")) {
            assertThat(raw(method, path, "{}").status()).as(method).isBetween(200, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie: guiling-language=%00; JSESSIONID=..",
                "Cookie: guiling-language=no_such_language_at_all",
                "Accept-Language: ;;q=x,*;q=9",
                "Accept: nonsense",
                "Accept: image/png",
                "Range: bytes=9999999999999999999-",
                "If-Modified-Since: yesterday",
                "Origin: null",
                "Content-Encoding: gzip",
                "X-HTTP-Method-Override: \u0000"
            })
    void aHeaderThatMakesNoSenseIsNoFaultOfTheServer(String header) {
        for (String path : List.of("/api/items", "/login", "/engine-rest/task", "/assets/none.css", "/items")) {
            assertThat(RawHttp.send(port, "GET " + path + " HTTP/1.1\r\n" + header, new byte[0])
                            .status())
                    .as(path)
                    .isBetween(200, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"variables\":{\"value\":null,\"type\":null}}",
                "{\"orQueries\":[null]}",
                "{\"variables\":{\"a\":null}}",
                "{",
                "[]",
                "null",
                "{\"processDefinitionKeyNotIn\":[]}",
                "{\"variableNameIn\":[null]}",
                "{\"maxResults\":1e999}"
            })
    void theEngineAnswersInWordsWhatItCannotRead(String body) {
        for (String path : List.of(
                "/process-instance",
                "/history/process-instance",
                "/history/variable-instance/count",
                "/task/x/complete")) {
            RawHttp.Answer answer = raw("POST", "/engine-rest" + path, body);
            assertThat(answer.status()).as(path + answer.body()).isBetween(200, 499);
        }
    }

    @Test
    void manyTasksAreNotClaimedAtOnce() {
        Caller browser = Caller.browser(port, "handler");

        var answer = browser.submit("/todos/claim", browser.csrf("/"), Map.of("id", "a,".repeat(5000)));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void aRedirectThatNobodyCouldFollowIsRefused() {
        Caller browser = Caller.browser(port, "leader");
        Map<String, String> form = Map.of(
                "action",
                "export",
                "selected",
                "ZG-2026-000001,".repeat(800),
                "columns",
                "itemNo",
                "sort",
                "REGISTERED");

        assertThat(browser.submit("/items/selection", browser.csrf("/"), form).statusCode())
                .isEqualTo(400);
    }

    private RawHttp.Answer raw(String method, String path, String body) {
        return raw(method, path, body, "operator", "application/json");
    }

    private RawHttp.Answer raw(String method, String path, String body, String person, String type) {
        String credentials = Base64.getEncoder().encodeToString((person + ":guiling-demo").getBytes(UTF_8));
        return RawHttp.send(
                port,
                method + " " + path + " HTTP/1.1\r\nAuthorization: Basic " + credentials + "\r\nContent-Type: " + type,
                body.getBytes(UTF_8));
    }
}
