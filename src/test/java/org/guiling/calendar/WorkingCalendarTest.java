package org.guiling.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tyme.holiday.LegalHoliday;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Days and limits by the shipped years 2025 and 2026 (DOMAIN.md §4). */
class WorkingCalendarTest {

    private final WorkingCalendar calendar = ShippedCalendar.CALENDAR;

    @ParameterizedTest
    @CsvSource({
        // 2025: the National Day week, with a make-up Sunday before it and the weekend within
        "2025-09-26, 5, WORKDAY, 2025-10-10",
        // a Saturday that is worked before the Spring Festival
        "2026-02-13, 1, WORKDAY, 2026-02-14",
        // over the end of the year: 1 to 3 January are off, Sunday the 4th is worked
        "2025-12-31, 1, WORKDAY, 2026-01-04",
        "2025-08-05, 60, CALENDAR_DAY, 2025-10-09",
        "2026-02-01, 15, CALENDAR_DAY, 2026-02-24",
    })
    void theVectorsOfTheDomain(LocalDate event, int amount, LimitUnit unit, LocalDate due) {
        assertThat(due(event, amount, unit)).isEqualTo(new DueDate(due, false, "示例依据"));
    }

    @ParameterizedTest
    @CsvSource({
        // ends on a working day: stays
        "2026-03-02, 10, CALENDAR_DAY, 2026-03-12",
        // ends on a Saturday that is worked: stays
        "2026-02-27, 1, CALENDAR_DAY, 2026-02-28",
        // ends on an ordinary Saturday
        "2026-03-06, 1, CALENDAR_DAY, 2026-03-09",
        // the event may itself lie on a rest day, and never counts
        "2026-03-07, 1, WORKDAY, 2026-03-09",
        "2026-03-08, 2, WORKDAY, 2026-03-10",
        // make-up workday within the count
        "2026-05-08, 1, WORKDAY, 2026-05-09",
        "2026-05-08, 2, WORKDAY, 2026-05-11",
        // the day itself
        "2026-03-07, 0, WORKDAY, 2026-03-09",
        "2026-03-06, 0, CALENDAR_DAY, 2026-03-06",
    })
    void restDaysMoveWhatEndsOnThem(LocalDate event, int amount, LimitUnit unit, LocalDate due) {
        assertThat(due(event, amount, unit)).isEqualTo(new DueDate(due, false, "示例依据"));
    }

    @ParameterizedTest
    @CsvSource({
        // a month that is shorter ends on its last day
        "2025-01-31, 1, 2025-02-28",
        // 28 February 2026 is a Saturday, but worked
        "2026-01-31, 1, 2026-02-28",
        // 31 May 2026 is a Sunday
        "2026-03-31, 2, 2026-06-01",
        // 31 August 2025 is a Sunday
        "2025-07-31, 1, 2025-09-01",
        // over the end of the year, into the holiday of New Year
        "2025-12-01, 1, 2026-01-04",
        "2025-11-30, 3, 2026-02-28",
        // from a leap day
        "2024-02-29, 12, 2025-02-28",
        "2024-02-29, 24, 2026-02-28",
    })
    void monthsEndOnTheDayOfTheSameNumberOrTheLast(LocalDate event, int months, LocalDate due) {
        assertThat(due(event, months, LimitUnit.MONTH)).isEqualTo(new DueDate(due, false, "示例依据"));
    }

    @ParameterizedTest
    @CsvSource({
        // the leap day itself
        "2028-02-28, 1, CALENDAR_DAY, 2028-02-29",
        "2028-01-31, 1, MONTH, 2028-02-29",
        "2028-02-28, 1, WORKDAY, 2028-02-29",
        // the count crosses the end of the last loaded year
        "2026-12-30, 2, WORKDAY, 2027-01-01",
        "2026-12-31, 1, CALENDAR_DAY, 2027-01-01",
        // the count ends in a loaded year but began in one that is not
        "2024-12-29, 3, WORKDAY, 2025-01-02",
        "2024-12-29, 2, CALENDAR_DAY, 2024-12-31",
        "2026-06-30, 60, MONTH, 2031-06-30",
    })
    void whatReachesIntoAYearThatIsNotLoadedIsProvisional(LocalDate event, int amount, LimitUnit unit, LocalDate due) {
        assertThat(due(event, amount, unit)).isEqualTo(new DueDate(due, true, "示例依据"));
    }

    @Test
    void aMoveIntoAYearThatIsNotLoadedIsProvisional() {
        // given a calendar in which only 2022 is loaded, the last day of which is a Saturday
        CalendarYear year = new CalendarYear(2022, null, List.of(), null, null);

        DueDate due = WorkingCalendar.EMPTY
                .with(year)
                .dueAfter(LocalDate.parse("2022-12-01"), limit(30, LimitUnit.CALENDAR_DAY));

        assertThat(due).isEqualTo(new DueDate(LocalDate.parse("2023-01-02"), true, "示例依据"));
    }

    @Test
    void theSameLimitIsCertainOnceTheYearIsLoaded() {
        LocalDate event = LocalDate.parse("2025-12-31");
        WorkingCalendar without = WorkingCalendar.EMPTY.with(ShippedCalendar.year(2025));

        assertThat(without.dueAfter(event, limit(1, LimitUnit.WORKDAY)))
                .isEqualTo(new DueDate(LocalDate.parse("2026-01-01"), true, "示例依据"));
        assertThat(without.with(ShippedCalendar.year(2026)).dueAfter(event, limit(1, LimitUnit.WORKDAY)))
                .isEqualTo(new DueDate(LocalDate.parse("2026-01-04"), false, "示例依据"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2025, 2026})
    void everyDayOfTheShippedYearsAgreesWithAnotherSource(int year) {
        LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1)).forEach(day -> {
            LegalHoliday holiday = LegalHoliday.fromYmd(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
            boolean weekday = day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;

            assertThat(calendar.isWorkingDay(day))
                    .as(day.toString())
                    .isEqualTo(holiday == null ? weekday : holiday.isWork());
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2025, 2026})
    void theShippedYearsHave248WorkingDays(int year) {
        assertThat(ShippedCalendar.year(year).workingDays()).isEqualTo(248);
        assertThat(calendar.workingDaysBetween(LocalDate.of(year - 1, 12, 31), LocalDate.of(year, 12, 31)))
                .isEqualTo(248);
    }

    @Test
    void theShippedYearsNameTheirNotices() {
        assertThat(ShippedCalendar.year(2025).notice())
                .isEqualTo(new Notice("国办发明电〔2024〕12号", "国务院办公厅关于2025年部分节假日安排的通知", LocalDate.parse("2024-11-12")));
        assertThat(ShippedCalendar.year(2026).notice())
                .isEqualTo(new Notice("国办发明电〔2025〕7号", "国务院办公厅关于2026年部分节假日安排的通知", LocalDate.parse("2025-11-04")));
    }

    @Test
    void makeUpWorkdaysOverrideTheWeekend() {
        assertThat(calendar.isWorkingDay(LocalDate.parse("2026-09-20"))).isTrue();
        assertThat(calendar.isWorkingDay(LocalDate.parse("2026-09-19"))).isFalse();
        assertThat(calendar.isWorkingDay(LocalDate.parse("2026-09-25"))).isFalse();
    }

    @Test
    void countingAndStandingAgree() {
        LocalDate start = LocalDate.parse("2025-09-24");
        for (int n = 1; n <= 300; n++) {
            LocalDate day = calendar.workingDayAfter(start, n);
            assertThat(calendar.workingDaysBetween(start, day)).isEqualTo(n);
            assertThat(calendar.isWorkingDay(day)).isTrue();
        }
        assertThat(calendar.workingDaysBetween(start, start)).isZero();
        assertThat(calendar.workingDaysBetween(start, start.minusDays(5))).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> calendar.workingDayAfter(start, 0));
    }

    @Test
    void aYearThatIsNotLoadedIsMondayToFriday() {
        assertThat(calendar.isLoaded(2027)).isFalse();
        assertThat(calendar.isWorkingDay(LocalDate.parse("2027-01-01"))).isTrue();
        assertThat(calendar.isWorkingDay(LocalDate.parse("2027-01-02"))).isFalse();
        assertThat(calendar.isProvisional(LocalDate.parse("2027-01-01"))).isTrue();
        assertThat(calendar.isProvisional(LocalDate.parse("2026-12-31"))).isFalse();
        assertThat(calendar.isProvisional(LocalDate.parse("2024-12-31"))).isFalse();
        assertThat(WorkingCalendar.EMPTY.isProvisional(LocalDate.parse("2024-12-31")))
                .isTrue();
        assertThat(calendar.isProvisional(null)).isFalse();
    }

    private DueDate due(LocalDate event, int amount, LimitUnit unit) {
        return calendar.dueAfter(event, limit(amount, unit));
    }

    private static TimeLimit limit(int amount, LimitUnit unit) {
        return new TimeLimit(amount, unit, "示例依据");
    }
}
