package org.guiling.calendar;

import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the working calendar: in the database, and in memory because it is asked for all the time. A year that another
 * node loads is noticed within a minute by its revision number.
 */
@Repository
public class WorkingCalendars implements WorkingDays {

    private static final Duration REVISION_KEPT = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private volatile Kept kept;

    private record Kept(WorkingCalendar calendar, long revision, Instant readAt) {

        /** A clock that was set back makes it old as well. */
        boolean isFresh(Instant now) {
            return !now.isBefore(readAt) && now.isBefore(readAt.plus(REVISION_KEPT));
        }
    }

    WorkingCalendars(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public boolean isWorkingDay(LocalDate day) {
        return current().isWorkingDay(day);
    }

    /** The calendar that counts now. */
    public WorkingCalendar current() {
        Kept known = kept;
        return known != null && known.isFresh(clock.instant()) ? known.calendar() : refreshed();
    }

    /**
     * The end of a limit by the calendar that counts now. An end that would be provisional is not told before a look
     * whether another node has loaded the year in the last minute.
     */
    public DueDate dueAfter(LocalDate event, TimeLimit limit) {
        DueDate end = current().dueAfter(event, limit);
        return end.provisional() ? refreshed().dueAfter(event, limit) : end;
    }

    private WorkingCalendar refreshed() {
        Kept known = kept;
        // The revision first: what is read with it may be newer, never older.
        long revision = jdbc.sql("select revision from calendar_revision")
                .query(Long.class)
                .single();
        boolean unchanged = known != null && known.revision() == revision;
        return keep(new Kept(unchanged ? known.calendar() : read(), revision, clock.instant()))
                .calendar();
    }

    /**
     * Reads a year from a file without storing it.
     *
     * @throws InvalidYearException with everything that is wrong with the file
     */
    public CalendarYear read(InputStream file) {
        return YearFile.read(file);
    }

    /** The change that a year would make to the calendar as it is stored now. */
    @Transactional(readOnly = true)
    public CalendarChange change(CalendarYear year) {
        WorkingCalendar before = read();
        return new CalendarChange(before, before.with(year), year);
    }

    /**
     * Stores a year, instead of the one that was loaded before if there is one, and tells it as
     * {@link CalendarYearLoaded} within the transaction.
     *
     * @param personId who loads it
     */
    @Transactional
    public void load(CalendarYear year, String personId) {
        long revision = nextRevision();
        // Truncated like the database, so that memory holds the same values that every other node reads.
        store(year.loadedBy(personId, clock.instant().truncatedTo(ChronoUnit.MICROS)), revision);
    }

    /** Stores a year that comes with the product, unless there is one already: an office may have corrected it. */
    @Transactional
    void loadShipped(CalendarYear year) {
        if (!read().isLoaded(year.year())) {
            long revision = nextRevision();
            // Another node may have been faster while this one waited for its turn.
            if (!read().isLoaded(year.year())) {
                store(year, revision);
            }
        }
    }

    /** Locks the revision's row until the end of the transaction: one year is loaded at a time. */
    private long nextRevision() {
        return jdbc.sql("update calendar_revision set revision = revision + 1 returning revision")
                .query(Long.class)
                .single();
    }

    private void store(CalendarYear year, long revision) {
        CalendarChange change = change(year);
        jdbc.sql("delete from calendar_exception where year = ?")
                .param(year.year())
                .update();
        jdbc.sql("""
                        insert into calendar_year (year, notice_number, notice_title, notice_date, loaded_by, loaded_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (year) do update
                        set notice_number = excluded.notice_number, notice_title = excluded.notice_title,
                            notice_date = excluded.notice_date, loaded_by = excluded.loaded_by,
                            loaded_at = excluded.loaded_at""")
                .params(
                        year.year(),
                        year.notice().number(),
                        year.notice().title(),
                        year.notice().date(),
                        year.loadedBy(),
                        year.loadedAt() == null ? null : year.loadedAt().atOffset(ZoneOffset.UTC))
                .update();
        // In one statement: behind each, the dates of items that count working days are compared with the calendar.
        List<ExceptionDay> exceptions = year.exceptions();
        jdbc.sql("""
                        insert into calendar_exception (day, year, working, name)
                        select day, :year, working, name
                        from unnest(cast(:days as date[]), cast(:workings as boolean[]), cast(:names as text[]))
                            as exception (day, working, name)""")
                .param("year", year.year())
                .param(
                        "days",
                        exceptions.stream().map(day -> day.day().toString()).toArray(String[]::new))
                .param(
                        "workings",
                        exceptions.stream().map(ExceptionDay::working).toArray(Boolean[]::new))
                .param("names", exceptions.stream().map(ExceptionDay::name).toArray(String[]::new))
                .update();
        // Nobody else counts by a year that may still be rolled back.
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                keep(new Kept(change.after(), revision, clock.instant()));
            }
        });
        events.publishEvent(new CalendarYearLoaded(change));
    }

    /** The newer of what is kept and what was read: a long transaction may still see the calendar of yesterday. */
    private synchronized Kept keep(Kept read) {
        if (kept == null || kept.revision() <= read.revision()) {
            kept = read;
        }
        return kept;
    }

    private WorkingCalendar read() {
        Map<Integer, List<ExceptionDay>> exceptions = new HashMap<>();
        jdbc.sql("select day, year, working, name from calendar_exception order by day")
                .query((row, index) -> exceptions
                        .computeIfAbsent(row.getInt("year"), year -> new ArrayList<>())
                        .add(new ExceptionDay(
                                row.getObject("day", LocalDate.class),
                                row.getBoolean("working"),
                                row.getString("name"))))
                .list();
        WorkingCalendar calendar = WorkingCalendar.EMPTY;
        for (CalendarYear year : jdbc.sql("select * from calendar_year order by year")
                .query((row, index) -> year(row, exceptions))
                .list()) {
            calendar = calendar.with(year);
        }
        return calendar;
    }

    private static CalendarYear year(ResultSet row, Map<Integer, List<ExceptionDay>> exceptions) throws SQLException {
        int year = row.getInt("year");
        OffsetDateTime loadedAt = row.getObject("loaded_at", OffsetDateTime.class);
        Instant at = loadedAt == null ? null : loadedAt.toInstant();
        return new CalendarYear(
                year,
                new Notice(
                        row.getString("notice_number"),
                        row.getString("notice_title"),
                        row.getObject("notice_date", LocalDate.class)),
                exceptions.getOrDefault(year, List.of()),
                row.getString("loaded_by"),
                at);
    }
}
