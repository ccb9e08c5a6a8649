package org.guiling.supervision;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.calendar.WorkingCalendar;

/**
 * The rule by which an item climbs the ladder: which rung is due today, and when to look again.
 *
 * @param level of the item, 1 to 4
 */
record LadderRule(EscalationLadder table, int level, WorkingCalendar calendar, LocalDate today) {

    /** Also where nothing is due, supervision looks again: a table that was changed meanwhile counts from then on. */
    private static final int LONGEST_REST_DAYS = 30;

    /** The lowest rung of all watches that is due today. */
    Optional<Rise> lowestDue(List<Watch> watches, Map<Climb.Key, Climb> climbed) {
        return watches.stream()
                .map(watch -> known(watch, climbed))
                .flatMap(watch -> due(watch, reached(watch, climbed)).stream())
                .min(Comparator.comparing(Rise::rung));
    }

    /** Day of the next look: that of the next rung, and the next working day at the earliest. */
    LocalDate nextLook(List<Watch> watches, Map<Climb.Key, Climb> climbed) {
        LocalDate tomorrow = calendar.workingDayAfter(today, 1);
        return watches.stream()
                .map(watch -> known(watch, climbed))
                .map(watch -> nextLook(watch, reached(watch, climbed), tomorrow))
                .min(Comparator.naturalOrder())
                .orElseGet(this::longestRest);
    }

    /** Day of the first look at a task that begins to wait today. */
    LocalDate firstLook(Watch watch) {
        return nextLook(watch, null, today);
    }

    /** The working days of the last step that was climbed for the watch; null before the first. */
    static Integer reached(Watch watch, Map<Climb.Key, Climb> climbed) {
        return climbOf(watch, climbed).map(Climb::reached).orElse(null);
    }

    /** A climb that began anew knows since when. */
    private static Watch known(Watch watch, Map<Climb.Key, Climb> climbed) {
        return climbOf(watch, climbed).map(climb -> watch.since(climb.since())).orElse(watch);
    }

    private static Optional<Climb> climbOf(Watch watch, Map<Climb.Key, Climb> climbed) {
        return Optional.ofNullable(climbed.get(Climb.Key.of(watch))).filter(climb -> climb.isOf(watch));
    }

    private Optional<Rise> due(Watch watch, Integer reached) {
        List<LadderStep> due = ahead(watch, reached)
                .filter(step -> !watch.dayOf(step, calendar).isAfter(today))
                .toList();
        // Of several reminders that are due together the last says it all; from there on it goes rung by rung.
        Optional<LadderStep> reminder =
                due.stream().filter(LadderStep::isReminder).reduce((earlier, later) -> later);
        return reminder.or(() -> due.stream().findFirst()).map(step -> new Rise(watch, step));
    }

    private LocalDate nextLook(Watch watch, Integer reached, LocalDate earliest) {
        return ahead(watch, reached)
                .map(step -> watch.dayOf(step, calendar))
                .map(day -> day.isBefore(earliest) ? earliest : day)
                .min(Comparator.naturalOrder())
                .filter(day -> day.isBefore(longestRest()))
                .orElseGet(this::longestRest);
    }

    private Stream<LadderStep> ahead(Watch watch, Integer reached) {
        return table.steps(watch.cause(), watch.limit(), level, watch.rejections()).stream()
                .filter(step -> reached == null || step.workingDays() > reached)
                .filter(step -> !watch.isPointless(step, today, calendar));
    }

    private LocalDate longestRest() {
        return calendar.workingDayFrom(today.plusDays(LONGEST_REST_DAYS));
    }
}
