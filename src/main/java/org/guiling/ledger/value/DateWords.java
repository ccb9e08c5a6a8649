package org.guiling.ledger.value;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Due dates as offices write them: 2026年12月31日前, 12月底前, 年底, 30日内. What a word such as 立行立改 means is the office's to say, in
 * the profile's table of words. Everything that is not a plain date comes with a notice, because somebody has read it.
 */
public final class DateWords {

    /** No date from the source: the product's own time limits count then. */
    private static final String NONE = "none";
    /** The row is done with. */
    private static final String DONE = "done";

    private static final Map<String, Integer> ENDS =
            Map.of("month-end", 1, "quarter-end", 3, "half-year-end", 6, "year-end", 12);

    private static final String YEAR = "(?:(20\\d{2})年?度?|(今年|本年|本年度|明年))?";
    private static final String BEFORE = "(?:以前|之前|前|底|末|止|截止|完成|前完成|底前|底前完成|末前|底以前|底之前|前整改到位)?";
    private static final Pattern REMARK = Pattern.compile("\\([^()]*\\)|[。;,、；，]+$");
    private static final Pattern RANGE = Pattern.compile("^(.*?(?:[日月年]-|\\d--|[\\d日月年][—–~至到]))-*[—~]*(.*[\\d月年].*)$");
    private static final Pattern ANY_YEAR = Pattern.compile("20\\d{2}");
    private static final Pattern DAY =
            Pattern.compile("^" + YEAR + "[年./-]?(\\d{1,2})([月./-])(\\d{1,2})[日号]?" + BEFORE + "$");
    private static final Pattern MONTH = Pattern.compile("^" + YEAR + "[年./-]?(\\d{1,2})月份?" + BEFORE + "$");
    private static final Pattern MONTH_IN_DIGITS = Pattern.compile("^(20\\d{2})[./-](\\d{1,2})" + BEFORE + "$");
    private static final Pattern QUARTER = Pattern.compile("^" + YEAR + "第?([一二三四1-4])季度" + BEFORE + "$");
    private static final Pattern HALF = Pattern.compile("^" + YEAR + "([上下])半年" + BEFORE + "$");
    private static final Pattern YEAR_END =
            Pattern.compile("^(?:(20\\d{2})年?|(今年|本年|明年|年))(?:年底|年末|底|末|内)(?:前|以前|之前|完成|前完成)?$");
    private static final Pattern WITHIN = Pattern.compile("^(\\d{1,3})(日|天|个?月|周|个?星期|年)(?:以内|之内|内)(?:完成)?$");
    private static final Pattern CHINESE_MONTH = Pattern.compile("(十[一二]|[一二三四五六七八九十])月");
    private static final String CHINESE_DIGITS = "一二三四五六七八九十";

    private DateWords() {}

    /**
     * The meaning of a text.
     *
     * @param day null where there is to be none
     * @param done whether it says that there is nothing left to do
     */
    public record Meaning(LocalDate day, boolean done) {}

    /**
     * Reads a text that is no plain date.
     *
     * @param base the day from which the text was written: a month without a year is the next one
     * @param words the office's words, normal, with what they mean
     * @return empty when somebody has to say what it means
     */
    public static Optional<Meaning> read(String text, LocalDate base, Map<String, String> words) {
        String normal = Normal.of(text);
        String meaning = words.get(normal);
        if (meaning != null) {
            return Optional.of(meaning(meaning, base));
        }
        String plain = REMARK.matcher(normal).replaceAll("");
        meaning = words.get(plain);
        if (meaning != null) {
            return Optional.of(meaning(meaning, base));
        }
        return day(end(plain), base).map(day -> new Meaning(day, false));
    }

    /** True where a word can mean that. */
    public static boolean isMeaning(String meaning) {
        try {
            return meaning != null && meaning(meaning, LocalDate.EPOCH) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Meaning meaning(String meaning, LocalDate base) {
        if (Set.of(NONE, DONE).contains(meaning)) {
            return new Meaning(null, meaning.equals(DONE));
        }
        Integer months = ENDS.get(meaning);
        if (months != null) {
            int month = (base.getMonthValue() + months - 1) / months * months;
            return new Meaning(YearMonth.of(base.getYear(), month).atEndOfMonth(), false);
        }
        return new Meaning(base.plus(Period.parse(meaning)), false);
    }

    /** Of a time from … to …, until when; it says the year once. */
    private static String end(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            return text;
        }
        Matcher year = ANY_YEAR.matcher(range.group(1));
        return ANY_YEAR.matcher(range.group(2)).find() || !year.find()
                ? range.group(2)
                : year.group() + "年" + range.group(2);
    }

    private static Optional<LocalDate> day(String written, LocalDate base) {
        String text = inDigits(Normalizer.normalize(written, Normalizer.Form.NFKC));
        try {
            return first(DAY, text, found -> dayOf(found, base))
                    .or(() -> first(MONTH, text, found -> monthOf(found, base)))
                    .or(() -> first(MONTH_IN_DIGITS, text, found -> endOf(number(found, 1), number(found, 2))))
                    .or(() -> first(QUARTER, text, found -> endOf(year(found, base), 3 * quarter(found.group(3)))))
                    .or(() -> first(
                            HALF,
                            text,
                            found -> endOf(year(found, base), found.group(3).equals("上") ? 6 : 12)))
                    .or(() -> first(YEAR_END, text, found -> endOf(year(found, base), 12)))
                    .or(() -> first(WITHIN, text, found -> within(found, base)));
        } catch (DateTimeException e) {
            // 13月, 2月30日: somebody has to look.
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> first(Pattern pattern, String text, Function<MatchResult, LocalDate> day) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(day.apply(matcher.toMatchResult())) : Optional.empty();
    }

    private static LocalDate dayOf(MatchResult found, LocalDate base) {
        if (!hasYear(found) && !found.group(4).equals("月")) {
            throw new DateTimeException("12.5 may be a number as well");
        }
        LocalDate day = LocalDate.of(year(found, base), number(found, 3), number(found, 5));
        return hasYear(found) || !day.isBefore(base) ? day : day.plusYears(1);
    }

    private static LocalDate monthOf(MatchResult found, LocalDate base) {
        LocalDate day = endOf(year(found, base), number(found, 3));
        return hasYear(found) || !day.isBefore(base) ? day : endOf(day.getYear() + 1, day.getMonthValue());
    }

    private static LocalDate within(MatchResult found, LocalDate base) {
        int count = number(found, 1);
        String unit = found.group(2);
        if (unit.endsWith("月")) {
            return base.plusMonths(count);
        }
        if (unit.equals("年")) {
            return base.plusYears(count);
        }
        return unit.equals("日") || unit.equals("天") ? base.plusDays(count) : base.plusWeeks(count);
    }

    private static boolean hasYear(MatchResult found) {
        return found.group(1) != null || found.group(2) != null;
    }

    private static int year(MatchResult found, LocalDate base) {
        if (found.group(1) != null) {
            return number(found, 1);
        }
        return base.getYear() + ("明年".equals(found.group(2)) ? 1 : 0);
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static LocalDate endOf(int year, int month) {
        return YearMonth.of(year, month).atEndOfMonth();
    }

    private static int quarter(String written) {
        int chinese = CHINESE_DIGITS.indexOf(written);
        return chinese < 0 ? Integer.parseInt(written) : chinese + 1;
    }

    /** 十二月 as 12月. */
    private static String inDigits(String text) {
        return CHINESE_MONTH
                .matcher(text)
                .replaceAll(found -> found.group(1).length() == 2
                        ? "1" + (CHINESE_DIGITS.indexOf(found.group(1).charAt(1)) + 1) + "月"
                        : CHINESE_DIGITS.indexOf(found.group(1)) + 1 + "月");
    }
}
