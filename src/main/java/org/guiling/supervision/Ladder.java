package org.guiling.supervision;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Item;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Climbs (督办): keeps which rungs of the ladder were climbed. Nothing is told here and nothing decided; whoever calls does
 * that in the same transaction.
 */
@Component
@Transactional
public class Ladder {

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
        return rule(item).lowestDue(watches, climbs.of(item));
    }

    /** Day of the next look: that of the next rung, and the next working day at the earliest. */
    @Transactional(readOnly = true)
    public LocalDate nextLook(Item item, List<Watch> watches) {
        return rule(item).nextLook(watches, climbs.of(item));
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
        return rule(item).firstLook(watch);
    }

    /** Another date begins another climb; what of it is past already is not made up for. */
    public void startAfresh(Item item, Watch watch) {
        climbs.write(item, watch.since(clock.today()), null, null);
    }

    /** True where anything of the watch was climbed in the item's present round. */
    @Transactional(readOnly = true)
    public boolean hasClimbed(Item item, Watch watch) {
        return LadderRule.reached(watch, climbs.of(item)) != null;
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

    private LadderRule rule(Item item) {
        return new LadderRule(table, item.registration().level(), calendars.current(), clock.today());
    }
}
