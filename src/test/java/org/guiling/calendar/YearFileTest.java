package org.guiling.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.List;
import org.guiling.calendar.InvalidYearException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a calendar year, good and bad. */
class YearFileTest {

    private static final String GOOD = """
            year: 2031
            notice: {number: 测试〔2030〕1号, title: 测试通知, date: 2030-11-05}
            off:
              - {name: 元旦, from: 2031-01-01}
              - {name: 春节, from: 2031-01-22, to: 2031-01-28}
              - {name: 国庆节, from: 2031-10-01, to: 2031-10-07}
            work:
              - {name: 春节, day: 2031-01-19}
            """;

    @Test
    void restDaysWithinAHolidayAreNoExceptions() {
        CalendarYear year = read(GOOD);

        assertThat(year.year()).isEqualTo(2031);
        assertThat(year.notice()).isEqualTo(new Notice("测试〔2030〕1号", "测试通知", LocalDate.parse("2030-11-05")));
        // 25 and 26 January are a weekend: off anyway
        assertThat(year.exceptions())
                .extracting(ExceptionDay::day)
                .contains(LocalDate.parse("2031-01-24"), LocalDate.parse("2031-01-27"))
                .doesNotContain(LocalDate.parse("2031-01-25"), LocalDate.parse("2031-01-26"))
                .isSorted();
        assertThat(year.exceptions()).contains(new ExceptionDay(LocalDate.parse("2031-01-19"), true, "春节"));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(faults("""
                        year: 2031
                        notice: {number: ' ', title: 测试通知}
                        off:
                          - {name: 元旦, from: 2030-12-31, to: 2031-01-01}
                          - {name: 春节, from: 2031-01-22, to: 2031-01-20}
                          - {name: 清明节, from: 2031-13-01}
                          - {from: 2031-05-01}
                        work:
                          - {name: 元旦, day: 2031-01-01}
                          - {name: 春节, day: 2031-01-20}
                        """))
                .containsExactly(
                        Fault.of("calendar.file.notice-number"),
                        Fault.of("calendar.file.notice-date"),
                        Fault.of("calendar.file.other-year", LocalDate.parse("2030-12-31"), "2031"),
                        Fault.of(
                                "calendar.file.range",
                                LocalDate.parse("2031-01-22"),
                                LocalDate.parse("2031-01-20"),
                                31),
                        Fault.of("calendar.file.day", "2031-13-01"),
                        Fault.of("calendar.file.name"),
                        Fault.of("calendar.file.twice", LocalDate.parse("2031-01-01")),
                        Fault.of("calendar.file.weekday-worked", LocalDate.parse("2031-01-20")));
    }

    @Test
    void aHolidayThatNeverEndsIsRefusedBeforeItIsCounted() {
        assertThat(faults(GOOD.replace("to: 2031-10-07", "to: 9999-10-07")))
                .extracting(Fault::code)
                .containsExactly("calendar.file.range");
    }

    @Test
    void aFileThatWasCutOffIsRefused() {
        assertThat(faults(GOOD.substring(0, GOOD.indexOf("off:"))))
                .containsExactly(Fault.of("calendar.file.implausible", 261L, 235, 256));
    }

    @ParameterizedTest
    @ValueSource(strings = {"year: 1999", "year: 20311", "notice: {number: a}", "year:"})
    void aYearOutOfReachIsRefused(String file) {
        assertThat(faults(file)).extracting(Fault::code).containsExactly("calendar.file.year");
    }

    /** YAML has its own ways to be endless: brackets, dashes, references to references, a scalar that fills the memory. */
    @Test
    void whatIsNestedOrRepeatedWithoutEndIsRefused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        for (String file : List.of(
                "off: " + "[".repeat(3_000) + "]".repeat(3_000),
                "off: " + "{a: ".repeat(3_000) + "}".repeat(3_000),
                "- ".repeat(3_000) + "x",
                "? ".repeat(3_000) + "x",
                "year: " + "!!x ".repeat(3_000),
                laughs.toString(),
                "year: 2031\nnotice: {number: " + "x".repeat(4_000_000) + "}")) {
            assertThat(faults(file)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "[]",
                "2031",
                "year: soon",
                "year: 2031\nyear: 2032",
                "year: 2031\nholidays: []",
                "year: 2031\noff: {name: a}",
                "\0",
                "PK\u0003\u0004",
                "year: 2031\n---\nyear: 2032"
            })
    void whatIsNoCalendarFileIsRefused(String file) {
        assertThat(faults(file)).extracting(Fault::code).containsExactly("calendar.file.unreadable");
    }

    private static List<Fault> faults(String file) {
        InvalidYearException[] caught = new InvalidYearException[1];
        assertThatExceptionOfType(InvalidYearException.class)
                .isThrownBy(() -> read(file))
                .satisfies(exception -> caught[0] = exception);
        return caught[0].faults();
    }

    private static CalendarYear read(String file) {
        return YearFile.read(new ByteArrayInputStream(file.getBytes(UTF_8)));
    }
}
