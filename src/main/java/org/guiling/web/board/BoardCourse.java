package org.guiling.web.board;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.board.Board;
import org.guiling.ledger.board.Course;
import org.guiling.ledger.board.Course.Period;
import org.guiling.ledger.board.Pace;
import org.guiling.ledger.search.Turn;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;

/** The course of the ledger and the outlook by the due dates: burn-down, and registered against closed items. */
@Component
class BoardCourse {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd");

    private final Board board;
    private final OfficeClock clock;

    BoardCourse(Board board, OfficeClock clock) {
        this.board = board;
        this.clock = clock;
    }

    /**
     * The periods of the past, and those ahead.
     *
     * @param past the oldest first; today is in the last
     * @param ahead what is planned only
     */
    record Chart(Pace pace, List<Row> past, List<Row> ahead) {

        /** The period that today is in. */
        public Row now() {
            return past.get(past.size() - 1);
        }

        public boolean hasReopened() {
            return past.stream().anyMatch(row -> row.reopened().count() > 0);
        }

        public boolean hasEndedOtherwise() {
            return past.stream().anyMatch(row -> row.endedOtherwise().count() > 0);
        }
    }

    /**
     * A period.
     *
     * @param days its first and its last day, in words
     * @param until its last day, in short, with the year where that is another
     * @param open null after today
     */
    record Row(
            String days,
            String until,
            LinkedCount registered,
            LinkedCount closed,
            LinkedCount reopened,
            LinkedCount endedOtherwise,
            LinkedCount open,
            LinkedCount planned) {}

    /**
     * @param since the first registration; null without items
     * @param dueUntil the last date in force; null without any
     * @return null without items
     */
    Chart of(DataScope scope, BoardFilter filter, LocalDate since, LocalDate dueUntil) {
        if (since == null) {
            return null;
        }
        Course course = board.course(scope, filter.ledger(), clock.today(), since, dueUntil);
        return new Chart(
                course.pace(),
                course.periods().stream()
                        .filter(period -> period.open() != null)
                        .map(period -> row(period, filter))
                        .toList(),
                course.periods().stream()
                        .filter(period -> period.open() == null)
                        .map(period -> row(period, filter))
                        .toList());
    }

    private Row row(Period period, BoardFilter filter) {
        int year = clock.today().getYear();
        return new Row(
                period.from().equals(period.to())
                        ? period.to().toString()
                        : period.from() + " – " + DAY.format(period.to()),
                period.to().getYear() == year
                        ? DAY.format(period.to())
                        : period.to().toString(),
                new LinkedCount(period.registered(), registered(period, filter)),
                turned(period.closed(), Turn.CLOSED, period, filter),
                turned(period.reopened(), Turn.REOPENED, period, filter),
                turned(period.endedOtherwise(), Turn.ENDED_OTHERWISE, period, filter),
                period.open() == null
                        ? null
                        : new LinkedCount(period.open(), filter.link("counted.openOn", period.to())),
                new LinkedCount(period.planned(), filter.link("counted.plannedOn", period.to())));
    }

    private static String registered(Period period, BoardFilter filter) {
        LocalDate from = filter.from() != null && filter.from().isAfter(period.from()) ? filter.from() : period.from();
        LocalDate to = filter.to() != null && filter.to().isBefore(period.to()) ? filter.to() : period.to();
        return filter.link("counted.registeredFrom", from, "counted.registeredTo", to);
    }

    private static LinkedCount turned(long items, Turn turn, Period period, BoardFilter filter) {
        return new LinkedCount(
                items,
                filter.link("counted.turn", turn, "counted.turnFrom", period.from(), "counted.turnTo", period.to()));
    }
}
