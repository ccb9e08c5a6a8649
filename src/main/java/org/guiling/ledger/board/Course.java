package org.guiling.ledger.board;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The course of a ledger, period by period, and the outlook by the dates in force.
 *
 * @param pace the length of a period
 * @param periods the oldest first; those after today tell only what is planned
 */
public record Course(Pace pace, List<Period> periods) {

    /** Of the past, and ahead. */
    private static final int MAX_PERIODS = 40;

    /**
     * One period. A period that today is in is told until today; the rest of it is one of its own.
     *
     * @param from first day
     * @param to last day
     * @param registered items registered in it
     * @param closed items closed in it, also where they were reopened since
     * @param reopened items reopened in it
     * @param endedOtherwise items that ended in it without being closed
     * @param open items open at its end; null after today
     * @param planned what would be open at its end if each item was closed on the date in force
     */
    public record Period(
            LocalDate from,
            LocalDate to,
            long registered,
            long closed,
            long reopened,
            long endedOtherwise,
            Long open,
            long planned) {}

    /** The kinds of events that change the counts. */
    enum Kind {
        REGISTERED,
        CLOSED,
        REOPENED,
        ENDED_OTHERWISE,
        /** Registered and not ended otherwise. */
        PLANNED,
        /** Due, of these. */
        DUE
    }

    /**
     * The events of one period that fall on days up to today, or that are due after it.
     *
     * @param events number of events
     * @param items number of items that they are about
     */
    record Movement(LocalDate start, boolean ahead, Kind kind, long events, long items) {}

    /** @param movements in any order; empty for a ledger without items */
    static Course of(Pace pace, List<Movement> movements, LocalDate today) {
        List<Period> periods = new ArrayList<>();
        LocalDate first = movements.stream()
                .map(Movement::start)
                .min(Comparator.naturalOrder())
                .orElse(today);
        LocalDate last = movements.stream()
                .map(Movement::start)
                .max(Comparator.naturalOrder())
                .orElse(today);
        long open = 0;
        long planned = 0;
        for (LocalDate start = pace.start(first); !start.isAfter(later(last, today)); start = pace.next(start)) {
            LocalDate end = pace.next(start).minusDays(1);
            if (!start.isAfter(today)) {
                Map<Kind, Movement> past = movements(movements, start, false);
                open += events(past, Kind.REGISTERED)
                        + events(past, Kind.REOPENED)
                        - events(past, Kind.CLOSED)
                        - events(past, Kind.ENDED_OTHERWISE);
                planned += events(past, Kind.PLANNED) - events(past, Kind.DUE);
                periods.add(new Period(
                        start,
                        end.isAfter(today) ? today : end,
                        items(past, Kind.REGISTERED),
                        items(past, Kind.CLOSED),
                        items(past, Kind.REOPENED),
                        items(past, Kind.ENDED_OTHERWISE),
                        open,
                        planned));
            }
            if (end.isAfter(today) && !start.isAfter(last)) {
                planned -= events(movements(movements, start, true), Kind.DUE);
                LocalDate from = start.isAfter(today) ? start : today.plusDays(1);
                periods.add(new Period(from, end, 0, 0, 0, 0, null, planned));
            }
        }
        return new Course(pace, shortened(periods));
    }

    public boolean isEmpty() {
        return periods.isEmpty();
    }

    /** Leaves out periods too far back or ahead; their events are in the counts of the others all the same. */
    private static List<Period> shortened(List<Period> periods) {
        int past =
                (int) periods.stream().filter(period -> period.open() != null).count();
        return List.copyOf(
                periods.subList(Math.max(0, past - MAX_PERIODS), Math.min(periods.size(), past + MAX_PERIODS)));
    }

    private static Map<Kind, Movement> movements(List<Movement> all, LocalDate start, boolean ahead) {
        Map<Kind, Movement> found = new EnumMap<>(Kind.class);
        all.stream()
                .filter(movement -> movement.start().equals(start) && movement.ahead() == ahead)
                .forEach(movement -> found.put(movement.kind(), movement));
        return found;
    }

    private static long events(Map<Kind, Movement> movements, Kind kind) {
        return movements.containsKey(kind) ? movements.get(kind).events() : 0;
    }

    private static long items(Map<Kind, Movement> movements, Kind kind) {
        return movements.containsKey(kind) ? movements.get(kind).items() : 0;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
