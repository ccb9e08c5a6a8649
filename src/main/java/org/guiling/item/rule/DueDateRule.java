package org.guiling.item.rule;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.guiling.calendar.DueDate;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.LimitUnit;
import org.guiling.calendar.TimeLimit;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.RectificationType;
import org.guiling.item.Registration;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.refusal.Gate;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The rule for every due date that a person sets, whoever sets it and on whatever occasion: a working day, not past, within
 * the limit of its occasion, the cap of its item and the date of its whole (DOMAIN.md §7). A date that comes with a source
 * document is the document's and is not asked.
 */
@Component
@Transactional(readOnly = true)
public class DueDateRule {

    private final Items items;
    private final Timeline timeline;
    private final ItemLimits limits;
    private final WorkingCalendars calendars;
    private final OfficeClock clock;

    DueDateRule(Items items, Timeline timeline, ItemLimits limits, WorkingCalendars calendars, OfficeClock clock) {
        this.items = items;
        this.timeline = timeline;
        this.limits = limits;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** A working day that is not past. */
    public void requireWorkingDay(Gate gate, String field, LocalDate day) {
        if (day == null || day.isBefore(clock.today())) {
            gate.require(false, field, "refusal.due.past");
        } else {
            gate.require(
                    calendars.isWorkingDay(day),
                    field,
                    "refusal.due.rest-day",
                    day,
                    calendars.current().workingDayFrom(day));
        }
    }

    /** A plan ends within the policy's limit, counted from the day the item was accepted. */
    public void requirePlanned(Gate gate, Item item, RectificationType type, LocalDate day) {
        if (day == null) {
            gate.require(false, "plannedDue", "refusal.plan.due-missing");
            return;
        }
        requireWorkingDay(gate, "plannedDue", day);
        DueDate latest = latestPlanned(item, type);
        gate.require(
                !day.isAfter(latest.due()),
                "plannedDue",
                latest.provisional() ? "refusal.plan.due-late-provisional" : "refusal.plan.due-late",
                latest.due());
        requireWithinWhole(gate, item, "plannedDue", day);
    }

    /**
     * The last day that the policy table allows for a plan, counted from the day the item was accepted. Where that has
     * passed, as it soon does where a hazard is to be removed at once, it is the first working day from today: there would
     * be no plan at all otherwise.
     */
    public DueDate latestPlanned(Item item, RectificationType type) {
        DueDate latest = calendars.dueAfter(acceptedOn(item, moves(item)), rectification(item, type));
        return latest.due().isBefore(clock.today())
                ? calendars.dueAfter(clock.today(), new TimeLimit(0, LimitUnit.WORKDAY, latest.basis()))
                : latest;
    }

    /**
     * The last day on the fast lane (即办), which begins today: what has to be removed at once gets no days there either.
     *
     * @param ofLane the lane's own limit
     */
    public LocalDate latestFromToday(Registration facts, RectificationType type, TimeLimit ofLane) {
        return Stream.of(ofLane, limits.limit(LimitKind.RECTIFICATION, facts, type))
                .map(limit -> calendars.dueAfter(clock.today(), limit).due())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * A round of rework, a return at the sign-off and a reopening get at most what a new plan would get today, and stay below
     * the item's cap. Where that has passed, the office's limit for late rework counts: nobody could be sent back otherwise.
     */
    public void requireNextRound(Gate gate, Item item, String field, LocalDate day) {
        requireWorkingDay(gate, field, day);
        DueDate latest = latestOfNextRound(item);
        gate.require(
                day == null || !day.isAfter(latest.due()), field, "refusal.due.late", latest.due(), latest.basis());
    }

    /** Requires the defects to mend and the date of the rework. */
    public void requireRework(Gate gate, Item item, List<String> defects, LocalDate reworkDue) {
        gate.require(!defects.isEmpty(), "defect1", "refusal.rework.no-defect");
        requireNextRound(gate, item, "reworkDue", reworkDue);
    }

    /** The last day for the round that would begin today. */
    public DueDate latestOfNextRound(Item item) {
        RectificationType type = item.plan().rectType();
        DueDate ofPolicy = calendars.dueAfter(clock.today(), rectification(item, type));
        DueDate latest = Stream.of(Stream.of(ofPolicy), caps(item, moves(item)), dateOfWhole(item))
                .flatMap(dates -> dates)
                .min(Comparator.comparing(DueDate::due))
                .orElseThrow();
        DueDate least = calendars.dueAfter(clock.today(), limits.limit(LimitKind.LATE_REWORK, item));
        return latest.due().isBefore(least.due()) ? least : latest;
    }

    /** An extension is counted from the date that its round began with, as suspensions moved it. */
    public void requireExtended(Gate gate, Item item, LocalDate day) {
        requireWorkingDay(gate, "newDue", day);
        List<TimelineEntry> moves = moves(item);
        DueDate latest = Stream.concat(
                        Stream.of(calendars.dueAfter(dueWithoutExtensions(item, moves), extension(item))),
                        caps(item, moves))
                .min(Comparator.comparing(DueDate::due))
                .orElseThrow();
        gate.require(day.isAfter(item.currentDue()), "newDue", "refusal.extension.not-later", item.currentDue())
                .require(!day.isAfter(latest.due()), "newDue", "refusal.extension.cap", latest.due());
        requireWithinWhole(gate, item, "newDue", day);
    }

    /** A part ends no later than its whole. */
    public void requirePart(Gate gate, Item whole, String field, LocalDate day) {
        requireWorkingDay(gate, field, day);
        gate.require(!day.isAfter(whole.currentDue()), field, "refusal.split.due", day, whole.currentDue());
    }

    /**
     * The date in force after a suspension: later by working days where the limit counts those, otherwise by days, and never
     * on a rest day.
     */
    public LocalDate afterPause(Item item, Pause pause) {
        boolean ofPolicy = item.plan() != null && !item.isDueFixedBySource();
        return ofPolicy
                ? pause.after(
                        item.currentDue(),
                        rectification(item, item.plan().rectType()).unit())
                : pause.after(item.currentDue(), LimitUnit.CALENDAR_DAY);
    }

    /** Maximum time of an extension beyond the date of its round. */
    public TimeLimit extension(Item item) {
        return limits.limit(LimitKind.EXTENSION, item);
    }

    public TimeLimit rectification(Item item, RectificationType type) {
        return limits.limit(LimitKind.RECTIFICATION, item.registration(), type);
    }

    private void requireWithinWhole(Gate gate, Item item, String field, LocalDate day) {
        dateOfWhole(item)
                .forEach(whole -> gate.require(
                        !day.isAfter(whole.due()), field, "refusal.extension.parent", whole.due(), item.parentNo()));
    }

    private Stream<DueDate> dateOfWhole(Item item) {
        return Stream.ofNullable(item.parentNo())
                .map(items::get)
                .filter(whole -> whole.currentDue() != null)
                .map(whole -> new DueDate(whole.currentDue(), false, whole.itemNo()));
    }

    /**
     * The latest due date of an open item: the policy's limit and its longest extension, from the day it was accepted
     * or reopened, and the days that it was suspended. A source document that set a later date has set the limit, too.
     */
    private Stream<DueDate> caps(Item item, List<TimelineEntry> moves) {
        if (item.status() == ItemStatus.CLOSED) {
            return Stream.empty();
        }
        LocalDate accepted = acceptedOn(item, moves);
        DueDate limit =
                calendars.dueAfter(accepted, rectification(item, item.plan().rectType()));
        LocalDate due =
                item.isDueFixedBySource() && item.originalDue().isAfter(limit.due()) ? item.originalDue() : limit.due();
        DueDate extended = calendars.dueAfter(due, extension(item));
        long paused = moves.stream()
                .filter(move -> move.action() == Action.RESUME && day(move).isAfter(accepted))
                .mapToLong(DueDateRule::days)
                .sum();
        return Stream.of(new DueDate(
                calendars.current().workingDayFrom(extended.due().plusDays(paused)),
                extended.provisional(),
                extended.basis()));
    }

    private LocalDate acceptedOn(Item item, List<TimelineEntry> moves) {
        boolean reviewed = item.review() != null && item.review().reviewedAt() != null;
        LocalDate accepted = clock.dayOf(reviewed ? item.review().reviewedAt() : item.registeredAt());
        return moves.stream()
                .filter(move -> move.action() == Action.REOPEN)
                .map(this::day)
                .max(Comparator.naturalOrder())
                .orElse(accepted);
    }

    private LocalDate dueWithoutExtensions(Item item, List<TimelineEntry> moves) {
        LocalDate due = item.originalDue();
        for (TimelineEntry move : moves) {
            due = switch (move.action()) {
                case EXTEND -> due;
                case RESUME -> due.plusDays(days(move));
                default -> move.due().to() == null ? due : move.due().to();
            };
        }
        return due;
    }

    /** Timeline entries that moved the item's own date, the oldest first; dates of single tasks are not among them. */
    private List<TimelineEntry> moves(Item item) {
        return timeline.of(item).stream()
                .filter(entry -> entry.due() != null && entry.action() != Action.DUE_MOVED)
                .toList();
    }

    private static long days(TimelineEntry move) {
        return ChronoUnit.DAYS.between(move.due().from(), move.due().to());
    }

    private LocalDate day(TimelineEntry entry) {
        return clock.dayOf(entry.at());
    }
}
