package org.guiling.web;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.rest.dto.CamundaQueryParam;
import org.camunda.bpm.engine.rest.dto.ConditionQueryParameterDto;
import org.camunda.bpm.engine.rest.dto.SortingDto;
import org.camunda.bpm.engine.rest.dto.VariableQueryParameterDto;
import org.guiling.Canary;
import org.guiling.GuilingTest;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.web.support.Caller;
import org.guiling.web.support.EngineRoutes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Expressions in what is sent to the engine's REST: refused at every query, through both doors, whoever sends them. */
@GuilingTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineQueriesTest {

    private static final String WEB_APPS = "/camunda/api/engine/engine/default";
    private static final String ENGINE_REST = "/engine-rest";
    /** Named in application-test.yaml: may call everything that the engine has. */
    private static final String KEEPER = "engine-keeper";

    private static final int DEEPEST = 5;

    private static final List<Class<?>> PARTS =
            List.of(SortingDto.class, VariableQueryParameterDto.class, ConditionQueryParameterDto.class);

    @LocalServerPort
    int port;

    @Autowired
    Canary canary;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AuditTrail trail;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    @Qualifier("engineProvisioning")
    ApplicationRunner provisioning;

    private final Map<String, Caller> callers = new HashMap<>();
    private int songs;

    @BeforeAll
    void somebodyAdministersTheEngine() throws Exception {
        organization.save(
                new Person(KEEPER, "引擎管理员", "leading-group-office", EnumSet.of(Role.ADMINISTRATOR, Role.OPERATOR)),
                passwords.encode("guiling-demo"));
        provisioning.run(null);
    }

    /** A second administrator would let another test send the first away. */
    @AfterAll
    void nobodyStaysAdministrator() {
        jdbc.sql("update person set enabled = false where id = ?").param(KEEPER).update();
    }

    @BeforeEach
    void listen() {
        songs = canary.songs();
    }

    @AfterEach
    void nobodySang() {
        assertThat(canary.songs()).isEqualTo(songs);
    }

    /** Read from the engine's own classes, so that a later version's are attacked as well. */
    private static Set<String> properties(Predicate<String> wanted) {
        ClassPathScanningCandidateComponentProvider classes = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return true;
            }
        };
        classes.addIncludeFilter(new RegexPatternTypeFilter(Pattern.compile(".*Dto")));
        return classes.findCandidateComponents("org.camunda.bpm.engine.rest").stream()
                .map(found -> type(found.getBeanClassName()))
                .flatMap(type -> Stream.of(type.getDeclaredMethods())
                        .filter(method -> method.getName().startsWith("set"))
                        .filter(method -> PARTS.contains(type)
                                || type.getSimpleName().endsWith("QueryDto")
                                || method.isAnnotationPresent(CamundaQueryParam.class))
                        .flatMap(method -> Stream.of(property(method.getName()), parameter(method)))
                        .filter(name -> name != null))
                .filter(wanted)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String property(String setter) {
        return setter.length() == 3 ? null : Character.toLowerCase(setter.charAt(3)) + setter.substring(4);
    }

    private static String parameter(Method setter) {
        CamundaQueryParam parameter = setter.getAnnotation(CamundaQueryParam.class);
        return parameter == null ? null : parameter.value();
    }

    private static Set<String> expressions() {
        return properties(name -> name.endsWith("Expression"));
    }

    @Test
    void theListHasEveryPropertyOfTheEnginesQueriesButExpressions() throws Exception {
        try (var list = getClass().getResourceAsStream("/engine/query-properties.txt")) {
            Set<String> listed = new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(listed).noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("expression"));
            assertThat(listed)
                    .containsAll(properties(name -> !name.contains("xpression")
                            && !Set.of("objectMapper", "valueBasedOnAnnotation").contains(name)));
        }
        assertThat(expressions()).hasSizeGreaterThanOrEqualTo(20).contains("assigneeExpression", "dueBeforeExpression");
    }

    static Collection<String> people() {
        return Stream.concat(Stream.of(Role.values()).map(Role::name), Stream.of("ENGINE_ADMINISTRATOR"))
                .toList();
    }

    /** Every property of every depth at the queries of tasks and filters, through both doors. */
    @ParameterizedTest
    @MethodSource("people")
    void nobodySendsAnExpression(String role) {
        String person = personWith(role);
        int depth = 0;
        for (String expression : expressions()) {
            for (String door : doorsOf(person)) {
                for (String query : taskQueries()) {
                    depth = depth % DEEPEST + 1;
                    assertRefused(caller(person, door).post(door + query, nested(expression, depth)), expression);
                }
                assertRefused(
                        caller(person, door).get(door + "/task?" + expression + "=%24%7Bcanary.sing()%7D"), expression);
            }
        }
    }

    /** Every other query that the engine answers by POST, whatever it is about. */
    @Test
    void noOtherQueryTakesOneEither() {
        List<String> queries = EngineRoutes.all().stream()
                .filter(route -> route.method().equals("POST"))
                .map(EngineRoutes.Route::path)
                .filter(path -> !path.contains("multipart") && !path.contains("deployment/create"))
                .map(path -> path.replaceAll("\\{[^}]*}", "1"))
                .toList();
        assertThat(queries).hasSizeGreaterThan(40);

        for (String door : List.of(WEB_APPS, ENGINE_REST)) {
            for (String query : queries) {
                for (int depth = 1; depth <= DEEPEST; depth++) {
                    assertRefused(caller(KEEPER, door).post(door + query, nested("assigneeExpression", depth)), query);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"orQueries\":[{\"\\u0061ssigneeExpression\":\"${canary.sing()}\"}]}",
                "{\"orQueries\":[{\"AssigneeExpression\":\"${canary.sing()}\"}]}",
                "{\"orQueries\":[{\"ASSIGNEEEXPRESSION\":\"${canary.sing()}\"}]}",
                "{\"orQueries\":[{\"assignee\":\"x\"}],\"orQueries\":[{\"assigneeExpression\":\"${canary.sing()}\"}]}",
                "{\"orQueries\":[{\"assignee\":\"x\",\"assignee\":\"y\"}]}",
                "{\"orQueries\":[{/*\"x\":*/\"assigneeExpression\":\"${canary.sing()}\"}]}",
                "{\"orQueries\":[[{\"assigneeExpression\":\"${canary.sing()}\"}]]}",
                "[{\"orQueries\":[{\"assigneeExpression\":\"${canary.sing()}\"}]}]",
                "{\"orQueries\":[]} {\"orQueries\":[{\"assigneeExpression\":\"${canary.sing()}\"}]}",
                "{orQueries:[{assigneeExpression:'${canary.sing()}'}]}",
                "{\"processVariables\":[{\"name\":\"x\",\"operator\":\"eq\",\"value\":{\"assigneeExpression\":\"${canary.sing()}\"}}]}",
                "{\"unknown\":1}",
                "{\"orQueries\":[{\"assigneeExpression\":null}]}"
            })
    void noTrickOfJsonGetsOneIn(String body) {
        for (String door : List.of(WEB_APPS, ENGINE_REST)) {
            assertRefused(caller("operator", door).post(door + "/task/count", body), body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json;charset=UTF-16", "multipart/form-data; boundary=x"})
    void noContentTypeGetsOneIn(String contentType) {
        String body = nested("assigneeExpression", 2);
        for (String door : List.of(WEB_APPS, ENGINE_REST)) {
            assertRefused(
                    caller("operator", door)
                            .send("POST", door + "/task/count", contentType, BodyPublishers.ofString(body)),
                    contentType);
            assertRefused(
                    caller("operator", door)
                            .send("POST", door + "/task/count", contentType, BodyPublishers.ofString(body, UTF_16)),
                    contentType);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assigneeExpression=1",
                "%61ssigneeExpression=1",
                "firstResult=0&assignee%45xpression=1",
                "ASSIGNEEEXPRESSION=1",
                "x=1"
            })
    void noParameterGetsOneIn(String parameters) {
        for (String door : List.of(WEB_APPS, ENGINE_REST)) {
            assertRefused(caller("operator", door).get(door + "/task?" + parameters), parameters);
            assertRefused(caller("operator", door).post(door + "/task?" + parameters, "{}"), parameters);
        }
    }

    /** Stored filters with expressions are those that are shipped. */
    @Test
    void nobodyStoresAnExpression() {
        String filter =
                "{\"resourceType\":\"Task\",\"name\":\"mine\",\"query\":{\"assigneeExpression\":\"${canary.sing()}\"},\"properties\":{}}";
        for (String door : List.of(WEB_APPS, ENGINE_REST)) {
            Caller keeper = caller(KEEPER, door);
            assertRefused(keeper.post(door + "/filter/create", filter), "create");
            assertRefused(
                    keeper.send(
                            "PUT", door + "/filter/" + filterId(), "application/json", BodyPublishers.ofString(filter)),
                    "change");
        }
    }

    @Test
    void whatTheWebAppsAskIsAnswered() {
        for (String door : List.of(WEB_APPS, ENGINE_REST)) {
            Caller handler = caller("operator", door);
            String search =
                    "{\"sorting\":[{\"sortBy\":\"dueDate\",\"sortOrder\":\"asc\"},{\"sortBy\":\"processVariable\",\"sortOrder\":\"desc\",\"parameters\":{\"variable\":\"itemNo\",\"type\":\"string\"}}],"
                            + "\"orQueries\":[{\"nameLike\":\"%核查%\",\"priorityHigherThanOrEquals\":10}],\"variableNamesIgnoreCase\":true,"
                            + "\"processVariables\":[{\"name\":\"itemNo\",\"operator\":\"like\",\"value\":\"ZG-%\"}]}";
            Caller.answer(handler.post(door + "/task?firstResult=0&maxResults=15", search), 200);
            Caller.answer(
                    handler.post(
                            door + "/filter/" + filterId() + "/count",
                            "{\"dueBefore\":\"2026-12-31T00:00:00.000+0800\"}"),
                    200);
            Caller.answer(handler.post(door + "/filter/" + filterId() + "/list?firstResult=0&maxResults=15"), 200);
        }
    }

    @Test
    void whoTriesIsWrittenDownOnceADayAndShownToAdministrators() {
        for (int i = 0; i < 3; i++) {
            caller("verifier", WEB_APPS).post(WEB_APPS + "/history/detail/count", nested("ownerExpression", 2));
        }

        assertThat(trail.page(AuditEventKind.QUERY_REFUSED, "verifier", null, 100))
                .filteredOn(event -> event.subject()
                        .equals("POST /camunda/api/engine/engine/default/history/detail/count ownerExpression"))
                .singleElement()
                .extracting(AuditEvent::details)
                .isEqualTo(Map.of("property", "ownerExpression", "address", "127.0.0.1"));
        assertThat(Caller.browser(port, "administrator")
                        .get("/administration/security")
                        .body())
                .contains(
                        "POST /camunda/api/engine/engine/default/history/detail/count ownerExpression",
                        organization.personName("verifier"),
                        "被拒绝的引擎查询");
        assertThat(Caller.browser(port, "handler")
                        .get("/administration/security")
                        .statusCode())
                .isEqualTo(403);
    }

    private static void assertRefused(HttpResponse<String> answer, String what) {
        assertThat(answer.statusCode()).as("%s: %s", what, answer.body()).isEqualTo(400);
        assertThat(Caller.json(answer).path("type").asText()).isEqualTo("InvalidRequestException");
        assertThat(answer.body()).doesNotContain("org.camunda", "canary", "Expression:");
    }

    /** @param depth how many objects are around the property, itself included */
    private static String nested(String expression, int depth) {
        String body = "{\"" + expression + "\":\"${canary.sing()}\"}";
        for (int i = 1; i < depth; i++) {
            body = "{\"orQueries\":[" + body + "]}";
        }
        return body;
    }

    private List<String> taskQueries() {
        return Stream.of("/task", "/task/count", "/filter/{}/list", "/filter/{}/singleResult", "/filter/{}/count")
                .map(path -> path.replace("{}", filterId()))
                .toList();
    }

    private String filterId() {
        return jdbc.sql("select id_ from act_ru_filter order by id_ limit 1")
                .query(String.class)
                .single();
    }

    /** The other door of the engine is shut to whoever operates nothing, whatever they send. */
    private List<String> doorsOf(String person) {
        Caller script = caller(person, ENGINE_REST);
        if (organization.person(person).orElseThrow().has(Role.OPERATOR)) {
            return List.of(WEB_APPS, ENGINE_REST);
        }
        assertThat(script.post(ENGINE_REST + "/task", nested("assigneeExpression", 2))
                        .statusCode())
                .isEqualTo(403);
        return List.of(WEB_APPS);
    }

    private String personWith(String role) {
        return role.equals("ENGINE_ADMINISTRATOR")
                ? KEEPER
                : organization.people(Role.valueOf(role)).stream()
                        .map(Person::id)
                        .findFirst()
                        .orElseThrow();
    }

    private Caller caller(String person, String door) {
        return callers.computeIfAbsent(
                person + door,
                key -> door.equals(ENGINE_REST) ? Caller.script(port, person) : Caller.webApp(port, person));
    }
}
