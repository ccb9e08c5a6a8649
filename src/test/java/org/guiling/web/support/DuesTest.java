package org.guiling.web.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Dates as the pages mark them. */
@GuilingTest
class DuesTest {

    @Autowired
    Dues dues;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    private record Day(LocalDate started, LocalDate due, LocalDate day, String light) {}

    /** An item's light and the marks of the pages are one, from a term's first day until it is over. */
    @Test
    void databaseAndPagesAgreeOnEveryDayOfATerm() {
        List<Day> days = jdbc.sql("""
                        select started, due, day::date as day, light(yellow_from(started, due), due + 1, 'GREEN', day::date) as light
                        from (select began::date as started, began::date + term as due
                              from generate_series(date '2026-01-05', date '2026-12-31', interval '61 days') began,
                                   unnest(array[0, 1, 4, 5, 14, 15, 16, 60, 301]) term) terms,
                             generate_series(started, due + 5, interval '1 day') day
                        order by day""").query(Day.class).list();

        assertThat(days).extracting(Day::light).contains("GREEN", "YELLOW", "RED");
        assertThat(days).allSatisfy(each -> {
            clock.set(each.day());
            Dues.Due due = dues.of(each.due(), each.started());
            String marked = due.overdue() ? "RED" : due.soon() ? "YELLOW" : "GREEN";
            assertThat(marked).as(each.toString()).isEqualTo(each.light());
        });
    }

    private record Marked(LocalDate due, LocalDate started, String light) {}

    /** A date that is marked as near is one under a yellow light, and the other way round. */
    @Test
    void aDateIsNearWhereTheLightIsYellow() {
        clock.set(LocalDate.parse("2026-02-12"));
        List<Marked> marked = jdbc.sql("""
                        select due, started, light(yellow_from(started, due), due + 1, 'GREEN', date '2026-02-12') as light
                        from (select date '2026-02-12' + ahead as due, date '2026-02-12' + ahead - term as started
                              from generate_series(0, 80) ahead, unnest(array[0, 10, 60, 100, 301, 400]) term) terms""").query(Marked.class).list();

        assertThat(marked).hasSize(486).allSatisfy(each -> assertThat(
                        dues.of(each.due(), each.started()).soon())
                .as(each.toString())
                .isEqualTo(each.light().equals("YELLOW")));
    }
}
