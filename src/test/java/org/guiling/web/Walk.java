package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.ManagementService;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.property.Desk.Staff;
import org.guiling.engine.property.FormFile.Input;
import org.guiling.engine.property.Invariants;
import org.guiling.engine.property.ItemState;
import org.guiling.engine.property.ItemState.EngineTask;
import org.guiling.engine.property.ItemState.Timer;
import org.guiling.engine.property.WholeRecord;
import org.guiling.organization.Person;
import org.guiling.web.support.Caller;
import org.guiling.web.support.FormSender;
import org.guiling.web.support.FormSender.Door;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SpotCheckModel;
import org.guiling.workflow.TaskContract;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One walk: somebody does something that a door offers them, then somebody else does, and after each the record is looked at. */
final class Walk {

    /** Only what a walk puts into it is drawn. */
    static final String VISITED = "STYLE";

    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final int LOOKS = 10;

    /** So often a form is filled in anew before a task counts as one that nobody can complete. */
    private static final int TRIES = 25;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The application and those who work with it. */
    record Ground(
            FormSender sender,
            Staff staff,
            WholeRecord record,
            ManagementService management,
            LifeCycle lifeCycle,
            TestClock clock,
            JdbcClient jdbc) {}

    /** Somebody at a door. */
    private record Visitor(Door door, Person person) {

        String id() {
            return person.id();
        }

        @Override
        public String toString() {
            return door + " by " + person.id();
        }
    }

    private final Ground ground;
    private final Random random;
    private final Map<String, int[]> count;
    private final long lastItemBefore;
    private final Set<String> offeredOnce = new HashSet<>();
    private final List<String> lines = new ArrayList<>();
    private List<ItemState> now = List.of();

    /** @param count how often each form was accepted and refused at each door */
    Walk(Ground ground, long seed, Map<String, int[]> count) {
        this.ground = ground;
        this.random = new Random(seed);
        this.count = count;
        this.lastItemBefore = ground.record().lastItem();
    }

    /** The moves so far, a line for each. */
    String told() {
        return String.join("\n  ", lines);
    }

    void go(int moves) {
        while (now.isEmpty()) {
            begin();
        }
        if (chance(30)) {
            begin();
        }
        for (int i = 0; i < moves; i++) {
            move();
        }
        goOnWithEverything();
    }

    private void move() {
        int what = random.nextInt(100);
        if (what < 62) {
            complete();
        } else if (what < 86) {
            ask();
        } else if (what < 95) {
            letTimePass();
        } else if (what < 98) {
            visit();
        } else if (now.size() < 4) {
            begin();
        }
    }

    /** A registration, or a small thing that a unit found itself. */
    private void begin() {
        boolean small = chance(20);
        String what = small ? FastLaneModel.KEY : FiveStepZeroing.KEY;
        String form = small ? FastLaneModel.START_FORM : FiveStepZeroing.START_FORM;
        Visitor visitor = visitor(person(small ? any(List.of("handler", "handler2", "village-handler")) : "registrar"));
        String page = "/new/" + (small ? "fast-lane" : "registration");
        Map<String, Object> fields = filling(null, false).fill(form, optionsOfPage(visitor.id(), page));
        send(
                visitor,
                form,
                () -> visitor.door() == Door.PORTAL
                        ? FormSender.send(caller(visitor), page, form, fields)
                        : ground.sender()
                                .begin(
                                        visitor.door(),
                                        visitor.id(),
                                        what,
                                        form,
                                        small ? "/api/items/fast-lane" : "/api/items",
                                        fields));
    }

    private void complete() {
        List<ItemState> waiting = now.stream()
                .filter(item -> item.tasks().stream().anyMatch(task -> !task.suspended()))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        ItemState item = any(waiting);
        EngineTask task = any(item.tasks());
        List<Person> able = task.suspended() ? List.of() : Invariants.whoCanAct(task, item, ground.staff());
        List<Person> ordinary =
                able.stream().filter(ground.staff().ordinary()::contains).toList();
        Person person = able.isEmpty() || chance(15)
                ? any(ground.staff().all())
                : ordinary.isEmpty() || chance(15) ? any(able) : any(ordinary);
        complete(item, task, visitor(person), able.contains(person), false);
    }

    /** @param able whether the person may do it */
    private boolean complete(ItemState item, EngineTask task, Visitor visitor, boolean able, boolean plain) {
        boolean offered = isOffered(visitor, item, task);
        if (able) {
            assertThat(offered)
                    .as("%s of %s is offered at %s", task.key(), item.itemNo(), visitor)
                    .isTrue();
        }
        // A page without a form has nothing to send.
        if (!offered && (visitor.door() == Door.PORTAL || chance(70))) {
            return false;
        }
        String form = TaskContract.of(task.key()).orElseThrow().form();
        Map<String, Object> fields = filling(item, plain).fill(form, optionsOf(visitor, task));
        boolean done = send(
                visitor,
                task.key() + " of " + item.itemNo() + " with " + telling(fields),
                task.key(),
                () -> ground.sender().complete(visitor.door(), visitor.id(), task.id(), task.key(), fields));
        assertThat(done && !able)
                .as("%s of %s was done at %s, whose task it is not", task.key(), item.itemNo(), visitor)
                .isFalse();
        return done;
    }

    private boolean isOffered(Visitor visitor, ItemState item, EngineTask task) {
        Caller caller = caller(visitor);
        return switch (visitor.door()) {
            case PORTAL -> caller.get("/todos?text=" + item.itemNo()).body().contains("/tasks/" + task.id());
            case TASKLIST ->
                caller.get(ENGINE + "/task?processInstanceBusinessKey=" + item.itemNo())
                        .body()
                        .contains("\"" + task.id() + "\"");
            case API -> caller.get("/api/tasks?itemNo=" + item.itemNo()).body().contains("\"" + task.id() + "\"");
        };
    }

    private void ask() {
        ItemState item = any(now);
        List<Person> people = new ArrayList<>(ground.staff().all());
        Collections.shuffle(people, random);
        for (Person person : people.subList(0, 8)) {
            List<RequestProcess> open = askable(person, item);
            if (!open.isEmpty()) {
                ask(item, any(open), visitor(person));
                return;
            }
        }
    }

    /** The requests that the item's page offers. */
    private List<RequestProcess> askable(Person person, ItemState item) {
        String page = ground.sender()
                .caller(Door.PORTAL, person.id())
                .get("/items/" + item.itemNo())
                .body();
        List<RequestProcess> open = new ArrayList<>();
        Matcher link = Pattern.compile("/items/" + item.itemNo() + "/requests/([a-z-]+)")
                .matcher(page);
        while (link.find()) {
            open.add(RequestProcess.of(link.group(1)).orElseThrow());
        }
        return open;
    }

    private void ask(ItemState item, RequestProcess process, Visitor visitor) {
        if (visitor.door() == Door.TASKLIST) {
            assertThat(caller(visitor)
                            .get(ENGINE + "/process-definition/key/" + process.key() + "/deployed-start-form")
                            .body())
                    .as("items that the start form of %s offers at %s", process, visitor)
                    .contains(item.itemNo());
        }
        Map<String, Object> fields = filling(item, false)
                .fill(
                        process.startForm(),
                        optionsOfPage(visitor.id(), "/items/" + item.itemNo() + "/requests/" + process.key()));
        fields.remove(FiveStepZeroing.Variables.ITEM_NO);
        send(
                visitor,
                process.key() + " for " + item.itemNo() + " with " + telling(fields),
                process.key(),
                () -> ground.sender().raise(visitor.door(), visitor.id(), item.itemNo(), process, fields));
    }

    /** The day of a timer comes, or look follows look until a card is proposed. */
    private void letTimePass() {
        List<Timer> timers =
                now.stream().flatMap(item -> item.timers().stream()).toList();
        if (timers.isEmpty()) {
            return;
        }
        Timer timer = any(timers);
        lines.add("the timer of %s on %s".formatted(timer.model(), timer.day()));
        fire(timer);
        look();
        for (int i = 0; i < LOOKS && chance(60); i++) {
            now.stream()
                    .flatMap(item -> item.timers().stream())
                    .filter(next -> next.model().equals(timer.model()))
                    .findFirst()
                    .ifPresent(this::fire);
            look();
        }
    }

    private void fire(Timer timer) {
        if (timer.day().isAfter(ground.lifeCycle().today())) {
            ground.clock().set(timer.day());
            ground.sender().endSessions();
        }
        ground.management().executeJob(timer.id());
    }

    /** Somebody is sent to see one of the items. */
    private void visit() {
        ItemState item = any(now);
        ground.jdbc()
                .sql("update item set category = ? where item_no = ?")
                .params(VISITED, item.itemNo())
                .update();
        now = read();
        Visitor visitor = visitor(person("supervisor"));
        Map<String, Object> fields = new HashMap<>(
                Map.of("title", "走查抽查", "scope", any(List.of("OPEN", "CLOSED", "BOTH")), "category", VISITED));
        boolean ordered = send(visitor, SpotCheckModel.START_FORM, () -> ground.sender()
                .begin(
                        visitor.door(),
                        visitor.id(),
                        SpotCheckModel.KEY,
                        SpotCheckModel.START_FORM,
                        "/api/spot-checks",
                        fields));
        if (ordered) {
            String checkNo = ground.jdbc()
                    .sql("select check_no from spot_check order by id desc limit 1")
                    .query(String.class)
                    .single();
            ground.lifeCycle().sendVisitors(checkNo);
            look();
        }
    }

    /** Each task that waits at the end is completed by somebody who may: if nobody succeeds, nobody can act. */
    private void goOnWithEverything() {
        for (ItemState item : now) {
            for (EngineTask task : item.tasks()) {
                ItemState current = ground.record().of(item.itemNo());
                // A task that was completed just now may have taken this one away.
                current.task(task.key())
                        .filter(same -> same.id().equals(task.id()) && !same.suspended())
                        .ifPresent(same -> goOn(current, same));
            }
        }
    }

    private void goOn(ItemState item, EngineTask task) {
        List<Person> able = Invariants.whoCanAct(task, item, ground.staff());
        for (int i = 0; i < TRIES; i++) {
            if (complete(item, task, visitor(able.get(i % able.size())), true, true)) {
                return;
            }
        }
        throw new AssertionError("Nobody of %s gets %s of %s done"
                .formatted(able.stream().map(Person::id).toList(), task.key(), item.itemNo()));
    }

    private boolean send(Visitor visitor, String form, Supplier<HttpResponse<String>> sending) {
        return send(visitor, form, form, sending);
    }

    private boolean send(Visitor visitor, String what, String kind, Supplier<HttpResponse<String>> sending) {
        String line = "%s: %s: %s".formatted(ground.lifeCycle().today(), visitor, what);
        lines.add(line + " …");
        // Whoever opens a form has seen the task.
        now = read();
        HttpResponse<String> answer = sending.get();
        boolean accepted = visitor.door() == Door.PORTAL ? answer.statusCode() / 100 == 3 : answer.statusCode() < 300;
        lines.set(lines.size() - 1, line + (accepted ? " → done" : " → " + refusal(answer)));
        count.computeIfAbsent(kind + " " + visitor.door(), key -> new int[2])[accepted ? 0 : 1]++;
        assertThat(answer.statusCode()).as(FormSender.readable(answer)).isLessThan(500);
        if (accepted) {
            look();
        } else {
            List<ItemState> after = read();
            assertThat(after.stream()
                            .map(Walk::rows)
                            .toList()
                            .equals(now.stream().map(Walk::rows).toList()))
                    .as("nothing is stored after a refusal%n%s", WholeRecord.difference(now, after))
                    .isTrue();
        }
        return accepted;
    }

    /** Without the seal of the line that says that something was refused. */
    private static Map<String, List<String>> rows(ItemState item) {
        Map<String, List<String>> rows = new HashMap<>(item.rows());
        rows.remove("record_digest");
        return rows;
    }

    private static String refusal(HttpResponse<String> answer) {
        List<String> words = new ArrayList<>();
        Matcher problem = Pattern.compile("class=\"(?:form-problem|refusal)\"[^>]*>([^<]*)<")
                .matcher(answer.body());
        while (problem.find()) {
            words.add(problem.group(1));
        }
        String said = words.isEmpty() ? FormSender.readable(answer) : words.toString();
        return answer.statusCode() + " " + said.substring(0, Math.min(said.length(), 300));
    }

    private void look() {
        now = read();
        Invariants.check(now);
        for (ItemState item : now) {
            Invariants.somebodyCanAct(item, ground.staff());
            item.tasks().stream()
                    .filter(task -> !task.suspended() && offeredOnce.add(task.id() + task.assignee()))
                    .forEach(task -> isOfferedToSomebody(item, task));
        }
    }

    private void isOfferedToSomebody(ItemState item, EngineTask task) {
        Visitor visitor =
                visitor(Invariants.whoCanAct(task, item, ground.staff()).get(0));
        assertThat(isOffered(visitor, item, task))
                .as("%s of %s is offered at %s", task.key(), item.itemNo(), visitor)
                .isTrue();
    }

    private List<ItemState> read() {
        return ground.record().numbersAfter(lastItemBefore).stream()
                .map(ground.record()::of)
                .toList();
    }

    private FormFilling filling(ItemState item, boolean plain) {
        LocalDate due = item == null ? null : item.currentDue();
        List<String> others = now.stream()
                .map(ItemState::itemNo)
                .filter(itemNo -> item == null || !itemNo.equals(item.itemNo()))
                .toList();
        return new FormFilling(random, ground.lifeCycle().today(), due, others, chance(plain ? 40 : 10), plain);
    }

    /** The options of a task's form at the door at which it is filled in. */
    private Function<Input, List<String>> optionsOf(Visitor visitor, EngineTask task) {
        return switch (visitor.door()) {
            case PORTAL -> optionsOfPage(visitor.id(), "/tasks/" + task.id());
            case TASKLIST -> {
                JsonNode variables = parsed(caller(visitor).get(ENGINE + "/task/" + task.id() + "/form-variables"));
                yield input -> options(input, variables.path(input.valuesKey()).path("value"));
            }
            case API -> {
                JsonNode data =
                        parsed(caller(visitor).get("/api/tasks/" + task.id())).path("data");
                yield input -> options(input, data.path(input.valuesKey()));
            }
        };
    }

    private static JsonNode parsed(HttpResponse<String> answer) {
        return answer.statusCode() == 200 ? Caller.json(answer) : JSON.createObjectNode();
    }

    private static List<String> options(Input input, JsonNode values) {
        if (!input.values().isEmpty()) {
            return input.values();
        }
        try {
            JsonNode list = values.isTextual() ? JSON.readTree(values.asText()) : values;
            return StreamSupport.stream(list.spliterator(), false)
                    .map(value -> value.path("value").asText())
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(values.toString(), e);
        }
    }

    private Function<Input, List<String>> optionsOfPage(String person, String address) {
        String page = ground.sender().caller(Door.PORTAL, person).get(address).body();
        return input -> {
            String name = Pattern.quote("name=\"" + input.key() + "\"");
            Matcher select =
                    Pattern.compile("(?s)<select[^>]*" + name + ".*?</select>").matcher(page);
            Pattern option = select.find()
                    ? Pattern.compile("<option[^>]* value=\"([^\"]+)\"")
                    : Pattern.compile("<input[^>]*" + name + " value=\"([^\"]+)\"");
            return option.matcher(option.pattern().startsWith("<option") ? select.group() : page)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        };
    }

    private static String telling(Map<String, Object> fields) {
        Map<String, Object> told = new TreeMap<>(fields);
        told.keySet()
                .retainAll(Set.of(
                        "decision",
                        "kind",
                        "newDue",
                        "reviewOn",
                        "targetNo",
                        "handler",
                        "plannedDue",
                        "reworkDue",
                        "newUnit",
                        "part1Unit",
                        "part1Due",
                        "subject",
                        "callBack",
                        "falsified"));
        return told.toString();
    }

    /** Those who hold every role are unknown to the engine, and with it to Tasklist. */
    private Visitor visitor(Person person) {
        boolean known = ground.staff().ordinary().contains(person);
        return new Visitor(any(known ? List.of(Door.values()) : List.of(Door.PORTAL, Door.API)), person);
    }

    private Caller caller(Visitor visitor) {
        return ground.sender().caller(visitor.door(), visitor.id());
    }

    private Person person(String id) {
        return ground.staff().ordinary().stream()
                .filter(person -> person.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
