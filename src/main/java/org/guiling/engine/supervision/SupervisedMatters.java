package org.guiling.engine.supervision;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Item;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.request.Suspensions;
import org.guiling.item.todo.ToDos;
import org.guiling.supervision.Ladder;
import org.guiling.supervision.Watch;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Finds the supervised matters of an item: what is late, stagnates or came back, by the tasks that wait at it. */
@Component
class SupervisedMatters {

    private static final Set<TaskContract> AFTER_THE_WORK =
            Set.of(UserTask.VERIFY, UserTask.CONFIRM_VERIFICATION, UserTask.SIGN_OFF);

    private final ToDos toDos;
    private final ItemRecords records;
    private final Suspensions suspensions;
    private final Ladder ladder;
    private final OfficeClock clock;

    SupervisedMatters(ToDos toDos, ItemRecords records, Suspensions suspensions, Ladder ladder, OfficeClock clock) {
        this.toDos = toDos;
        this.records = records;
        this.suspensions = suspensions;
        this.ladder = ladder;
        this.clock = clock;
    }

    /** All matters of an item at present. */
    List<Watch> of(Item item) {
        return toDos.waitingAt(item.itemNo()).stream()
                .flatMap(waiting -> of(item, waiting))
                .toList();
    }

    private Stream<Watch> of(Item item, ToDos.Waiting waiting) {
        TaskContract contract = TaskContract.of(waiting.toDo().taskKey()).orElseThrow();
        // An answer that is late holds up no rung of the matter itself.
        return contract.isConfidential() || contract == CardReply.ANSWER_CARD
                ? Stream.empty()
                : of(
                        item,
                        contract,
                        clock.dayOf(waiting.toDo().due()),
                        clock.dayOf(waiting.toDo().since()))
                        .stream();
    }

    /** The matters that one task makes. */
    List<Watch> of(Item item, TaskContract contract, LocalDate due, LocalDate since) {
        List<Watch> watches = new ArrayList<>();
        Watch date = Watch.due(contract.id(), contract.limit(), due, since);
        watches.add(date);
        if (contract.limit() == LimitKind.RECTIFICATION) {
            watches.add(Watch.stagnation(
                    contract.id(), contract.limit(), lastProgress(item, since), ladder.firstRung(item, date)));
            rejection(item, since).ifPresent(watches::add);
        } else if (AFTER_THE_WORK.contains(contract)) {
            // Handing the work in again at once does not outrun the ladder.
            rejection(item, since)
                    .filter(watch -> !ladder.hasClimbed(item, watch))
                    .ifPresent(watches::add);
        }
        return watches;
    }

    /** That the item came back in its present round; empty in the first, and after it was reopened. */
    private Optional<Watch> rejection(Item item, LocalDate since) {
        int rejections = item.round() > 1 ? records.rejections(item) : 0;
        return rejections > 0
                ? Optional.of(Watch.rejection(UserTask.RECTIFY.id(), UserTask.RECTIFY.limit(), since, rejections))
                : Optional.empty();
    }

    /** Each report of progress makes a new task; what was suspended could not progress. */
    private LocalDate lastProgress(Item item, LocalDate since) {
        if (since.equals(clock.today())) {
            return since;
        }
        return suspensions
                .resumedAt(item)
                .map(clock::dayOf)
                .filter(resumed -> resumed.isAfter(since))
                .orElse(since);
    }
}
