package org.guiling.calendar;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.guiling.calendar.InvalidYearException.Fault;

/**
 * Reads a year from a YAML file in the shape of {@code calendar/2025.yaml}. Everything that is wrong with the file is
 * told at once. A rest day within a holiday is taken as it is printed in the notice, and left out of the exceptions.
 */
final class YearFile {

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int LARGEST_BYTES = 256 * 1024;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;
    private static final int LONGEST_HOLIDAY = 31;

    /** A year of the State Council has had 247 to 251 working days; a file far from that was cut off or misread. */
    private static final int FEWEST_WORKING_DAYS = 235;

    private static final int MAX_WORKING_DAYS = 256;

    private final List<Fault> faults = new ArrayList<>();
    private final Set<LocalDate> seen = new HashSet<>();
    private final List<ExceptionDay> exceptions = new ArrayList<>();

    private YearFile() {}

    private record Content(Integer year, NoticeEntry notice, List<Holiday> off, List<MakeUpDay> work) {}

    private record NoticeEntry(String number, String title, String date) {}

    private record Holiday(String name, String from, String to) {}

    private record MakeUpDay(String name, String day) {}

    /** @throws InvalidYearException with everything that is wrong with the file */
    static CalendarYear read(InputStream file) {
        return new YearFile().year(parse(file));
    }

    private static Content parse(InputStream file) {
        try {
            byte[] bytes = file.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new InvalidYearException(List.of(Fault.of("calendar.file.large", LARGEST_BYTES / 1024)));
            }
            Content content = YAML.readValue(bytes, Content.class);
            if (content == null) {
                throw new InvalidYearException(List.of(Fault.of("calendar.file.unreadable")));
            }
            return content;
        } catch (IOException e) {
            throw new InvalidYearException(List.of(Fault.of("calendar.file.unreadable")));
        }
    }

    private CalendarYear year(Content content) {
        if (content.year() == null || content.year() < FIRST_YEAR || content.year() > LAST_YEAR) {
            throw new InvalidYearException(List.of(Fault.of("calendar.file.year", FIRST_YEAR, LAST_YEAR)));
        }
        int year = content.year();
        Notice notice = notice(content.notice());
        entries(content.off()).forEach(holiday -> addHoliday(year, holiday));
        entries(content.work()).forEach(day -> addMakeUpDay(year, day));
        exceptions.sort((one, other) -> one.day().compareTo(other.day()));
        CalendarYear read = new CalendarYear(year, notice, exceptions, null, null);
        long workingDays = read.workingDays();
        if (faults.isEmpty() && (workingDays < FEWEST_WORKING_DAYS || workingDays > MAX_WORKING_DAYS)) {
            faults.add(Fault.of("calendar.file.implausible", workingDays, FEWEST_WORKING_DAYS, MAX_WORKING_DAYS));
        }
        if (!faults.isEmpty()) {
            throw new InvalidYearException(faults);
        }
        return read;
    }

    private Notice notice(NoticeEntry entry) {
        NoticeEntry notice = entry == null ? new NoticeEntry(null, null, null) : entry;
        require(notice.number(), "calendar.file.notice-number");
        require(notice.title(), "calendar.file.notice-title");
        LocalDate date = null;
        if (require(notice.date(), "calendar.file.notice-date")) {
            date = day(notice.date()).orElse(null);
        }
        return new Notice(stripped(notice.number()), stripped(notice.title()), date);
    }

    private void addHoliday(int year, Holiday holiday) {
        require(holiday.name(), "calendar.file.name");
        Optional<LocalDate> from = day(holiday.from());
        Optional<LocalDate> to = holiday.to() == null ? from : day(holiday.to());
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        long length = ChronoUnit.DAYS.between(from.get(), to.get()) + 1;
        if (length < 1 || length > LONGEST_HOLIDAY) {
            faults.add(Fault.of("calendar.file.range", from.get(), to.get(), LONGEST_HOLIDAY));
            return;
        }
        from.get().datesUntil(to.get().plusDays(1)).forEach(day -> {
            if (belongs(year, day) && ExceptionDay.isWeekday(day)) {
                exceptions.add(new ExceptionDay(day, false, stripped(holiday.name())));
            }
        });
    }

    private void addMakeUpDay(int year, MakeUpDay makeUp) {
        require(makeUp.name(), "calendar.file.name");
        day(makeUp.day()).filter(day -> belongs(year, day)).ifPresent(day -> {
            if (ExceptionDay.isWeekday(day)) {
                faults.add(Fault.of("calendar.file.weekday-worked", day));
            } else {
                exceptions.add(new ExceptionDay(day, true, stripped(makeUp.name())));
            }
        });
    }

    /** True where the day is one of the year, named for the first time. */
    private boolean belongs(int year, LocalDate day) {
        if (day.getYear() != year) {
            faults.add(Fault.of("calendar.file.other-year", day, Integer.toString(year)));
            return false;
        }
        if (!seen.add(day)) {
            faults.add(Fault.of("calendar.file.twice", day));
            return false;
        }
        return true;
    }

    private Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text == null ? "" : text.strip()));
        } catch (DateTimeParseException e) {
            faults.add(Fault.of("calendar.file.day", text == null ? "" : text));
            return Optional.empty();
        }
    }

    private boolean require(String text, String code) {
        boolean given = text != null && !text.isBlank();
        if (!given) {
            faults.add(Fault.of(code));
        }
        return given;
    }

    private static String stripped(String text) {
        return text == null ? null : text.strip();
    }

    /** A list that may be missing or have gaps. */
    private static <T> List<T> entries(List<T> list) {
        return list == null
                ? List.of()
                : list.stream().filter(entry -> entry != null).toList();
    }
}
