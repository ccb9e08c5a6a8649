package org.guiling.process.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.process.FiveStepZeroing;
import org.guiling.process.FiveStepZeroing.UserTask;
import org.guiling.process.LookBack;
import org.guiling.process.RequestProcess;
import org.guiling.process.property.ItemState.EngineTask;
import org.guiling.process.property.ItemState.Line;
import org.guiling.process.property.ItemState.Timer;

/** What is true of every item after every move. */
final class Invariants {

    private Invariants() {}

    /** Of each item by itself. */
    static void check(ItemState item) {
        oneActiveStep(item);
        ledgerAndEngineAgree(item);
        listAndEngineAgree(item);
        timers(item);
    }

    /** Of each item against what it was before. */
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
        long instances = item.of("engine: executions").stream()
                .filter(execution -> execution.path("parent_id_").isNull()
                        && execution.path("proc_def_id_").asText().startsWith(FiveStepZeroing.KEY + ":"))
                .count();
        assertThat(instances)
                .as("instances of the five steps of %s", item.itemNo())
                .isEqualTo(waiting);
    }

    private static void ledgerAndEngineAgree(ItemState item) {
        for (EngineTask task : item.tasks()) {
            if (task.isOfTheFiveSteps()) {
                UserTask contract = UserTask.of(task.key()).orElseThrow();
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
                if (contract == UserTask.RECTIFY && !suspended) {
                    assertThat(day(task.due()))
                            .as("last day of rectify of %s, whose date in force is", item.itemNo())
                            .isEqualTo(item.currentDue());
                }
            }
        }
    }

    private static ItemStatus status(UserTask contract, ItemState item) {
        return contract == UserTask.RECTIFY && item.round() > 1 ? ItemStatus.REWORK : contract.status();
    }

    private static void listAndEngineAgree(ItemState item) {
        List<EngineTask> inTheEngine = item.tasks().stream()
                .map(task -> new EngineTask(
                        task.id(), task.key(), null, task.assignee(), task.group(), task.due(), task.suspended()))
                .sorted(Comparator.comparing(EngineTask::id))
                .toList();
        assertThat(item.toDos().stream()
                        .sorted(Comparator.comparing(EngineTask::id))
                        .toList())
                .as("to-do rows of %s against the engine's tasks", item.itemNo())
                .isEqualTo(inTheEngine);
    }

    /**
     * At most one timer for each item, and none without a reason: a suspension that ends by itself, or a look-back.
     *
     * <p>With {@code supervision.bpmn} every open item that is not suspended has its own: another entry in
     * {@code wanted}, and at most one becomes exactly one.
     */
    private static void timers(ItemState item) {
        List<Timer> wanted = new ArrayList<>();
        if (item.status() == ItemStatus.SUSPENDED) {
            wanted.add(new Timer("", RequestProcess.SUSPENSION.key(), item.reviewDay()));
        }
        boolean looked = item.of("engine: executions").stream()
                .noneMatch(execution -> execution.path("proc_def_id_").asText().startsWith(LookBack.KEY + ":"));
        if (item.status() == ItemStatus.CLOSED
                && !looked
                && item.task(LookBack.LOOK_BACK_CHECK.id()).isEmpty()) {
            wanted.add(new Timer("", LookBack.KEY, item.lookBackOn()));
        }
        assertThat(item.timers().stream()
                        .map(timer -> new Timer("", timer.model(), timer.day()))
                        .toList())
                .as("timers of %s, which is %s", item.itemNo(), item.status())
                .isEqualTo(wanted)
                .hasSizeLessThanOrEqualTo(1);
    }

    private static void timelineOnlyGrows(ItemState before, ItemState after) {
        assertThat(after.of("timeline")
                        .subList(
                                0,
                                Math.min(
                                        before.of("timeline").size(),
                                        after.of("timeline").size())))
                .as("what the timeline of %s said before", before.itemNo())
                .isEqualTo(before.of("timeline"));
    }

    private static void newLinesKeepFourEyes(ItemState before, ItemState after) {
        for (Line line : newLines(before, after)) {
            if (line.actor() != null) {
                assertThat(FourEyesOracle.conflict(before, line.actor(), line.action()))
                        .as("what %s had done to %s before they did %s", line.actor(), after.itemNo(), line.action())
                        .isEmpty();
            }
        }
    }

    /** The registrar may still correct what the source says; from the acceptance on the first date is the first. */
    private static void originalDueStays(ItemState before, ItemState after) {
        boolean correctable = before.step() == Step.INTAKE;
        if (before.originalDue() != null && !correctable) {
            assertThat(after.originalDue())
                    .as("original due date of %s", after.itemNo())
                    .isEqualTo(before.originalDue());
        }
    }

    /** That the move left a line by whoever made it, of the moment in which they made it. */
    static void checkRecorded(List<ItemState> before, List<ItemState> after, String person, Instant from, Instant to) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            lines.addAll(
                    i < before.size()
                            ? newLines(before.get(i), after.get(i))
                            : after.get(i).timeline());
        }
        assertThat(lines)
                .as("new lines in the timeline")
                .anyMatch(line -> java.util.Objects.equals(line.actor(), person));
        assertThat(lines)
                .as("new lines in the timeline, of %s to %s", from, to)
                .allMatch(line ->
                        !line.at().isBefore(from.minusMillis(1)) && !line.at().isAfter(to.plusMillis(1)));
    }

    private static List<Line> newLines(ItemState before, ItemState after) {
        List<Line> lines = after.timeline();
        return lines.subList(before.timeline().size(), lines.size());
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
    }
}
