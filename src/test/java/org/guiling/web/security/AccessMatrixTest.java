package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.engine.Samples.fields;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.audit.Anchors;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.engine.YearFiles;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.notification.Inbox;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.Notifications;
import org.guiling.signon.token.AccessTokens;
import org.guiling.web.support.Caller;
import org.guiling.web.support.EngineRoutes;
import org.guiling.web.support.Ledgers;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every endpoint for every kind of person: asked for real, with a body that is complete, so that only rights and rules
 * stand between. Pages, {@code /api} and Camunda's REST; an endpoint that is new has no row and fails the build.
 */
@GuilingTest
class AccessMatrixTest {

    private static final String OWN = "jiaqiao-town";
    private static final String OTHER = "housing-urban-bureau";
    private static final String CHECKED_CATEGORY = "STYLE";
    private static final String WEB_APP = "/camunda/api/engine/engine/default";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    AccessTokens tokens;

    @Autowired
    Notifications notifications;

    @Autowired
    Inbox inbox;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Anchors anchors;

    @Autowired
    Collection<RequestMappingHandlerMapping> mappings;

    private final Map<String, Map<ItemStatus, String>> items = new HashMap<>();
    private final Map<String, Caller> callers = new HashMap<>();
    private final List<String> carded = new ArrayList<>();
    private final Map<String, Caller> scripts = new HashMap<>();
    private final Map<String, String> batches = new HashMap<>();

    /** Targets that one kind of person after the other tries to change, until one of them may. */
    private final Map<String, String> untouched = new HashMap<>();

    private String spotCheck;
    private int made;

    @AfterEach
    void nothingIsLeft() {
        clock.reset();
        jdbc.update("update access_token set revoked_at = now() where name = 'matrix' and revoked_at is null");
        jdbc.update("delete from second_factor");
        jdbc.update("delete from notice where occasion like 'matrix %'");
    }

    /** A kind of person: an account, null for nobody, and whether the item that they reach for is of their own unit. */
    private enum Kind {
        NOBODY("nobody", null, OWN),
        REGISTRAR("registrar", "registrar", OWN),
        REVIEWER("reviewer", "reviewer", OWN),
        HANDLER("handler, own unit", "handler2", OWN),
        HANDLER_OF_ANOTHER("handler, other unit", "handler", OWN),
        UNIT_LEADER("unit leader, own unit", "township-leader", OWN),
        UNIT_LEADER_OF_ANOTHER("unit leader, other unit", "township-leader", OTHER),
        VERIFIER("verifier", "verifier", OWN),
        SUPERVISOR("supervisor", "supervisor", OWN),
        LEADER("deputy head", "leader", OWN),
        HEAD("head", "head", OWN),
        OPERATOR("operator", "operator", OWN),
        ADMINISTRATOR("administrator", "administrator", OWN),
        AUDIT_ADMINISTRATOR("audit administrator", "auditor", OWN);

        private final String title;
        private final String account;
        private final String unit;

        Kind(String title, String account, String unit) {
            this.title = title;
            this.account = account;
            this.unit = unit;
        }

        static List<String> titles() {
            return Stream.of(values()).map(kind -> kind.title).toList();
        }
    }

    /** The request to an endpoint. */
    @FunctionalInterface
    private interface Probe {
        HttpResponse<?> ask(Visit visit);
    }

    /** One person at one endpoint. */
    private final class Visit {

        private final Kind kind;
        private final Caller caller;
        private ItemStatus used;

        Visit(Kind kind) {
            this.kind = kind;
            this.caller = caller(kind.account);
        }

        /** An item of the unit that the person reaches for; used up by whoever is let in. */
        String item(ItemStatus status) {
            used = status;
            return items.computeIfAbsent(kind.unit, unit -> new EnumMap<>(ItemStatus.class))
                    .computeIfAbsent(status, at -> lifeCycle.itemAt(at, Map.of("leadUnit", kind.unit)));
        }

        String task(ItemStatus status) {
            return lifeCycle.waiting(item(status)).taskId();
        }

        /** The same person with an access token; nobody stays nobody. */
        Caller script() {
            return kind.account == null
                    ? caller
                    : scripts.computeIfAbsent(
                            kind.account, account -> Caller.bearer(port, tokens.create(account, "matrix", 1)));
        }

        HttpResponse<String> get(String path) {
            return caller.get(path);
        }

        HttpResponse<String> post(String path, Map<String, Object> body) {
            return caller.post(path, body);
        }

        HttpResponse<String> put(String path, Map<String, Object> body) {
            return caller.put(path, body);
        }

        HttpResponse<String> request(ItemStatus status, String request, Map<String, Object> body) {
            return post("/api/items/" + item(status) + "/" + request, body);
        }

        String ask(String endpoint, Probe probe) {
            HttpResponse<?> response = probe.ask(this);
            String cell = AccessMatrix.seen(
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse(""));
            if (!endpoint.startsWith("GET") && cell.equals("✓")) {
                untouched.clear();
                if (used != null) {
                    items.get(kind.unit).remove(used);
                }
            }
            return cell;
        }
    }

    @Test
    void pagesAndInterface() {
        Map<String, Probe> probes = probes();
        assertThat(routes()).as("endpoints and rows").isEqualTo(new TreeSet<>(probes.keySet()));

        AccessMatrix matrix = new AccessMatrix("pages and interface", Kind.titles());
        probes.forEach((endpoint, probe) -> matrix.add(
                endpoint,
                Stream.of(Kind.values())
                        .map(kind -> new Visit(kind).ask(endpoint, probe))
                        .toList()));

        assertThat(matrix.differences()).isEmpty();
    }

    /**
     * Camunda's own REST as the web apps reach it, with the ids of an item that waits for its plan and empty bodies. Nobody
     * changes anything by it.
     */
    @Test
    void theEnginesInterfaceThroughTheWebApps() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING, Map.of("leadUnit", OWN));
        Map<String, String> ids = ids(itemNo);
        List<Kind> kinds = Stream.of(Kind.values())
                .filter(kind -> kind != Kind.UNIT_LEADER_OF_ANOTHER)
                .toList();
        kinds.forEach(kind -> openTheDoor(caller(kind.account)));
        String before = stateOfTheEngine();

        AccessMatrix matrix = new AccessMatrix(
                "engine", kinds.stream().map(kind -> kind.title).toList());
        EngineRoutes.all()
                .forEach(route -> matrix.add(
                        route.method() + " " + route.path(),
                        kinds.stream()
                                .map(kind -> askTheEngine(caller(kind.account), route, ids))
                                .toList()));

        List<String> differences = matrix.differences();
        assertThat(stateOfTheEngine()).isEqualTo(before);
        assertThat(differences).isEmpty();
    }

    /** The engine's REST for scripts: whoever is not of the operations role is stopped before it. */
    @Test
    void theEnginesInterfaceForScripts() {
        Map<String, String> ids = ids(lifeCycle.itemAt(ItemStatus.PLANNING));
        Caller nobody = Caller.anonymous(port);
        EngineRoutes.all().forEach(route -> assertThat(
                        ask(nobody, "/engine-rest", route, ids).statusCode())
                .as(route.toString())
                .isEqualTo(401));
        for (Kind kind : Kind.values()) {
            if (kind.account != null) {
                Caller script = Caller.script(port, kind.account);
                for (String path : List.of("/task", "/process-instance", "/engine", "/nothing")) {
                    int status = script.get("/engine-rest" + path).statusCode();
                    assertThat(status == 403).as(kind + " " + path).isEqualTo(kind != Kind.OPERATOR);
                }
            }
        }
    }

    /** Ours and what the libraries bring along; the error page answers for other requests alone. */
    private Set<String> routes() {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(info -> info.getPatternValues().stream()
                        .flatMap(path ->
                                info.getMethodsCondition().getMethods().stream().map(method -> method + " " + path)))
                .filter(route -> !route.endsWith("/error"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Probe> probes() {
        LocalDate today = lifeCycle.today();
        Map<String, Probe> probes = new LinkedHashMap<>();
        page(probes, "GET /", "/");
        page(probes, "GET /login", "/login");
        page(probes, "GET /imports", "/imports");
        page(probes, "GET /imports/check", "/imports/check");
        page(probes, "GET /imports/progress", "/imports/progress");
        page(probes, "GET /imports/result", "/imports/result");
        page(probes, "GET /administration", "/administration");
        page(probes, "GET /calendar", "/calendar");
        page(probes, "GET /calendar/check", "/calendar/check");
        page(probes, "GET /organization", "/organization");
        page(probes, "GET /organization/check", "/organization/check");
        page(probes, "GET /v3/api-docs", "/v3/api-docs");
        page(probes, "GET /v3/api-docs.yaml", "/v3/api-docs.yaml");
        page(probes, "GET /v3/api-docs/swagger-config", "/v3/api-docs/swagger-config");
        page(probes, "GET /api/docs", "/api/docs");
        probes.put(
                "POST /imports/check",
                visit -> visit.caller.upload(
                        "/imports/check", "l.csv", Ledgers.with(1, 0), Map.of("profile", "ledger")));
        probes.put(
                "POST /imports/run",
                visit -> visit.caller.submit("/imports/run", "", Map.of("token", "none", "mode", "ALL")));
        probes.put(
                "POST /imports/hidden",
                visit -> visit.caller.submit("/imports/hidden", "", Map.of("token", "none", "leave", "true")));
        probes.put(
                "POST /imports/units",
                visit -> visit.caller.submit("/imports/units", "", Map.of("token", "none", "name", "x", "unit", "")));
        probes.put(
                "POST /imports/{id}/review",
                visit -> visit.caller.submit(
                        "/imports/" + imported("page") + "/review", "", Map.of("confirmed", "true")));
        probes.put("GET /imports/{id}/review", visit -> visit.get("/imports/" + imported("page") + "/review"));
        page(probes, "GET /notifications", "/notifications");
        page(probes, "GET /imports/review-progress", "/imports/review-progress");
        probes.put(
                "POST /calendar/check",
                visit -> visit.caller.upload(
                        "/calendar/check", "y.yaml", YearFiles.of(2067).getBytes(UTF_8), Map.of()));
        probes.put("POST /calendar/load", visit -> visit.caller.submit("/calendar/load", "", Map.of("token", "none")));
        rules(probes);
        probes.put(
                "POST /organization/check",
                visit -> visit.caller.upload("/organization/check", "o.xlsx", new byte[] {1}, Map.of()));
        probes.put(
                "POST /organization/import",
                visit -> visit.caller.submit("/organization/import", "", Map.of("token", "none")));
        probes.put(
                "POST /notifications/{id}/read",
                visit -> visit.caller.submit("/notifications/" + notice(visit.kind) + "/read", "", Map.of()));
        probes.put("POST /notifications/read", visit -> visit.caller.submit("/notifications/read", "", Map.of()));

        administration(probes, today);
        page(probes, "GET /help", "/help");
        page(probes, "GET /offline", "/offline");
        probes.put("POST /help/tour/end", visit -> visit.caller.submit("/help/tour/end", "", Map.of()));
        page(probes, "GET /suggestions", "/suggestions");
        page(probes, "GET /spot-checks", "/spot-checks");
        page(probes, "GET /watched-tasks", "/watched-tasks");
        probes.put("GET /spot-checks/{checkNo}", visit -> visit.get("/spot-checks/" + spotCheck()));
        probes.put("POST /suggestions", visit -> visit.caller.submit("/suggestions", "", Map.of("kind", "FAULT")));
        probes.put(
                "POST /suggestions/{id}/answer",
                visit -> visit.caller.submit("/suggestions/0/answer", "", Map.of("answer", "已经改好。")));

        portal(probes);

        page(probes, "GET /api/items", "/api/items");
        probes.put("POST /api/items", visit -> visit.post("/api/items", lifeCycle.registration()));
        probes.put("POST /api/items/fast-lane", visit -> {
            Map<String, Object> filing = Samples.fastLane(today, lifeCycle.workingDays(5));
            filing.put("handler", "handler2".equals(visit.kind.account) ? "handler2" : "handler");
            return visit.post("/api/items/fast-lane", filing);
        });
        for (String part : List.of(
                "", "/timeline", "/duplicates", "/requests", "/parts", "/supervision", "/subject", "/documents")) {
            probes.put(
                    "GET /api/items/{itemNo}" + part,
                    visit -> visit.get("/api/items/" + visit.item(ItemStatus.RECTIFYING) + part));
        }
        probes.put(
                "GET /api/items/{itemNo}/documents/{kind}.docx",
                visit -> visit.get("/api/items/" + visit.item(ItemStatus.RECTIFYING) + "/documents/assignment.docx"));
        probes.put("GET /api/items/{itemNo}/documents/{kind}/versions/{version}.docx", visit -> {
            String itemNo = visit.item(ItemStatus.RECTIFYING);
            visit.get("/api/items/" + itemNo + "/documents/assignment.docx");
            return visit.get("/api/items/" + itemNo + "/documents/assignment/versions/1.docx");
        });
        probes.put(
                "POST /api/items/{itemNo}/documents/{kind}/versions",
                visit -> visit.post(
                        "/api/items/" + visit.item(ItemStatus.RECTIFYING) + "/documents/assignment/versions",
                        Map.of("reason", "文号已编")));
        probes.put(
                "POST /items/{itemNo}/documents/{kind}",
                visit -> visit.caller.submit(
                        "/items/" + visit.item(ItemStatus.RECTIFYING) + "/documents/assignment",
                        "",
                        Map.of("reason", "文号已编")));
        probes.put(
                "GET /api/documents/rectification-report.docx",
                visit -> visit.get("/api/documents/rectification-report.docx?unit=" + visit.kind.unit + "&from=" + today
                        + "&to=" + today));
        probes.put(
                "POST /api/items/{itemNo}/decline",
                visit -> visit.request(ItemStatus.DISPATCHED, "decline", Samples.decline("ecology-bureau")));
        probes.put("POST /api/items/{itemNo}/extension", visit -> {
            LocalDate due = lifeCycle.item(visit.item(ItemStatus.RECTIFYING)).currentDue();
            return visit.request(ItemStatus.RECTIFYING, "extension", Samples.extension(due.plusDays(9)));
        });
        probes.put(
                "POST /api/items/{itemNo}/suspension",
                visit -> visit.request(ItemStatus.RECTIFYING, "suspension", Samples.suspension(today.plusDays(30))));
        probes.put("POST /api/items/{itemNo}/merge", visit -> {
            String target = untouched.computeIfAbsent(
                    "merge into, " + visit.kind.unit,
                    key -> lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("leadUnit", visit.kind.unit)));
            return visit.request(ItemStatus.RECTIFYING, "merge", fields("targetNo", target, "reason", "同一处井盖。"));
        });
        probes.put(
                "POST /api/items/{itemNo}/transfer",
                visit -> visit.request(
                        ItemStatus.RECTIFYING, "transfer", fields("receiptNo", "回执2026-15", "reason", "属省级事权。")));
        probes.put(
                "POST /api/items/{itemNo}/cancellation",
                visit -> visit.request(
                        ItemStatus.RECTIFYING, "cancellation", fields("ground", "OBJECT_GONE", "reason", "路段已拆除。")));
        probes.put(
                "POST /api/items/{itemNo}/reopening",
                visit -> visit.request(ItemStatus.CLOSED, "reopening", Samples.reopening(today.plusDays(20))));
        probes.put("POST /api/items/{itemNo}/request-taking-back", this::takingBack);
        probes.put("POST /api/items/{itemNo}/split", visit -> {
            Map<String, Object> part = Samples.onePart(
                    lifeCycle.item(visit.item(ItemStatus.RECTIFYING)).currentDue());
            part.put("part1Unit", "dongyang-village");
            return visit.request(ItemStatus.RECTIFYING, "split", part);
        });
        probes.put("POST /api/items/{itemNo}/objection", this::objection);

        evidence(probes);

        page(probes, "GET /api/tasks", "/api/tasks");
        probes.put("GET /api/tasks/{id}", visit -> visit.get("/api/tasks/" + visit.task(ItemStatus.DISPATCHED)));
        probes.put(
                "POST /api/tasks/{id}/claim",
                visit -> visit.post("/api/tasks/" + visit.task(ItemStatus.DISPATCHED) + "/claim", Map.of()));
        probes.put(
                "POST /api/tasks/{id}/complete",
                visit -> visit.post(
                        "/api/tasks/" + visit.task(ItemStatus.DISPATCHED) + "/complete", Samples.claim("handler2")));

        for (String path : List.of("/api/codes", "/api/units", "/api/import-profiles")) {
            page(probes, "GET " + path, path);
        }
        page(probes, "GET /api/figures", "/api/figures");
        page(probes, "GET /api/exports/ledger.xlsx", "/api/exports/ledger.xlsx");
        page(probes, "GET /api/imports", "/api/imports");
        probes.put(
                "POST /api/imports",
                visit -> visit.caller.upload(
                        "/api/imports", "l.csv", Ledgers.with(1, 0), Map.of("profile", "ledger", "dryRun", "true")));
        probes.put(
                "POST /api/imports/{id}/review",
                visit -> visit.post("/api/imports/" + imported("api") + "/review", Map.of()));
        page(probes, "GET /api/imports/unit-names", "/api/imports/unit-names");
        probes.put(
                "POST /api/imports/unit-names",
                visit -> visit.post(
                        "/api/imports/unit-names", fields("name", "matrix-" + ++made, "unit", "education-bureau")));
        probes.put("DELETE /api/imports/unit-names", visit -> {
            String name = "matrix-" + ++made;
            new Visit(Kind.REGISTRAR).post("/api/imports/unit-names", fields("name", name, "unit", "education-bureau"));
            return visit.caller.delete("/api/imports/unit-names?name=" + name);
        });
        page(probes, "GET /api/calendar/years", "/api/calendar/years");
        page(probes, "GET /api/calendar/due", "/api/calendar/due?from=2026-02-13&n=1&unit=WORKDAY");
        probes.put(
                "POST /api/calendar/years",
                visit -> visit.caller.upload(
                        "/api/calendar/years", "y.yaml", YearFiles.of(2067).getBytes(UTF_8), Map.of("dryRun", "true")));
        page(probes, "GET /api/notifications", "/api/notifications");
        probes.put(
                "POST /api/notifications/{id}/read",
                visit -> visit.post("/api/notifications/" + notice(visit.kind) + "/read", Map.of()));
        probes.put("POST /api/notifications/retry", visit -> visit.post("/api/notifications/retry", Map.of()));
        page(probes, "GET /api/spot-checks", "/api/spot-checks");
        page(probes, "GET /api/watched-tasks", "/api/watched-tasks");
        probes.put(
                "POST /api/spot-checks",
                visit -> visit.post("/api/spot-checks", fields("title", "抽查", "scope", "NONE")));
        probes.put("GET /api/spot-checks/{checkNo}", visit -> visit.get("/api/spot-checks/" + spotCheck()));
        probes.put(
                "GET /api/spot-checks/{checkNo}/replay",
                visit -> visit.get("/api/spot-checks/" + spotCheck() + "/replay"));
        account(probes);
        organization(probes, today);
        scim(probes);
        page(probes, "GET /api/audit/anchors", "/api/audit/anchors");
        probes.put("GET /api/audit/anchors/{day}", visit -> visit.get("/api/audit/anchors/" + anchoredDay()));
        page(probes, "GET /api/audit/verification", "/api/audit/verification");
        page(probes, "GET /api/audit/contents", "/api/audit/contents");
        page(probes, "GET /api/audit/events", "/api/audit/events");
        page(probes, "GET /api/audit/events/export", "/api/audit/events/export?actor=nobody");
        page(probes, "GET /administration/security", "/administration/security");
        page(probes, "GET /audit", "/audit");
        probes.put("POST /audit/verification", visit -> visit.caller.submit("/audit/verification", "", Map.of()));
        page(probes, "GET /api/audit/log", "/api/audit/log");
        return probes;
    }

    private void administration(Map<String, Probe> probes, LocalDate today) {
        String path = "/administration";
        for (String page : List.of("/units", "/new-unit", "/people", "/new-person", "/substitutes", "/accounts")) {
            page(probes, "GET " + path + page, path + page);
        }
        String suggestions = path + "/people/suggestions";
        form(probes, suggestions, () -> suggestions + "?field=absent", Map.of());
        form(probes, path + "/people/search", () -> path + "/people/search", Map.of("text", "somebody"));
        for (String part : List.of("", "/name", "/move", "/close")) {
            page(probes, "GET " + path + "/units/{code}" + part, path + "/units/" + OWN + part);
        }
        for (String part : List.of("", "/edit", "/posts", "/leave")) {
            page(probes, "GET " + path + "/people/{id}" + part, path + "/people/handler" + part);
        }
        page(probes, "GET " + path + "/accounts/{id}", path + "/accounts/handler");
        form(probes, path + "/new-unit", () -> path + "/new-unit", newUnit());
        for (String part : List.of("/name", "/move", "/close")) {
            form(
                    probes,
                    path + "/units/{code}" + part,
                    () -> path + "/units/" + unit() + part,
                    Map.of("name", "示例单位", "parent", "yitang-town", "confirmed", "true"));
        }
        form(probes, path + "/new-person", () -> path + "/new-person", newPerson());
        form(
                probes,
                path + "/people/{id}/edit",
                () -> path + "/people/" + person() + "/edit",
                Map.of("name", "示例人员", "unit", "education-bureau", "roles", List.of("HANDLER")));
        Map<String, Object> post = Map.of("unit", "ecology-bureau", "roles", List.of("HANDLER"));
        form(probes, path + "/people/{id}/posts", () -> path + "/people/" + person() + "/posts", post);
        form(
                probes,
                path + "/people/{id}/posts/removal",
                () -> {
                    String posts = path + "/people/" + person() + "/posts";
                    new Visit(Kind.ADMINISTRATOR).caller.submit(posts, "", texts(post));
                    return posts + "/removal";
                },
                post);
        form(probes, path + "/people/{id}/leave", () -> path + "/people/" + person() + "/leave", Map.of());
        form(probes, path + "/substitutes", () -> path + "/substitutes", substitution(today));
        form(probes, path + "/substitutes/{id}/end", () -> path + "/substitutes/" + planned(today) + "/end", Map.of());
        form(probes, path + "/accounts/{id}/unlock", () -> path + "/accounts/" + person() + "/unlock", Map.of());
        form(
                probes,
                path + "/accounts/unlock-source",
                () -> path + "/accounts/unlock-source",
                Map.of("source", "192.0.2.9"));
        form(
                probes,
                path + "/accounts/{id}/initial-password",
                () -> path + "/accounts/" + person() + "/initial-password",
                Map.of());
        form(
                probes,
                path + "/accounts/{id}/tokens/{token}/revoke",
                () -> {
                    String account = person();
                    tokens.create(account, "matrix", 1);
                    return path + "/accounts/" + account + "/tokens/"
                            + tokens.of(account).get(0).id() + "/revoke";
                },
                Map.of());
    }

    /** @param path with what it is about, made for each that asks */
    private static void form(
            Map<String, Probe> probes, String endpoint, Supplier<String> path, Map<String, Object> body) {
        probes.put("POST " + endpoint, visit -> visit.caller.submit(path.get(), "", texts(body)));
    }

    private void portal(Map<String, Probe> probes) {
        page(probes, "GET /todos", "/todos");
        probes.put("POST /todos/claim", visit -> visit.caller.submit("/todos/claim", "", Map.of("id", "none")));
        form(probes, "/todos/search", () -> "/todos/search", Map.of("text", "somebody"));
        page(probes, "GET /items", "/items");
        form(probes, "/items/search", () -> "/items/search", Map.of("text", "somebody"));
        page(probes, "GET /board", "/board");
        page(probes, "GET /board/mine", "/board/mine");
        page(probes, "GET /board/figures", "/board/figures");
        probes.put(
                "POST /items/columns",
                visit -> visit.caller.submit("/items/columns", "", Map.of("sort", "DUE", "usual", "true")));
        probes.put(
                "POST /items/views",
                visit -> visit.caller.submit(
                        "/items/views", "", Map.of("sort", "DUE", "name", "", "columns", "status")));
        probes.put(
                "POST /items/views/{id}",
                visit -> visit.caller.submit("/items/views/0", "", Map.of("action", "delete")));
        probes.put(
                "POST /items/selection",
                visit -> visit.caller.submit(
                        "/items/selection", "", Map.of("action", "claim", "sort", "DUE", "selected", "none")));
        for (String part : List.of("", "/summary", "/path", "/evidence")) {
            probes.put(
                    "GET /items/{itemNo}" + part,
                    visit -> visit.get("/items/" + visit.item(ItemStatus.RECTIFYING) + part));
        }
        probes.put(
                "POST /items/{itemNo}/evidence/{id}/withdrawal",
                visit -> visit.caller.submit(
                        "/items/" + visit.item(ItemStatus.RECTIFYING) + "/evidence/" + photo(visit) + "/withdrawal",
                        "",
                        Map.of("reason", "拍错了。")));
        probes.put(
                "POST /items/{itemNo}/evidence/reuse",
                visit -> visit.caller.submit(
                        "/items/" + visit.item(ItemStatus.RECTIFYING) + "/evidence/reuse",
                        "",
                        Map.of("source", photo(visit), "measure", "2")));
        probes.put(
                "GET /items/{itemNo}/requests/{process}",
                visit -> visit.get("/items/" + visit.item(ItemStatus.RECTIFYING) + "/requests/suspension"));
        probes.put(
                "POST /items/{itemNo}/requests/{process}",
                visit -> visit.caller.submit(
                        "/items/" + visit.item(ItemStatus.RECTIFYING) + "/requests/suspension",
                        "",
                        texts(Samples.suspension(lifeCycle.today().plusDays(30)))));
        probes.put(
                "POST /items/{itemNo}/requests/{process}/hidden",
                visit -> visit.caller.submit(
                        "/items/" + visit.item(ItemStatus.RECTIFYING) + "/requests/suspension/hidden", "", Map.of()));
        for (String part : List.of("", "/item", "/evidence")) {
            probes.put(
                    "GET /tasks/{id}" + part, visit -> visit.get("/tasks/" + visit.task(ItemStatus.DISPATCHED) + part));
        }
        probes.put(
                "POST /tasks/{id}/claim",
                visit -> visit.caller.submit("/tasks/" + visit.task(ItemStatus.DISPATCHED) + "/claim", "", Map.of()));
        probes.put(
                "POST /tasks/{id}/hidden",
                visit -> visit.caller.submit("/tasks/" + visit.task(ItemStatus.DISPATCHED) + "/hidden", "", Map.of()));
        probes.put(
                "POST /tasks/{id}",
                visit -> visit.caller.submit(
                        "/tasks/" + visit.task(ItemStatus.DISPATCHED), "", texts(Samples.claim("handler2"))));
        page(probes, "GET /new/{what}", "/new/registration");
        probes.put(
                "POST /new/{what}",
                visit -> visit.caller.submit("/new/registration", "", texts(lifeCycle.registration())));
        probes.put("POST /new/{what}/hidden", visit -> visit.caller.submit("/new/registration/hidden", "", Map.of()));
    }

    /** The fields as a form sends them; a list as one of its values. */
    private static Map<String, String> texts(Map<String, Object> fields) {
        Map<String, String> texts = new HashMap<>();
        fields.forEach((name, value) -> {
            Object sent = value instanceof Collection<?> several
                    ? several.stream().findFirst().orElse(null)
                    : value;
            if (sent != null) {
                texts.put(name, sent.toString());
            }
        });
        return texts;
    }

    private void evidence(Map<String, Probe> probes) {
        for (String part : List.of("", "/offers", "/{id}", "/{id}/thumbnail", "/{id}/original")) {
            probes.put(
                    "GET /api/items/{itemNo}/evidence" + part,
                    visit -> visit.get(evidence(visit) + part.replace("{id}", photo(visit))));
        }
        probes.put(
                "POST /api/items/{itemNo}/evidence",
                visit -> visit.caller.upload(evidence(visit), "a.pdf", SampleFiles.pdf(), Map.of()));
        probes.put(
                "POST /api/items/{itemNo}/evidence/{id}/versions",
                visit -> visit.caller.upload(
                        evidence(visit) + "/" + photo(visit) + "/versions", "a.pdf", SampleFiles.pdf(), Map.of()));
        probes.put(
                "POST /api/items/{itemNo}/evidence/reuse",
                visit -> visit.post(
                        evidence(visit) + "/reuse", fields("source", Long.valueOf(photo(visit)), "measure", 1)));
        probes.put(
                "POST /api/items/{itemNo}/evidence/{id}/withdrawal",
                visit -> visit.post(evidence(visit) + "/" + photo(visit) + "/withdrawal", fields("reason", "拍错了。")));
    }

    private static String evidence(Visit visit) {
        return "/api/items/" + visit.item(ItemStatus.RECTIFYING) + "/evidence";
    }

    /** The id of a photo that the unit's handler has added to the item. */
    private String photo(Visit visit) {
        String path = evidence(visit);
        Caller handler = caller(visit.kind.unit.equals(OWN) ? "handler2" : "handler");
        return untouched.computeIfAbsent(
                path, key -> Caller.json(handler.upload(path, "a.jpg", SampleFiles.jpg(9, 9), Map.of()))
                        .path("files")
                        .path(0)
                        .path("id")
                        .asText());
    }

    private void account(Map<String, Probe> probes) {
        page(probes, "GET /account", "/account");
        page(probes, "GET /account/password", "/account/password");
        form(probes, "/account/proof", () -> "/account/proof", Map.of("proof", "wrong"));
        form(probes, "/account/sessions/{id}/end", () -> "/account/sessions/0/end", Map.of());
        form(probes, "/account/sessions/end-others", () -> "/account/sessions/end-others", Map.of());
        factor(probes);
        probes.put(
                "POST /account/password",
                visit -> visit.caller.submit(
                        "/account/password",
                        "",
                        Map.of("currentPassword", "x", "newPassword", "y", "repeatedPassword", "z")));
        probes.put(
                "POST /account/tokens",
                visit -> visit.caller.submit("/account/tokens", "", Map.of("name", "matrix", "days", "1")));
        probes.put(
                "POST /account/tokens/{id}/revoke",
                visit -> visit.caller.submit("/account/tokens/" + token(visit.kind) + "/revoke", "", Map.of()));
        page(probes, "GET /api/accounts/locked", "/api/accounts/locked");
        probes.put(
                "DELETE /api/accounts/{account}/lock-out",
                visit -> visit.caller.delete("/api/accounts/" + person() + "/lock-out"));
        probes.put(
                "DELETE /api/accounts/sources/{source}/lock-out",
                visit -> visit.caller.delete("/api/accounts/sources/192.0.2.9/lock-out"));
        probes.put(
                "POST /api/accounts/{account}/initial-password",
                visit -> visit.post("/api/accounts/" + person() + "/initial-password", Map.of()));
    }

    /** Between the factors everybody here is a stranger; of administrators and requests SecondFactorTest has more. */
    private void factor(Map<String, Probe> probes) {
        String account = "/account/second-factor";
        String step = "/login/second-factor";
        String requests = "/administration/second-factors";
        for (String path : List.of(account, account + "/picture", step, step + "/picture", requests)) {
            page(probes, "GET " + path, path);
        }
        for (String path : List.of("", "/replace", "/recovery-codes", "/remove")) {
            form(probes, account + path, () -> account + path, Map.of("code", "000000"));
        }
        form(probes, step + "/enrol", () -> step + "/enrol", Map.of("code", "000000"));
        form(probes, step + "/recovery", () -> step + "/recovery", Map.of());
        form(probes, requests + "/{id}/approve", () -> requests + "/" + recovery() + "/approve", Map.of());
        form(probes, requests + "/{id}/refuse", () -> requests + "/" + recovery() + "/refuse", Map.of());
    }

    /** Of somebody who asks for the removal of their second factor. */
    private String recovery() {
        return untouched.computeIfAbsent("recovery", key -> String.valueOf(newRecovery()));
    }

    private long newRecovery() {
        String account = newAccount();
        long factor = jdbc.queryForObject("""
                insert into second_factor (person_id, secret, enrolled_at, last_step)
                values (?, decode(repeat('00', 48), 'hex'), now(), 0) returning id""", Long.class, account);
        return jdbc.queryForObject("""
                insert into factor_recovery (person_id, factor_id, asked_at, expires_at)
                values (?, ?, now(), now() + interval '1 day') returning id""", Long.class, account, factor);
    }

    private void organization(Map<String, Probe> probes, LocalDate today) {
        String api = "/api/organization";
        page(probes, "GET /api/organization/units", api + "/units");
        page(probes, "GET /api/organization/people", api + "/people");
        page(probes, "GET /api/organization/substitutions", api + "/substitutions");
        page(probes, "GET /api/organization/template.xlsx", api + "/template.xlsx");
        probes.put(
                "POST /api/organization/import",
                visit -> visit.caller.upload(api + "/import", "o.xlsx", new byte[] {1}, Map.of("dryRun", "true")));
        page(probes, "GET /api/organization/units/{code}/open-items", api + "/units/" + OWN + "/open-items");
        page(probes, "GET /api/organization/open-items", api + "/open-items");
        probes.put("POST /api/organization/units", visit -> visit.post(api + "/units", newUnit()));
        probes.put(
                "PUT /api/organization/units/{code}",
                visit -> visit.put(api + "/units/" + unit(), fields("name", "测试单位（示例）")));
        probes.put(
                "POST /api/organization/units/{code}/move",
                visit -> visit.post(api + "/units/" + unit() + "/move", fields("parent", "yitang-town")));
        probes.put(
                "POST /api/organization/units/{code}/close",
                visit -> visit.post(api + "/units/" + unit() + "/close", Map.of()));
        probes.put("POST /api/organization/people", visit -> visit.post(api + "/people", newPerson()));
        probes.put(
                "PUT /api/organization/people/{id}",
                visit -> visit.put(
                        api + "/people/" + person(),
                        fields("name", "示例人员", "unit", "education-bureau", "roles", List.of("HANDLER"))));
        probes.put(
                "POST /api/organization/people/{id}/leave",
                visit -> visit.post(api + "/people/" + person() + "/leave", Map.of()));
        probes.put(
                "PUT /api/organization/people/{id}/posts/{unit}",
                visit -> visit.put(
                        api + "/people/" + person() + "/posts/ecology-bureau", fields("roles", List.of("HANDLER"))));
        probes.put("DELETE /api/organization/people/{id}/posts/{unit}", visit -> {
            String post = api + "/people/" + person() + "/posts/ecology-bureau";
            new Visit(Kind.ADMINISTRATOR).put(post, fields("roles", List.of("HANDLER")));
            return visit.caller.delete(post);
        });
        probes.put(
                "POST /api/organization/substitutions",
                visit -> visit.post(api + "/substitutions", substitution(today)));
        probes.put(
                "POST /api/organization/substitutions/{id}/end",
                visit -> visit.post(api + "/substitutions/" + planned(today) + "/end", Map.of()));
    }

    /** Asked with an access token: no session counts there. */
    private void scim(Map<String, Probe> probes) {
        String users = "/scim/v2/Users";
        for (String path : List.of("/ServiceProviderConfig", "/ResourceTypes", "/Schemas", "/Users")) {
            probes.put("GET /scim/v2" + path, visit -> visit.script().get("/scim/v2" + path));
        }
        probes.put("GET /scim/v2/ResourceTypes/{id}", visit -> visit.script().get("/scim/v2/ResourceTypes/User"));
        probes.put("GET /scim/v2/Schemas/{id}", visit -> visit.script()
                .get("/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User"));
        probes.put("POST /scim/v2/Users", visit -> visit.script()
                .post(
                        users,
                        fields(
                                "userName",
                                "matrix-" + ++made,
                                "displayName",
                                "示例人员",
                                "roles",
                                List.of("HANDLER"),
                                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
                                fields("department", "education-bureau"))));
        probes.put("GET /scim/v2/Users/{id}", visit -> visit.script().get(users + "/handler"));
        probes.put("PUT /scim/v2/Users/{id}", visit -> visit.script()
                .put(users + "/" + person(), fields("displayName", "示例人员二")));
        probes.put("PATCH /scim/v2/Users/{id}", visit -> visit.script()
                .send(
                        "PATCH",
                        users + "/" + person(),
                        "application/scim+json",
                        BodyPublishers.ofString(
                                "{\"Operations\": [{\"op\": \"replace\", \"path\": \"active\", \"value\": false}]}")));
        probes.put("DELETE /scim/v2/Users/{id}", visit -> visit.script().delete(users + "/" + person()));
    }

    /** Nothing is put in force: what is uploaded is no file, and no token is known. */
    private void rules(Map<String, Probe> probes) {
        String rules = "/administration/rules";
        ruleFile(probes, rules + "/codes", "{key}", "urgency");
        form(probes, rules + "/codes/{key}", () -> rules + "/codes/urgency", Map.of());
        page(probes, "GET " + rules + "/channels", rules + "/channels");
        form(probes, rules + "/channels/{name}/test", () -> rules + "/channels/EMAIL/test", Map.of());
        form(probes, rules + "/channels/retry", () -> rules + "/channels/retry", Map.of());
        ruleFile(probes, rules + "/decisions", "{key}", "sampling-rates");
        page(probes, "GET " + rules + "/decisions/{key}/edit", rules + "/decisions/sampling-rates/edit");
        form(probes, rules + "/decisions/{key}/edit", () -> rules + "/decisions/sampling-rates/edit", Map.of());
        upload(probes, rules + "/decisions/{key}/check", rules + "/decisions/sampling-rates/check");
        page(probes, "GET " + rules + "/decisions/{key}/check", rules + "/decisions/sampling-rates/check");
        form(probes, rules + "/decisions/{key}/deploy", () -> rules + "/decisions/sampling-rates/deploy", Map.of());
        ruleFile(probes, rules + "/templates", "{kind}", "assignment");
        upload(probes, rules + "/templates/{kind}/check", rules + "/templates/assignment/check");
        page(probes, "GET " + rules + "/templates/{kind}/check", rules + "/templates/assignment/check");
        page(probes, "GET " + rules + "/templates/{kind}/trial", rules + "/templates/assignment/trial");
        form(probes, rules + "/templates/{kind}/replace", () -> rules + "/templates/assignment/replace", Map.of());
        ruleFile(probes, rules + "/profiles", "{id}", "ledger");
        upload(probes, rules + "/profile-upload", rules + "/profile-upload");
        page(probes, "GET " + rules + "/profile-upload", rules + "/profile-upload");
        form(probes, rules + "/profile-upload/replace", () -> rules + "/profile-upload/replace", Map.of());
        page(probes, "GET " + rules + "/texts", rules + "/texts");
        page(probes, "GET " + rules + "/texts/file", rules + "/texts/file");
        form(probes, rules + "/texts/restore", () -> rules + "/texts/restore", Map.of());
        page(probes, "GET " + rules + "/texts/{key}", rules + "/texts/notice.hint");
        form(probes, rules + "/texts/{key}", () -> rules + "/texts/notice.hint", Map.of());
        form(probes, rules + "/texts/{key}/restore", () -> rules + "/texts/notice.hint/restore", Map.of());
    }

    /** The endpoints of each kind of file: a list, a page, the file, and the way back to the shipped one. */
    private static void ruleFile(Map<String, Probe> probes, String path, String parameter, String name) {
        page(probes, "GET " + path, path);
        page(probes, "GET " + path + "/" + parameter, path + "/" + name);
        page(probes, "GET " + path + "/" + parameter + "/file", path + "/" + name + "/file");
        form(probes, path + "/" + parameter + "/restore", () -> path + "/" + name + "/restore", Map.of());
    }

    private static void upload(Map<String, Probe> probes, String endpoint, String path) {
        probes.put("POST " + endpoint, visit -> visit.caller.upload(path, "f", new byte[] {1}, Map.of()));
    }

    /** An import that waits for its review, until somebody who may has reviewed it. */
    private String imported(String door) {
        return batches.computeIfAbsent(door, key -> {
            HttpResponse<String> response = caller("registrar")
                    .upload("/api/imports", "l.csv", Ledgers.with(1, 0), Map.of("profile", "ledger"));
            return response.headers().firstValue("Location").orElseThrow().replaceAll("\\D", "");
        });
    }

    /** One of the person's own, or of somebody else where there is no person. */
    private long notice(Kind kind) {
        String person = kind.account == null ? "handler" : kind.account;
        Notice notice = Notice.of(NoticeKind.URGED, "ZG-2026-000001", List.of(person), "matrix " + ++made);
        transaction.executeWithoutResult(status -> notifications.notify(notice));
        return inbox.of(person, 1).get(0).id();
    }

    private long token(Kind kind) {
        String person = kind.account == null ? "handler" : kind.account;
        tokens.create(person, "matrix", 1);
        List<AccessTokens.AccessToken> valid = tokens.of(person);
        return valid.get(valid.size() - 1).id();
    }

    /** A check that has drawn; whatever else is of its category is drawn from by nobody else. */
    private String spotCheck() {
        if (spotCheck == null) {
            lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("category", CHECKED_CATEGORY));
            spotCheck = Caller.json(new Visit(Kind.SUPERVISOR)
                            .post(
                                    "/api/spot-checks",
                                    fields("title", "抽查", "scope", "OPEN", "category", CHECKED_CATEGORY)))
                    .at("/check/checkNo")
                    .asText();
            lifeCycle.leaveNothingToDrawFrom(CHECKED_CATEGORY);
        }
        return spotCheck;
    }

    private LocalDate anchoredDay() {
        anchors.takeIfDue();
        return anchors.newest(1).get(0).day();
    }

    private Map<String, Object> substitution(LocalDate today) {
        return fields(
                "absent",
                newAccount(),
                "substitute",
                newAccount(),
                "from",
                today.toString(),
                "until",
                today.toString());
    }

    private String planned(LocalDate today) {
        return untouched.computeIfAbsent("substitution", key -> Caller.json(
                        new Visit(Kind.ADMINISTRATOR).post("/api/organization/substitutions", substitution(today)))
                .path("id")
                .asText());
    }

    private Map<String, Object> newUnit() {
        return fields("code", "matrix-" + ++made, "name", "测试单位 " + made + "（示例）", "tier", "VILLAGE", "parent", OWN);
    }

    private Map<String, Object> newPerson() {
        return fields(
                "id", "matrix-" + ++made, "name", "示例人员", "unit", "education-bureau", "roles", List.of("HANDLER"));
    }

    /** A unit that nobody works for, so that it may be moved and closed. */
    private String unit() {
        return untouched.computeIfAbsent("unit", key -> newOpenUnit());
    }

    private String newOpenUnit() {
        Map<String, Object> unit = newUnit();
        assertThat(new Visit(Kind.ADMINISTRATOR)
                        .post("/api/organization/units", unit)
                        .statusCode())
                .isEqualTo(201);
        return unit.get("code").toString();
    }

    private String person() {
        return untouched.computeIfAbsent("person", key -> newAccount());
    }

    private String newAccount() {
        Map<String, Object> person = newPerson();
        assertThat(new Visit(Kind.ADMINISTRATOR)
                        .post("/api/organization/people", person)
                        .statusCode())
                .isEqualTo(201);
        return person.get("id").toString();
    }

    private static void page(Map<String, Probe> probes, String endpoint, String path) {
        probes.put(endpoint, visit -> visit.get(path));
    }

    /** The registrar takes back a request of its own about an item; other people who see the item are refused. */
    private HttpResponse<?> takingBack(Visit visit) {
        String itemNo =
                untouched.computeIfAbsent("request, " + visit.kind.unit, key -> itemWithRequest(visit.kind.unit));
        return visit.script()
                .post("/api/items/" + itemNo + "/request-taking-back", fields("subject", "REQUEST", "reason", "路段仍在。"));
    }

    private String itemWithRequest(String unit) {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("leadUnit", unit));
        lifeCycle.raise(
                "registrar",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "OBJECT_GONE", "reason", "路段已拆除。"));
        return itemNo;
    }

    /** An item with a card; the days that go by until it has one are given back afterwards. */
    private HttpResponse<?> objection(Visit visit) {
        String itemNo = visit.item(ItemStatus.RECTIFYING);
        try {
            if (lifeCycle.item(itemNo).proposedCard() == null && !carded.contains(itemNo)) {
                lifeCycle.climbToCard(itemNo);
                String decision = lifeCycle.waiting(itemNo, "decide-on-card").taskId();
                caller("supervisor").post("/api/tasks/" + decision + "/complete", fields("decision", "ISSUE"));
                carded.add(itemNo);
            }
            return visit.request(
                    ItemStatus.RECTIFYING, "objection", fields("rung", "YELLOW_CARD", "reason", "材料已于到期前送达督查室。"));
        } finally {
            clock.reset();
        }
    }

    /** Signed on once for all, with the token that pages have in their forms. */
    private Caller caller(String account) {
        return callers.computeIfAbsent(String.valueOf(account), name -> {
            if (account == null) {
                return Caller.anonymous(port).with("Accept", "text/html");
            }
            Caller browser = Caller.browser(port, account);
            return browser.with("X-CSRF-TOKEN", browser.csrf("/")).with("Accept", "*/*");
        });
    }

    private static void openTheDoor(Caller caller) {
        caller.get("/camunda/app/tasklist/default/");
        caller.cookie("XSRF-TOKEN").ifPresent(token -> caller.with("X-XSRF-TOKEN", token));
        caller.with("Accept", "application/json");
    }

    private static String askTheEngine(Caller caller, EngineRoutes.Route route, Map<String, String> ids) {
        String seen = AccessMatrix.seen(ask(caller, WEB_APP, route, ids).statusCode(), "");
        // It is no matter of rights that a list has one row.
        return route.path().endsWith("/singleResult") ? seen.replace('○', '✓') : seen;
    }

    private static HttpResponse<String> ask(
            Caller caller, String door, EngineRoutes.Route route, Map<String, String> ids) {
        String path = door + filled(route.path(), ids);
        return switch (route.method()) {
            case "GET", "OPTIONS", "HEAD" -> caller.send(route.method(), path, null, BodyPublishers.noBody());
            default ->
                caller.send(
                        route.method(),
                        path,
                        "application/json",
                        BodyPublishers.ofString(path.endsWith("/claim") ? "{\"userId\": \"handler2\"}" : "{}"));
        };
    }

    /** A parameter is told by the resource that it is of: {@code /task/{id}} is a task. */
    private static String filled(String path, Map<String, String> ids) {
        String resource = path.startsWith("/history") ? "history" : path.split("/")[1];
        return path.replace("{key}", "five-step-zeroing")
                .replace("{userId}", "handler2")
                .replace("{groupId}", "unit-jiaqiao-town")
                .replace("{varId}", "title")
                .replace("{id}", ids.getOrDefault(resource, "none"))
                .replaceAll("\\{[^}]*\\}", "none");
    }

    private Map<String, String> ids(String itemNo) {
        String instance = one(
                "select proc_inst_id_ from act_ru_execution where business_key_ = ? and parent_id_ is null"
                        + " and proc_def_id_ like 'five-step-zeroing%'",
                itemNo);
        return Map.ofEntries(
                Map.entry("task", lifeCycle.waiting(itemNo).taskId()),
                Map.entry("process-instance", instance),
                Map.entry("execution", instance),
                Map.entry(
                        "process-definition", one("select proc_def_id_ from act_ru_execution where id_ = ?", instance)),
                Map.entry(
                        "variable-instance",
                        one("select min(id_) from act_ru_variable where proc_inst_id_ = ?", instance)),
                Map.entry(
                        "filter",
                        one(
                                "select min(resource_id_) from act_ru_authorization where resource_type_ = 5 and resource_id_ <> ?",
                                "*")),
                Map.entry("deployment", one("select min(id_) from act_re_deployment where id_ <> ?", "")),
                Map.entry("decision-definition", one("select min(id_) from act_re_decision_def where id_ <> ?", "")),
                Map.entry("job", one("select min(id_) from act_ru_job where process_def_key_ = ?", "supervision")),
                Map.entry(
                        "job-definition",
                        one("select min(id_) from act_ru_jobdef where proc_def_key_ = ?", "supervision")),
                Map.entry("authorization", one("select min(id_) from act_ru_authorization where id_ <> ?", "")),
                Map.entry("user", "handler"),
                Map.entry("group", "unit-jiaqiao-town"));
    }

    private String one(String sql, String parameter) {
        return jdbc.queryForObject(sql, String.class, parameter);
    }

    /** Everything that the engine runs on, and the record. */
    private String stateOfTheEngine() {
        return Stream.of(
                        "act_ru_execution",
                        "act_ru_task",
                        "act_ru_variable",
                        "act_ru_identitylink",
                        "act_ru_job",
                        "act_ru_jobdef",
                        "act_ru_event_subscr",
                        "act_ru_authorization",
                        "act_ru_filter",
                        "act_ru_incident",
                        "act_ru_batch",
                        "act_re_deployment",
                        "act_re_procdef",
                        "act_re_decision_def",
                        "act_id_user",
                        "act_id_group",
                        "act_id_membership",
                        "act_id_tenant",
                        "act_ge_property",
                        "item",
                        "to_do",
                        "measure")
                .map(table -> table + " " + jdbc.queryForObject("""
                                select coalesce(md5(string_agg(row::text, '\n' order by row::text)), '')
                                from (select to_jsonb(t) - 'rev_' - 'last_updated_' - 'task_state_' as row from %s t) rows
                                """.formatted(table), String.class))
                .collect(Collectors.joining("\n"));
    }
}
