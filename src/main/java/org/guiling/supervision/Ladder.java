package org.guiling.supervision;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Item;
import org.guiling.supervision.Climbs.Climb;
import org.guiling.supervision.Climbs.Key;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Climbs (督办): which rung is due, which was climbed, and when to look again. Nothing is told here and nothing decided;
 * whoever calls does that in the same transaction.
 */
@Component
@Transactional
public class Ladder {

    /** Also where nothing is due, supervision looks again: a table that was changed meanwhile counts from then on. */
    private static final int LONGEST_REST_DAYS = 30;

    private static final int LOWEST_LEVEL = 1;

    private final EscalationLadder table;
    private final Climbs climbs;
    private final WorkingCalendars calendars;
    private final OfficeClock clock;

    Ladder(EscalationLadder table, Climbs climbs, WorkingCalendars calendars, OfficeClock clock) {
        this.table = table;
        this.climbs = climbs;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * Climbs what is due today: one rung a day, of all watches the lowest. A rung that was climbed is not climbed again; one
     * that was missed while nobody looked, or is due on the same day as another, is climbed on the next working day.
     */
    public Optional<Rise> climb(Item item, List<Watch> watches) {
        if (climbs.wasClimbedOn(item, clock.today())) {
            return Optional.empty();
        }
        Optional<Rise> lowest = lowest(item, watches);
        lowest.ifPresent(rise -> climbs.write(item, rise.watch(), rise.step().workingDays(), clock.today()));
        return lowest;
    }

    /** Climbs for a task that is watched by itself: its rungs neither wait for those of the item nor hold them up. */
    public Optional<Rise> climbApart(Item item, Watch watch) {
        Optional<Rise> lowest = lowest(item, List.of(watch));
        lowest.ifPresent(rise -> climbs.write(item, rise.watch(), rise.step().workingDays(), null));
        return lowest;
    }

    private Optional<Rise> lowest(Item item, List<Watch> watches) {
        Map<Key, Climb> climbed = climbs.of(item);
        return watches.stream()
                .map(watch -> known(watch, climbed))
                .flatMap(watch -> due(item, watch, climbed).stream())
                .min(Comparator.comparing(Rise::rung));
    }

    /** Day of the next look: that of the next rung, and the next working day at the earliest. */
    @Transactional(readOnly = true)
    public LocalDate nextLook(Item item, List<Watch> watches) {
        Map<Key, Climb> climbed = climbs.of(item);
        LocalDate tomorrow = calendars.current().workingDayAfter(clock.today(), 1);
        return watches.stream()
                .map(watch -> known(watch, climbed))
                .map(watch -> nextLook(item, watch, reached(watch, climbed), tomorrow))
                .min(Comparator.naturalOrder())
                .orElseGet(this::longestRest);
    }

    /** The day of the lowest rung, whether it is past or not; null where nothing is supervised. */
    public LocalDate firstRung(Item item, Watch watch) {
        return table.steps(watch.cause(), watch.limit(), item.registration().level(), watch.rejections()).stream()
                .findFirst()
                .map(step -> watch.dayOf(step, calendars.current()))
                .orElse(null);
    }

    /**
     * After how many working days without progress a rectification stagnates (停滞): the lowest rung of the table for an item
     * of the lowest level. Empty where the table has none.
     */
    public OptionalInt stagnationWorkingDays() {
        return table.steps(Cause.STAGNATION, LimitKind.RECTIFICATION, LOWEST_LEVEL, 0).stream()
                .mapToInt(LadderStep::workingDays)
                .min();
    }

    /** Day of the first look at a task that begins to wait today. Reads nothing. */
    public LocalDate firstLook(Item item, Watch watch) {
        return nextLook(item, watch, null, clock.today());
    }

    /** Another date begins another climb; what of it is past already is not made up for. */
    public void startAfresh(Item item, Watch watch) {
        climbs.write(item, watch.since(clock.today()), null, null);
    }

    /** True where anything of the watch was climbed in the item's present round. */
    @Transactional(readOnly = true)
    public boolean hasClimbed(Item item, Watch watch) {
        return reached(watch, climbs.of(item)) != null;
    }

    /**
     * Clears the rungs reached for the cause in the present round, so that they are climbed anew: nobody has decided on
     * them.
     */
    public void forget(Item item, Cause cause) {
        climbs.forget(item, cause, clock.today());
    }

    /** A date that moved while nobody could work on the item: the climb goes on where it stood. */
    public void carryOver(Item item, String taskKey, LocalDate due) {
        climbs.carryOver(item, taskKey, due);
    }

    /** A climb that began anew knows since when. */
    private static Watch known(Watch watch, Map<Key, Climb> climbed) {
        return Optional.ofNullable(climbed.get(Key.of(watch)))
                .filter(climb -> climb.isOf(watch))
                .map(climb -> watch.since(climb.since()))
                .orElse(watch);
    }

    private static Integer reached(Watch watch, Map<Key, Climb> climbed) {
        return Optional.ofNullable(climbed.get(Key.of(watch)))
                .filter(climb -> climb.isOf(watch))
                .map(Climb::reached)
                .orElse(null);
    }

    private Optional<Rise> due(Item item, Watch watch, Map<Key, Climb> climbed) {
        WorkingCalendar calendar = calendars.current();
        List<LadderStep> due = ahead(item, watch, reached(watch, climbed))
                .filter(step -> !watch.dayOf(step, calendar).isAfter(clock.today()))
                .toList();
        // Of several reminders that are due together the last says it all; from there on it goes rung by rung.
        Optional<LadderStep> reminder =
                due.stream().filter(LadderStep::isReminder).reduce((earlier, later) -> later);
        return reminder.or(() -> due.stream().findFirst()).map(step -> new Rise(watch, step));
    }

    private LocalDate nextLook(Item item, Watch watch, Integer reached, LocalDate earliest) {
        WorkingCalendar calendar = calendars.current();
        return ahead(item, watch, reached)
                .map(step -> watch.dayOf(step, calendar))
                .map(day -> day.isBefore(earliest) ? earliest : day)
                .min(Comparator.naturalOrder())
                .filter(day -> day.isBefore(longestRest()))
                .orElseGet(this::longestRest);
    }

    private Stream<LadderStep> ahead(Item item, Watch watch, Integer reached) {
        WorkingCalendar calendar = calendars.current();
        return table.steps(watch.cause(), watch.limit(), item.registration().level(), watch.rejections()).stream()
                .filter(step -> reached == null || step.workingDays() > reached)
                .filter(step -> !watch.isPointless(step, clock.today(), calendar));
    }

    private LocalDate longestRest() {
        return calendars.current().workingDayFrom(clock.today().plusDays(LONGEST_REST_DAYS));
    }
}
