package org.guiling.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.guiling.engine.property.ItemState.EngineTask;
import org.guiling.engine.property.ItemState.Line;
import org.guiling.engine.property.ItemState.Timer;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.organization.Person;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SupervisionTask;

/** The conditions that are true of every item after every move. */
public final class Invariants {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final List<String> ENGINES_VARIABLES = Stream.concat(
                    FiveStepZeroing.Variables.PERSISTED.stream(),
                    Stream.of(RequestProcess.REVIEW_DAY, LookBack.LOOK_BACK_DAY, "nextLook"))
            .toList();

    private Invariants() {}

    /** Of all items of a sequence together: what one has to do with another, such as a parent with its children. */
    public static void check(List<ItemState> items) {
        items.forEach(Invariants::check);
        items.forEach(part -> noWholeIsClosedBeforeItsPart(part, items));
        items.forEach(item -> lightIsTheWorstOfItsOpenParts(item, items));
    }

    /** Whatever was done, somebody can go on: who has a task may do it, or somebody of its group may. */
    public static void somebodyCanAct(ItemState item, Desk.Staff staff) {
        item.tasks().stream().filter(task -> !task.suspended()).forEach(task -> assertThat(whoCanAct(task, item, staff))
                .as(
                        "who can complete %s of %s, group %s, assignee %s",
                        task.key(), item.itemNo(), task.group(), task.assignee())
                .isNotEmpty());
    }

    /** Those who have the task or are of its group, and did nothing to the item that forbids it. */
    public static List<Person> whoCanAct(EngineTask task, ItemState item, Desk.Staff staff) {
        return staff.whoMightAct()
                .filter(person -> MoveAction.mayWorkOn(task, item, person))
                .toList();
    }

    private static void noWholeIsClosedBeforeItsPart(ItemState part, List<ItemState> items) {
        items.stream().filter(whole -> whole.itemNo().equals(part.parentNo())).forEach(whole -> assertThat(
                        part.isOpen() && !whole.isOpen())
                .as("%s is %s, its part %s is %s", whole.itemNo(), whole.status(), part.itemNo(), part.status())
                .isFalse());
    }

    /** What has ended shows its own light. */
    private static void lightIsTheWorstOfItsOpenParts(ItemState item, List<ItemState> items) {
        List<JsonNode> clocks = withParts(item, items)
                .filter(each -> each == item || each.isOpen() && item.isOpen())
                .map(ItemState::clock)
                .toList();
        assertThat(item.clock().path("whole").asBoolean())
                .as("%s has parts", item.itemNo())
                .isEqualTo(items.stream().anyMatch(part -> item.itemNo().equals(part.parentNo())));
        // The days sort as their texts do: letters come behind digits.
        for (String day : List.of("yellow_from", "red_from")) {
            assertThat(item.clock().path(day).asText())
                    .as("%s of %s", day, item.itemNo())
                    .isEqualTo(clocks.stream()
                            .map(clock -> clock.path("own_" + day).asText())
                            .sorted()
                            .findFirst()
                            .orElseThrow());
        }
        List<String> resting =
                clocks.stream().map(clock -> clock.path("own_resting").asText()).toList();
        assertThat(item.clock().path("resting").asText())
                .as("light of %s away from its dates", item.itemNo())
                .isEqualTo(resting.contains("GREEN") ? "GREEN" : resting.get(0));
    }

    private static Stream<ItemState> withParts(ItemState whole, List<ItemState> items) {
        return Stream.concat(
                Stream.of(whole),
                items.stream()
                        .filter(part -> whole.itemNo().equals(part.parentNo()))
                        .flatMap(part -> withParts(part, items)));
    }

    private static void check(ItemState item) {
        oneActiveStep(item);
        clockIsAsTheRecordSays(item);
        ledgerAndEngineAgree(item);
        listAndEngineAgree(item);
        nothingEnteredStays(item);
        timers(item);
    }

    /** Of an item against what it was before. */
    static void check(ItemState before, ItemState after) {
        timelineOnlyGrows(before, after);
        newLinesKeepFourEyes(before, after);
        originalDueStays(before, after);
    }

    private static void oneActiveStep(ItemState item) {
        long waiting =
                item.tasks().stream().filter(EngineTask::isOfTheFiveSteps).count();
        assertThat(waiting)
                .as("waiting tasks of the five steps of %s, which is %s", item.itemNo(), item.status())
                .isEqualTo(item.isOpen() ? 1 : 0);
        assertThat(item.models().stream().filter(FiveStepZeroing.KEY::equals).count())
                .as("instances of the five steps of %s", item.itemNo())
                .isEqualTo(waiting);
    }

    private static void clockIsAsTheRecordSays(ItemState item) {
        item.clockOfRecord().fields().forEachRemaining(recorded -> assertThat(
                        item.clock().path(recorded.getKey()))
                .as("%s of the clock of %s", recorded.getKey(), item.itemNo())
                .isEqualTo(recorded.getValue()));
    }

    private static void ledgerAndEngineAgree(ItemState item) {
        item.tasks().stream()
                .filter(EngineTask::isOfTheFiveSteps)
                .forEach(task -> standsWhere(task, UserTask.of(task.key()).orElseThrow(), item));
    }

    private static void standsWhere(EngineTask task, UserTask contract, ItemState item) {
        boolean suspended = item.status() == ItemStatus.SUSPENDED;
        assertThat(task.suspended())
                .as("%s of %s suspended in the engine", task.key(), item.itemNo())
                .isEqualTo(suspended);
        assertThat(item.step())
                .as("step of %s at %s", item.itemNo(), task.key())
                .isEqualTo(contract.step());
        assertThat(item.status())
                .as("status of %s at %s", item.itemNo(), task.key())
                .isEqualTo(suspended ? ItemStatus.SUSPENDED : status(contract, item));
        // While it is suspended the date in force waits to be moved by the days that it lasts.
        if (contract == UserTask.RECTIFY && !suspended) {
            assertThat(task.due().atZone(ZONE).toLocalDate())
                    .as("last day of rectify of %s, against the date in force", item.itemNo())
                    .isEqualTo(item.currentDue());
        }
    }

    private static ItemStatus status(UserTask contract, ItemState item) {
        return contract == UserTask.RECTIFY && item.round() > 1 ? ItemStatus.REWORK : contract.status();
    }

    private static void listAndEngineAgree(ItemState item) {
        assertThat(byId(item.toDos()))
                .as("to-do rows of %s, against the engine's tasks", item.itemNo())
                .isEqualTo(byId(item.tasks().stream()
                        .map(task -> new EngineTask(
                                task.id(),
                                task.key(),
                                null,
                                task.assignee(),
                                task.group(),
                                task.due(),
                                task.suspended()))
                        .toList()));
    }

    /** The record holds what was entered; whatever else stayed in the engine would be refused at the next task. */
    private static void nothingEnteredStays(ItemState item) {
        assertThat(item.variables())
                .as("the engine's variables of %s", item.itemNo())
                .extracting(ItemState.Variable::name)
                .isSubsetOf(ENGINES_VARIABLES);
        assertThat(item.variables())
                .filteredOn(variable -> variable.name().equals(FiveStepZeroing.Variables.HANDLER))
                .extracting(ItemState.Variable::text)
                .as("the handler whom the engine knows of %s", item.itemNo())
                .allMatch(handler -> Objects.equals(handler, item.handler()));
    }

    private static List<EngineTask> byId(List<EngineTask> tasks) {
        return tasks.stream().sorted(Comparator.comparing(EngineTask::id)).toList();
    }

    /**
     * Exactly one timer for each open item, on the day that the record names: of supervision, or of the suspension that
     * ends by itself. None without a reason: a closed item has that of its look-back.
     */
    private static void timers(ItemState item) {
        List<Timer> wanted = new ArrayList<>();
        if (item.status() == ItemStatus.SUSPENDED) {
            wanted.add(new Timer(null, RequestProcess.SUSPENSION.key(), item.reviewDay()));
        } else if (item.isOpen()) {
            wanted.add(new Timer(null, SupervisionTask.KEY, nextLook(item)));
        }
        boolean lookBackWaits = item.models().contains(LookBack.KEY)
                && item.task(LookBack.LOOK_BACK_CHECK.id()).isEmpty();
        if (lookBackWaits) {
            wanted.add(new Timer(null, LookBack.KEY, item.lookBackOn()));
        }
        assertThat(item.timers().stream()
                        .map(timer -> new Timer(null, timer.model(), timer.day()))
                        .toList())
                .as("timers of %s, which is %s", item.itemNo(), item.status())
                .isEqualTo(wanted)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(item.models().contains(LookBack.KEY) && item.status() != ItemStatus.CLOSED)
                .as("a look-back waits at %s, which is %s", item.itemNo(), item.status())
                .isFalse();
    }

    /** While a card may be taken back, the end of that time takes the place of the next look. */
    private static LocalDate nextLook(ItemState item) {
        return item.task(SupervisionTask.TAKE_BACK_CARD.id())
                .map(task -> task.due().atZone(ZONE).toLocalDate())
                .orElse(item.nextLook());
    }

    private static void timelineOnlyGrows(ItemState before, ItemState after) {
        assertThat(after.rows().get("timeline"))
                .as("timeline of %s, against what it said before", before.itemNo())
                .containsAll(before.rows().get("timeline"));
    }

    private static void newLinesKeepFourEyes(ItemState before, ItemState after) {
        newLines(before, after).stream().filter(line -> line.actor() != null).forEach(line -> assertThat(
                        FourEyesOracle.conflict(before, line.actor(), line.action()))
                .as("what forbids %s, who did it, to %s at %s", line.actor(), line.action(), after.itemNo())
                .isEmpty());
    }

    /** The registrar may still correct what the source says; from the acceptance on the first date stays the first. */
    private static void originalDueStays(ItemState before, ItemState after) {
        if (before.originalDue() != null && before.step() != Step.INTAKE) {
            assertThat(after.originalDue())
                    .as("original due date of %s", after.itemNo())
                    .isEqualTo(before.originalDue());
        }
    }

    /** That a move left a line by whoever made it, and none of another moment. */
    static void checkRecorded(List<ItemState> before, List<ItemState> after, String person, Instant from, Instant to) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            lines.addAll(
                    i < before.size()
                            ? newLines(before.get(i), after.get(i))
                            : after.get(i).timeline());
        }
        assertThat(lines)
                .as("new lines of the timeline, one of them by %s", person)
                .anyMatch(line -> Objects.equals(line.actor(), person));
        // The database keeps microseconds.
        assertThat(lines)
                .as("new lines of the timeline, all from %s to %s", from, to)
                .allMatch(line ->
                        !line.at().isBefore(from.minusMillis(1)) && !line.at().isAfter(to.plusMillis(1)));
    }

    private static List<Line> newLines(ItemState before, ItemState after) {
        return after.timeline()
                .subList(before.timeline().size(), after.timeline().size());
    }
}
