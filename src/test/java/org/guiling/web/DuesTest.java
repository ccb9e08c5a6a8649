package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.junit.jupiter.api.AfterEach;
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

    @AfterEach
    void today() {
        clock.reset();
    }

    private record Marked(LocalDate due, LocalDate started, String light) {}

    /** A date that is marked as near is one under a yellow light, and the other way round. */
    @Test
    void aDateIsNearWhereTheLightIsYellow() {
        clock.set(LocalDate.parse("2026-02-12"));
        List<Marked> marked = jdbc.sql("""
                        select due, started, light('RECTIFYING', started, due, date '2026-02-12') as light
                        from (select date '2026-02-12' + ahead as due, date '2026-02-12' + ahead - term as started
                              from generate_series(0, 80) ahead, unnest(array[0, 10, 60, 100, 301, 400]) term) terms""").query(Marked.class).list();

        assertThat(marked).hasSize(486).allSatisfy(each -> assertThat(
                        dues.of(each.due(), each.started()).soon())
                .as(each.toString())
                .isEqualTo(each.light().equals("YELLOW")));
    }
}
