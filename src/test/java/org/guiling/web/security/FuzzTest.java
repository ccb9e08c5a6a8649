package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.guiling.GuilingTest;
import org.guiling.audit.AuditVerification;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.signon.token.AccessTokens;
import org.guiling.web.support.Caller;
import org.guiling.web.support.DatabaseRows;
import org.guiling.web.support.RawHttp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Each parameter and each field of whatever can be asked for, with each kind of value that nobody has in mind: no answer
 * of 500 or above, none that never comes, and nothing stored of what was refused. 3,000 of them by a seed; more with
 * {@code -Dguiling.fuzz.requests=100000}, other ones with {@code -Dguiling.fuzz.seed=}, and the bound of an answer with
 * {@code -Dguiling.fuzz.slowest=} (ISO 8601). Alone in its database, since much of what it sends is taken.
 */
@Tag("own-context")
@GuilingTest
class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("guiling.fuzz.requests", 3000);
    private static final long SEED = Long.getLong("guiling.fuzz.seed", 14);
    private static final Duration SLOWEST = Duration.parse(System.getProperty("guiling.fuzz.slowest", "PT30S"));

    /** So many refused requests are looked at together. */
    private static final int TOGETHER = 25;

    private static final String KEEPER = "engine-keeper";
    private static final List<String> PEOPLE = List.of(
            "registrar",
            "reviewer",
            "handler",
            "handler2",
            "verifier",
            "supervisor",
            "leader",
            "operator",
            "administrator");

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AccessTokens tokens;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    ObjectMapper json;

    @Autowired
    AuditVerification verification;

    @Autowired
    Collection<RequestMappingHandlerMapping> mappings;

    @Autowired
    @Qualifier("engineProvisioning")
    ApplicationRunner provisioning;

    private final Random random = new Random(SEED);
    private final Map<String, Person> staff = new HashMap<>();
    private final Map<String, String> sessions = new HashMap<>();
    private final Map<String, String> scripts = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final List<String> items = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<FuzzRequest> refused = new ArrayList<>();
    private JsonNode description;
    private RawHttp.Answer slowest;
    private FuzzRequest slowestRequest;
    private int slow;
    private int signedOnAgain;

    @BeforeEach
    void everybodyIsSignedOn() throws Exception {
        organization.save(
                new Person(KEEPER, "引擎管理员", "leading-group-office", EnumSet.of(Role.ADMINISTRATOR, Role.OPERATOR)),
                passwords.encode("guiling-demo"));
        provisioning.run(null);
        for (String person : PEOPLE) {
            staff.put(person, organization.person(person).orElseThrow());
            signOn(person);
        }
        staff.put(KEEPER, organization.person(KEEPER).orElseThrow());
        signOn(KEEPER);
        for (ItemStatus status :
                List.of(ItemStatus.REVIEW, ItemStatus.DISPATCHED, ItemStatus.RECTIFYING, ItemStatus.VERIFYING)) {
            items.add(lifeCycle.itemAt(status, Map.of("leadUnit", "jiaqiao-town")));
        }
        findIds();
    }

    @Test
    void nothingThatAClientCanSendIsAnsweredWithAFaultOfTheServer() throws IOException {
        Map<FuzzTarget.Door, List<FuzzRequest>> all = requests();
        System.out.println("Fuzz: seed " + SEED + ", requests there are: "
                + all.entrySet().stream()
                        .map(door -> door.getKey() + " " + door.getValue().size())
                        .toList());
        Map<String, String> before = DatabaseRows.read(jdbc);

        List<FuzzTarget.Door> doors = List.of(FuzzTarget.Door.values());
        for (int i = 0; i < REQUESTS; i++) {
            FuzzTarget.Door door = doors.get(i % doors.size());
            List<FuzzRequest> here = all.get(door);
            FuzzRequest request = here.get(i / doors.size() % here.size());
            String sender = sender(request.target);
            int status = send(request, sender);
            if (request.target.changes() && status >= 400) {
                refused.add(request);
            }
            boolean taken = request.target.changes() && status < 400;
            if (isLeftOutside(request.target.door(), sender, status)) {
                signOnAgain(sender);
                taken = true;
            }
            if (taken || refused.size() >= TOGETHER) {
                before = compared(before, taken);
            }
        }

        report();
        assertThat(faults).as("seed %d", SEED).isEmpty();
        assertThat(slowest.took()).as("seed %d: %s", SEED, slowestRequest).isLessThan(SLOWEST);
        assertThat(verification.verify().findings()).isEmpty();
    }

    private int send(FuzzRequest request, String sender) {
        RawHttp.Answer answer = request.send(port, credentials(request.target.door(), sender));
        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.status() >= 500 || answer.status() <= 0) {
            faults.add(answer.status() + " " + request + " -> " + said(answer.body()));
        }
        if (request.target.door() == FuzzTarget.Door.API && !isDescribed(request.target, answer.status())) {
            faults.add(answer.status() + " " + request + " is not described");
        }
        if (answer.took().toMillis() > 2000) {
            slow++;
            System.out.println("Fuzz: " + answer.took() + " " + request);
        }
        if (slowest == null || answer.took().compareTo(slowest.took()) > 0) {
            slowest = answer;
            slowestRequest = request;
        }
        return answer.status();
    }

    /** A client that is generated from the description reads what is described and nothing else. */
    private boolean isDescribed(FuzzTarget target, int status) {
        return description
                .path("paths")
                .path(target.path())
                .path(target.method().toLowerCase(Locale.ROOT))
                .path("responses")
                .has(String.valueOf(status));
    }

    /** Refusals since the last look have left nothing. */
    private Map<String, String> compared(Map<String, String> before, boolean taken) {
        Map<String, String> now = DatabaseRows.read(jdbc);
        if (!taken && !now.equals(before)) {
            Set<String> tables = new TreeSet<>(now.keySet());
            tables.removeIf(table -> now.get(table).equals(before.get(table)));
            faults.add("stored in " + tables + " by one of " + refused);
        }
        refused.clear();
        return now;
    }

    private void report() {
        Map<String, List<String>> kinds = faults.stream()
                .collect(groupingBy(
                        fault -> fault.replaceAll("^(\\S+ \\S+ [^?]*?)\\?.*", "$1")
                                .replaceAll("[0-9a-f-]{30,}", "*"),
                        TreeMap::new,
                        mapping(fault -> fault, toList())));
        System.out.println("Fuzz: seed " + SEED + ", " + REQUESTS + " requests, answers " + statuses + ", over 2 s "
                + slow + ", signed on again " + signedOnAgain + ", slowest " + slowest.took() + " " + slowestRequest
                + ", faults " + faults.size());
        kinds.forEach((kind, all) -> System.out.println("Fuzz fault: " + all.size() + " x " + all.get(0)));
    }

    private static String said(String body) {
        return (body.length() > 400 ? body.substring(0, 400) : body).replaceAll("\\s+", " ");
    }

    private Map<FuzzTarget.Door, List<FuzzRequest>> requests() throws IOException {
        FuzzTargets targets = new FuzzTargets(bases(), formFields());
        description = description();
        targets.described(description);
        targets.declared(mappings);
        targets.ofTheEngine("/camunda/api/engine/engine/default", FuzzTarget.Door.WEB_APP);
        targets.ofTheEngine("/engine-rest", FuzzTarget.Door.ENGINE_REST);
        Map<FuzzTarget.Door, List<FuzzRequest>> all = new EnumMap<>(FuzzTarget.Door.class);
        for (FuzzTarget target : targets.all()) {
            List<FuzzRequest> here = all.computeIfAbsent(target.door(), door -> new ArrayList<>());
            here.addAll(FuzzRequest.ofTheWhole(target, this::filled));
            FuzzValue.all().forEach(value -> here.addAll(FuzzRequest.of(target, value, this::filled)));
        }
        all.values().forEach(here -> Collections.shuffle(here, random));
        return all;
    }

    /** Complete bodies, so that one wrong value is all that is wrong. */
    private Map<String, Map<String, Object>> bases() {
        Map<String, Object> registration = lifeCycle.registration();
        Map<String, Map<String, Object>> bases = new HashMap<>();
        bases.put("POST /api/items", registration);
        bases.put("POST /new/{what}", registration);
        bases.put("POST /api/items/fast-lane", Samples.fastLane(lifeCycle.today(), lifeCycle.workingDays(5)));
        bases.put("POST /api/tasks/{id}/complete", Samples.acceptance());
        bases.put("POST /tasks/{id}", Samples.acceptance());
        bases.put(
                "POST /api/items/{itemNo}/extension",
                Samples.extension(lifeCycle.today().plusDays(90)));
        bases.put(
                "POST /api/items/{itemNo}/suspension",
                Samples.suspension(lifeCycle.today().plusDays(30)));
        bases.put(
                "POST /items/{itemNo}/requests/{process}",
                Samples.suspension(lifeCycle.today().plusDays(30)));
        bases.put("POST /api/items/{itemNo}/decline", Samples.decline("ecology-bureau"));
        bases.put(
                "POST /api/items/{itemNo}/parts",
                Samples.onePart(lifeCycle.today().plusDays(9)));
        bases.put(
                "POST /api/organization/people",
                Samples.fields(
                        "id", "fuzz.person", "name", "测试人员", "unit", "jiaqiao-town", "roles", List.of("HANDLER")));
        bases.put("POST /api/organization/units", Samples.fields("code", "fuzz-unit", "name", "测试单位", "tier", "CITY"));
        bases.put(
                "POST /scim/v2/Users",
                Samples.fields(
                        "schemas",
                        List.of("urn:ietf:params:scim:schemas:core:2.0:User"),
                        "userName",
                        "fuzz.scim",
                        "displayName",
                        "测试人员"));
        return bases;
    }

    private List<String> formFields() throws IOException {
        List<String> keys = new ArrayList<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:forms/*.form")) {
            json.readTree(file.getInputStream()).findValuesAsText("key", keys);
        }
        return keys;
    }

    private JsonNode description() {
        Caller browser = Caller.browser(port, "operator").with("Accept", "application/json");
        return Caller.answer(browser.get("/v3/api-docs"), 200);
    }

    private void signOn(String person) {
        scripts.put(person, "\r\nAuthorization: Bearer " + tokens.create(person, "fuzz", 1));
        sessions.put(person, session(person));
    }

    /** Whoever should be let in at a door and is not any more. */
    private boolean isLeftOutside(FuzzTarget.Door door, String sender, int status) {
        if (!staff.containsKey(sender) || status != 401 && status != 302) {
            return false;
        }
        String path =
                switch (door) {
                    case API, SCIM -> "/api/tasks";
                    case PAGE, WEB_APP -> "/";
                    case ENGINE_REST -> "/engine-rest/engine";
                };
        int answer = RawHttp.send(port, "GET " + path + " HTTP/1.1" + credentials(door, sender), new byte[0])
                .status();
        return answer == 401 || answer == 302;
    }

    /** Much of what is sent ends somebody's account, tokens or sessions: whatever they send then would be asked of nothing. */
    private void signOnAgain(String person) {
        signedOnAgain++;
        String password = passwords.encode("guiling-demo");
        organization.save(staff.get(person), password);
        jdbc.sql("update person set password_hash = ? where id = ?")
                .params(password, person)
                .update();
        jdbc.sql("delete from access_token where person_id = ?").param(person).update();
        signOn(person);
    }

    private String session(String person) {
        Caller browser = Caller.browser(port, person);
        String token = browser.csrf("/");
        browser.get("/camunda/app/tasklist/default/");
        String forgery = browser.cookie("XSRF-TOKEN").orElse("none");
        return "\r\nX-CSRF-TOKEN: " + token + "\r\nX-XSRF-TOKEN: " + forgery + "\r\nCookie: JSESSIONID="
                + browser.cookie("JSESSIONID").orElseThrow() + "; XSRF-TOKEN=" + forgery;
    }

    private String sender(FuzzTarget target) {
        return switch (target.door()) {
            case API, PAGE -> personAt(target);
            case SCIM -> "administrator";
            case WEB_APP -> random.nextInt(3) > 0 && isHarmless(target) ? KEEPER : somebody();
            case ENGINE_REST -> isHarmless(target) ? KEEPER : "operator";
        };
    }

    private String credentials(FuzzTarget.Door door, String sender) {
        return switch (door) {
            case API -> "\r\nAccept: application/json" + scripts.getOrDefault(sender, "");
            case SCIM -> scripts.get(sender);
            case PAGE -> "\r\nAccept: text/html" + sessions.getOrDefault(sender, "");
            case WEB_APP -> sessions.get(sender);
            case ENGINE_REST ->
                "\r\nAuthorization: Basic "
                        + Base64.getEncoder().encodeToString((sender + ":guiling-demo").getBytes(UTF_8));
        };
    }

    /** Calls that an administrator of the engine may make without taking away what the other requests ask for. */
    private static boolean isHarmless(FuzzTarget target) {
        return !target.method().equals("DELETE")
                && !target.path()
                        .matches(".*(delete|suspended|/user|/group|/tenant|authorization|deployment|cleanup).*");
    }

    /** Mostly somebody who is let in. */
    private String personAt(FuzzTarget target) {
        if (random.nextInt(20) == 0) {
            return "nobody";
        }
        if (target.path().matches("/(api/)?(organization|administration|calendar|accounts|audit).*")) {
            return "administrator";
        }
        return target.path().matches("/(api/items|new|imports|api/imports|api/items/fast-lane).*")
                        && random.nextBoolean()
                ? "registrar"
                : somebody();
    }

    private String somebody() {
        return PEOPLE.get(random.nextInt(PEOPLE.size()));
    }

    private String filled(String path) {
        String item = items.get(random.nextInt(items.size()));
        String of = path.startsWith("/camunda")
                ? path.replaceFirst("/camunda/api/engine/engine/default/(history/)?", "")
                : path.replaceFirst("^/(engine-rest|api|scim/v2|administration)/(history/)?", "");
        String resource = of.replaceFirst("^/", "").split("/")[0];
        return path.replace("{itemNo}", item)
                .replace("{key}", "five-step-zeroing")
                .replace("{code}", "jiaqiao-town")
                .replace("{unit}", "jiaqiao-town")
                .replace("{what}", "registration")
                .replace("{process}", "suspension")
                .replace("{kind}", "assignment")
                .replace("{day}", lifeCycle.today().toString())
                .replace("{year}", "2026")
                .replace("{id}", resource.equals("items") ? "1" : ids.getOrDefault(resource, "1"))
                .replaceAll("\\{[^}/]*\\}", "none");
    }

    private void findIds() {
        String task = lifeCycle.waiting(items.get(0)).taskId();
        String instance = one("select proc_inst_id_ from act_ru_task where id_ = '" + task + "'");
        ids.putAll(Map.of(
                "task", task,
                "tasks", task,
                "process-instance", instance,
                "execution", instance,
                "process-definition", one("select proc_def_id_ from act_ru_task where id_ = '" + task + "'"),
                "deployment", one("select min(id_) from act_re_deployment"),
                "decision-definition", one("select min(id_) from act_re_decision_def"),
                "job", one("select min(id_) from act_ru_job"),
                "job-definition", one("select min(id_) from act_ru_jobdef")));
        ids.putAll(Map.of(
                "filter",
                        one(
                                "select min(resource_id_) from act_ru_authorization where resource_type_ = 5 and resource_id_ <> '*'"),
                "people", "handler",
                "organization", "handler",
                "accounts", "handler",
                "Users", "handler",
                "user", "handler",
                "group", "unit-jiaqiao-town"));
    }

    private String one(String sql) {
        return jdbc.sql(sql).query(String.class).single();
    }
}
