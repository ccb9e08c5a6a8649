package org.guiling.engine.duedate;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.calendar.CalendarChange;
import org.guiling.calendar.CalendarChange.ChangedDay;
import org.guiling.calendar.CalendarYear;
import org.guiling.calendar.InvalidYearException;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.lookback.LookBacks;
import org.guiling.item.timeline.MovedDate;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Role;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Loads a year of the working calendar from a file, after it has shown what difference that makes. */
@Service
public class CalendarLoading {

    private final WorkingCalendars calendars;
    private final ComputedDueDates computedDueDates;
    private final LookBacks lookBacks;
    private final AuditTrail auditTrail;
    private final CurrentPerson currentPerson;

    CalendarLoading(
            WorkingCalendars calendars,
            ComputedDueDates computedDueDates,
            LookBacks lookBacks,
            AuditTrail auditTrail,
            CurrentPerson currentPerson) {
        this.calendars = calendars;
        this.computedDueDates = computedDueDates;
        this.lookBacks = lookBacks;
        this.auditTrail = auditTrail;
        this.currentPerson = currentPerson;
    }

    /**
     * The differences that a year makes.
     *
     * @param anew whether the year was loaded before
     * @param days that change between worked and off
     * @param dates of waiting tasks and of look-backs that move, the earliest item first
     */
    public record Difference(CalendarYear year, boolean anew, List<ChangedDay> days, List<MovedDate> dates) {}

    /**
     * Reads a file and says what loading it would change; stores nothing.
     *
     * @throws RefusedException when the file is wrong or the current person is no administrator
     */
    @Transactional(readOnly = true)
    public Difference preview(InputStream file) {
        currentPerson.require(Role.ADMINISTRATOR, "refusal.role.administrator");
        return difference(read(file));
    }

    /**
     * Loads a year, for the first time or anew, and moves what depends on it: all of it or nothing.
     *
     * @return what it changed
     * @throws RefusedException when the file is wrong, the current person is no administrator, or a task that has to
     *     move was completed meanwhile
     */
    @Transactional
    public Difference load(InputStream file) {
        currentPerson.require(Role.ADMINISTRATOR, "refusal.role.administrator");
        CalendarYear year = read(file);
        Difference difference = difference(year);
        try {
            calendars.load(year, currentPerson.get().id());
            auditTrail.record(
                    AuditEventKind.RULE_CHANGED,
                    currentPerson.get().id(),
                    "calendar " + year.year(),
                    Map.of(
                            "notice", year.notice().number(),
                            "days", difference.days().size(),
                            "dates", difference.dates().size()));
        } catch (OptimisticLockingException | NullValueException | ConcurrencyFailureException e) {
            throw RefusedException.conflict("calendar.race");
        }
        return difference;
    }

    private Difference difference(CalendarYear year) {
        CalendarChange change = calendars.change(year);
        List<MovedDate> dates = Stream.concat(
                        computedDueDates.movedBy(change).stream(), lookBacks.movedBy(change).stream())
                .sorted((one, other) -> one.itemNo().compareTo(other.itemNo()))
                .toList();
        return new Difference(year, change.before().isLoaded(year.year()), change.days(), dates);
    }

    private CalendarYear read(InputStream file) {
        try {
            return calendars.read(file);
        } catch (InvalidYearException e) {
            throw new RefusedException(
                    RefusedException.Kind.INVALID,
                    e.faults().stream()
                            .map(fault -> new Problem("file", fault.code(), fault.arguments()))
                            .toList());
        }
    }
}
