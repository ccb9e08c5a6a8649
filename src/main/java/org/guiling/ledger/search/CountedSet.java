package org.guiling.ledger.search;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Light;
import org.guiling.ledger.board.Rate;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.TaskContract;

/**
 * The sets of items that figures count (DOMAIN.md §5, on a date D). One condition for the number and for the list behind
 * it, so that the two cannot part. Where a set is for a rate it is of P, leaf items: registered, less merged, not accepted,
 * transferred and cancelled, and not split into parts.
 */
public enum CountedSet {
    /** Somebody still has to do something about it (在办). */
    OPEN("clock.open"),
    /** 已销号; parts and what was split alike. */
    CLOSED("item.status = 'CLOSED'"),
    /** P, of leaf items: what rates are told of. */
    RATED(Sql.RATED),
    /** Of P: struck off. */
    RATED_CLOSED(Sql.RATED + " and item.status = 'CLOSED'"),
    /** 应结: the date in force is D or before. */
    DUE(Sql.DUE),
    /** 应结 and struck off. */
    DUE_CLOSED(Sql.DUE + " and item.status = 'CLOSED'"),
    /** 应结, declared done by the date in force and passed by the verifiers. */
    DUE_ON_TIME(Sql.DUE + " and " + Sql.DONE_ON + " <= item.current_due and {PASSED}"),
    /** 应结, and open past the date in force while its clock runs, or closed after it. */
    DUE_LATE(Sql.DUE + " and (item.status not in ('CLOSED', 'SUSPENDED', 'DISPUTED') and item.current_due < :today"
            + " or item.status = 'CLOSED' and " + Sql.CLOSED_ON + " > item.current_due)"),
    /** The date that was set first is D or before. */
    ORIGINALLY_DUE(Sql.ORIGINALLY_DUE),
    /** Of these, declared done by that first date and passed: no extension improves it. */
    ORIGINALLY_DUE_ON_TIME(Sql.ORIGINALLY_DUE + " and " + Sql.DONE_ON + " <= item.original_due and {PASSED}"),
    /** Verified at least once. */
    VERIFIED(Sql.RATED + " and {FIRST_RESULT} is not null"),
    /** Passed by the first verification. */
    PASSED_FIRST(Sql.RATED + " and {FIRST_RESULT} = 'PASS'"),
    /** Sent back by a verification at least once. */
    RETURNED(Sql.RATED + " and {RETURNED}"),
    /** Closed twelve months ago or earlier, or rebounded within twelve. */
    REBOUND_KNOWN(Sql.RATED + " and ({CLOSED_A_YEAR_AGO} or {REBOUNDED})"),
    /** Reopened within twelve months of its closure. */
    REBOUNDED(Sql.RATED + " and {REBOUNDED}"),
    /** Checked after the unit declared it done, in a verification, a look-back or a spot check. */
    CHECKED(Sql.RATED + " and ({CHECKED_WHEN_DONE} or {FALSIFIED})"),
    /** 虚假整改: at least one of the findings says that what was reported as done was not. */
    FALSIFIED(Sql.RATED + " and {FALSIFIED}"),
    /** Overdue while it waits for a review, a verification or a decision, not for its unit. */
    OVERDUE_AT_OFFICE("clock.open and " + LedgerSql.under(Light.RED) + " and exists (select from to_do"
            + " where to_do.item_id = item.id and not to_do.paused and to_do.task_key in (" + Sql.OFFICE_TASKS + "))");

    private final String condition;

    CountedSet(String condition) {
        this.condition = condition;
    }

    /** On {@code item} and {@code item_clock clock}; {@code :today} is D. */
    public String condition() {
        return "(" + DerivedFact.ofToday(condition) + ")";
    }

    /** The same of a past day, on {@code item} of {@code RecordOfDay}; only of a set that a {@link Rate} divides. */
    public String conditionOfDay() {
        return "(" + DerivedFact.ofDay(condition) + ")";
    }

    private static final class Sql {

        private static final Set<LimitKind> OFFICE_LIMITS = EnumSet.of(
                LimitKind.REVIEW,
                LimitKind.DECLINE_RULING,
                LimitKind.PLAN_APPROVAL,
                LimitKind.REQUEST_DECISION,
                LimitKind.OBJECTION_RULING,
                LimitKind.VERIFICATION,
                LimitKind.SIGN_OFF);

        static final String OFFICE_TASKS = Stream.<TaskContract>concat(
                        Stream.of(FiveStepZeroing.UserTask.values()), Stream.of(RequestTask.values()))
                .filter(task -> OFFICE_LIMITS.contains(task.limit()))
                .map(task -> "'" + task.id() + "'")
                .collect(Collectors.joining(", "));

        static final String RATED = "{RATED}";
        static final String DUE = RATED + " and item.current_due <= :today";
        static final String ORIGINALLY_DUE = RATED + " and item.original_due <= :today";
        static final String DONE_ON = "{DONE_ON}";
        static final String CLOSED_ON = "{CLOSED_ON}";

        private Sql() {}
    }
}
