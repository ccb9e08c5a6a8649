package org.guiling.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.YearFiles;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.Timeline;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The calendar in the database and in the memory of several nodes. */
@GuilingTest
class WorkingCalendarsTest {

    @Autowired
    WorkingCalendars calendars;

    @Autowired
    ShippedYears shippedYears;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Timeline timeline;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @Test
    void theShippedYearsAreLoadedAtTheStart() throws Exception {
        assertThat(calendars.current().isLoaded(2025)).isTrue();
        assertThat(calendars.current().isLoaded(2026)).isTrue();
        assertThat(calendars.current().years())
                .filteredOn(year -> year.year() == 2026)
                .containsExactly(ShippedCalendar.year(2026));

        // another start adds nothing
        long revision = revision();
        shippedYears.run(null);
        assertThat(revision()).isEqualTo(revision);
    }

    @Test
    void whatAnOfficeLoadedIsNotReplacedByWhatIsShipped() {
        transaction.executeWithoutResult(status -> calendars.load(read(YearFiles.corrected(2061)), "administrator"));

        transaction.executeWithoutResult(status -> calendars.loadShipped(read(YearFiles.of(2061))));

        assertThat(calendars.current().years())
                .filteredOn(year -> year.year() == 2061)
                .singleElement()
                .satisfies(year -> assertThat(year.notice().number()).endsWith("更正"));
    }

    @Test
    void aShippedYearMovesDatesInNobodysName() {
        clock.advance(Duration.ofDays(ChronoUnit.DAYS.between(lifeCycle.today(), LocalDate.of(2062, 12, 30))));
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);

        calendars.loadShipped(read(YearFiles.of(2063)));

        assertThat(lifeCycle.waiting(itemNo).due().atZone(clock.getZone()).toLocalDate())
                .isEqualTo(calendars.current().workingDayAfter(LocalDate.of(2062, 12, 30), 2));
        assertThat(timeline.of(lifeCycle.item(itemNo))).last().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo(Action.DUE_MOVED);
            assertThat(entry.actor()).isNull();
        });
    }

    @Test
    void anotherNodeNoticesWithinAMinute() {
        WorkingCalendars other = new WorkingCalendars(jdbc, events, clock);
        assertThat(other.current().isLoaded(2065)).isFalse();

        transaction.executeWithoutResult(status -> calendars.load(read(YearFiles.of(2065)), "administrator"));

        assertThat(calendars.current().isLoaded(2065)).isTrue();
        assertThat(other.current().isLoaded(2065)).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(other.current().isLoaded(2065)).isTrue();
        assertThat(other.current().years())
                .containsExactlyElementsOf(calendars.current().years());
    }

    @Test
    void anotherNodeComputesNoProvisionalDateOfAYearThatWasJustLoaded() {
        WorkingCalendars other = new WorkingCalendars(jdbc, events, clock);
        LocalDate event = LocalDate.of(2077, 5, 3);
        TimeLimit limit = new TimeLimit(1, LimitUnit.WORKDAY, "示例依据");
        assertThat(other.dueAfter(event, limit).provisional()).isTrue();

        transaction.executeWithoutResult(status -> calendars.load(read(YearFiles.of(2077)), "administrator"));

        assertThat(other.dueAfter(event, limit)).isEqualTo(new DueDate(LocalDate.of(2077, 5, 6), false, "示例依据"));
    }

    @Test
    void aCalendarThatDidNotChangeIsNotReadAgain() {
        WorkingCalendar before = calendars.current();
        clock.advance(Duration.ofMinutes(5));

        assertThat(calendars.current()).isSameAs(before);
    }

    private CalendarYear read(String file) {
        return calendars.read(YearFiles.stream(file));
    }

    private long revision() {
        return jdbc.sql("select revision from calendar_revision")
                .query(Long.class)
                .single();
    }
}
