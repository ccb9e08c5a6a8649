package org.guiling.web.board;

import static java.util.Comparator.comparingInt;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.provisioning.GroupNames;
import org.guiling.item.ItemStatus;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.board.Board;
import org.guiling.ledger.board.Board.Overdue;
import org.guiling.ledger.board.Board.Waiting;
import org.guiling.ledger.search.CountedSet;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.organization.Role;
import org.guiling.organization.UnitOrder;
import org.guiling.supervision.Ladder;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.web.support.Dues;
import org.guiling.web.support.Dues.Due;
import org.guiling.web.support.WatchedTaskList;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Shows where items are stuck, why, and whose turn it is: units and roles, never people. */
@Component
class BoardStuck {

    private static final int REVIEWS = 5;

    /** The tasks in the order of the steps. */
    private static final List<String> TASKS = Stream.<TaskContract>concat(
                    Stream.of(UserTask.values()), Stream.of(RequestTask.values()))
            .map(TaskContract::id)
            .toList();

    private final Board board;
    private final Ladder ladder;
    private final WatchedTaskList watched;
    private final WorkingCalendars calendars;
    private final UnitOrder unitOrder;
    private final GroupNames groupNames;
    private final Dues dues;
    private final Texts texts;
    private final OfficeClock clock;

    BoardStuck(
            Board board,
            Ladder ladder,
            WatchedTaskList watched,
            WorkingCalendars calendars,
            UnitOrder unitOrder,
            GroupNames groupNames,
            Dues dues,
            Texts texts,
            OfficeClock clock) {
        this.board = board;
        this.ladder = ladder;
        this.watched = watched;
        this.calendars = calendars;
        this.unitOrder = unitOrder;
        this.groupNames = groupNames;
        this.dues = dues;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * A reason for which items do not move.
     *
     * @param name what it is called
     * @param why the reason in a sentence
     */
    record Reason(String name, String why, LinkedCount count) {}

    /** A suspended item and the day on which its suspension is looked at again. */
    record Review(String itemNo, String title, Due on) {}

    /** @param reviews those that come first */
    record Stuck(List<Reason> reasons, List<Review> reviews) {}

    /** The people whose turn it is: those of a role, or of a unit. */
    record Whom(String name, LinkedCount count) {}

    /**
     * A task at which items wait.
     *
     * @param longestDays for how many days the first of them has waited
     */
    record Queue(String task, LinkedCount count, long longestDays, List<Whom> whom) {}

    /**
     * An item under a red light.
     *
     * @param due how long it is overdue; null where only a part of it is
     * @param waitsFor the task and whose turn it is; null where it waits for its parts
     */
    record RedItem(String itemNo, String title, String unit, Due due, int round, String waitsFor) {}

    Stuck of(DataScope scope, BoardFilter filter) {
        LocalDate today = clock.today();
        OptionalInt days = ladder.stagnationWorkingDays();
        LocalDate noProgressSince = days.isPresent() ? noProgressSince(today, days.getAsInt()) : LocalDate.EPOCH;
        Board.Stuck stuck = board.stuck(scope, filter.ledger(), today, noProgressSince);
        List<Reason> reasons = new ArrayList<>();
        if (days.isPresent()) {
            reasons.add(reason(
                    "stagnant",
                    stuck.stagnant(),
                    filter.link("counted.noProgressSince", noProgressSince),
                    days.getAsInt()));
        }
        reasons.add(reason("disputed", stuck.disputed(), filter.link("status", ItemStatus.DISPUTED)));
        reasons.add(reason("suspended", stuck.suspended(), filter.link("status", ItemStatus.SUSPENDED)));
        reasons.add(reason(
                "overdue-at-office",
                stuck.overdueAtOffice(),
                filter.link("counted.set", CountedSet.OVERDUE_AT_OFFICE)));
        // Of the whole city: they are no items, and nothing of them is to be chosen.
        watched.overdue().ifPresent(count -> reasons.add(reason("watched", count, "/watched-tasks?overdue=true")));
        return new Stuck(reasons, stuck.suspended() == 0 ? List.of() : reviews(scope, filter.ledger(), today));
    }

    /** The last day of which twenty working days have passed until today, when twenty are the limit. */
    private LocalDate noProgressSince(LocalDate today, int workingDays) {
        return calendars
                .current()
                .workingDayBefore(today.plusDays(1), workingDays)
                .minusDays(1);
    }

    private Reason reason(String key, long count, String link, Object... arguments) {
        return new Reason(
                texts.get("board.stuck." + key),
                texts.get("board.stuck." + key + ".why", arguments),
                new LinkedCount(count, link));
    }

    private List<Review> reviews(DataScope scope, LedgerFilter filter, LocalDate today) {
        return board.suspended(scope, filter, today, REVIEWS).stream()
                .map(suspended ->
                        new Review(suspended.item().itemNo(), suspended.item().title(), dues.of(suspended.reviewOn())))
                .toList();
    }

    /** The queues of waiting items, in the order of the steps, roles before units and units in their usual order. */
    List<Queue> queues(DataScope scope, BoardFilter filter) {
        LocalDate today = clock.today();
        Map<String, String> groups = groupNames.all();
        List<String> places = groupsOfUnits();
        return board.waiting(scope, filter.ledger(), today).stream()
                .collect(Collectors.groupingBy(Waiting::taskKey))
                .entrySet()
                .stream()
                .sorted(comparingInt(task -> TASKS.indexOf(task.getKey())))
                .map(task -> queue(task.getKey(), task.getValue(), groups, places, today, filter))
                .toList();
    }

    private List<String> groupsOfUnits() {
        return unitOrder.places().stream()
                .map(place -> place.unit().code())
                .flatMap(unit -> Stream.of(Role.leadersOf(unit), Role.handlersOf(unit)))
                .toList();
    }

    private Queue queue(
            String task,
            List<Waiting> waiting,
            Map<String, String> groups,
            List<String> places,
            LocalDate today,
            BoardFilter filter) {
        Instant since = waiting.stream()
                .map(Waiting::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new Queue(
                taskName(task),
                new LinkedCount(
                        waiting.stream().mapToLong(Waiting::items).sum(), filter.link("counted.waitingAt", task)),
                ChronoUnit.DAYS.between(clock.dayOf(since), today),
                waiting.stream()
                        .sorted(comparingInt(each -> places.indexOf(each.whom())))
                        .map(each -> new Whom(
                                groups.getOrDefault(each.whom(), each.whom()),
                                new LinkedCount(
                                        each.items(),
                                        filter.link("counted.waitingAt", task, "counted.waitingFor", each.whom()))))
                        .toList());
    }

    /** The red ones that are overdue the longest, each with what it waits for. */
    List<RedItem> red(DataScope scope, BoardFilter filter, int limit) {
        Map<String, String> groups = groupNames.all();
        return board.overdue(scope, filter.ledger(), clock.today(), limit).stream()
                .map(overdue -> red(overdue, groups))
                .toList();
    }

    private RedItem red(Overdue overdue, Map<String, String> groups) {
        LedgerEntry item = overdue.item();
        Due due = dues.of(item);
        return new RedItem(
                item.itemNo(),
                item.title(),
                item.leadUnitName(),
                due.overdue() ? due : null,
                item.round(),
                overdue.taskKey() == null
                        ? null
                        : texts.get(
                                "board.waits-for",
                                taskName(overdue.taskKey()),
                                groups.getOrDefault(overdue.whom(), overdue.whom())));
    }

    private String taskName(String key) {
        return texts.label((Enum<?>) TaskContract.of(key).orElseThrow());
    }
}
