package org.guiling.ledger;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.calendar.LimitKind;
import org.guiling.process.FiveStepZeroing;
import org.guiling.process.RequestTask;
import org.guiling.process.TaskContract;

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
    DUE_ON_TIME(Sql.DUE + " and " + Sql.DONE_ON + " <= item.current_due and " + Sql.PASSED),
    /** The date that was set first is D or before. */
    ORIGINALLY_DUE(Sql.ORIGINALLY_DUE),
    /** Of these, declared done by that first date and passed: no extension improves it. */
    ORIGINALLY_DUE_ON_TIME(Sql.ORIGINALLY_DUE + " and " + Sql.DONE_ON + " <= item.original_due and " + Sql.PASSED),
    /** Verified at least once. */
    VERIFIED(Sql.RATED + " and " + Sql.FIRST_VERIFICATION + " is not null"),
    /** Passed by the first verification. */
    PASSED_FIRST(Sql.RATED + " and " + Sql.FIRST_VERIFICATION + " = 'PASS'"),
    /** Closed twelve months ago or earlier, or rebounded within twelve. */
    REBOUND_KNOWN(Sql.RATED + " and (" + Sql.CLOSED_A_YEAR_AGO + " or " + Sql.REBOUNDED + ")"),
    /** Reopened within twelve months of its closure. */
    REBOUNDED(Sql.RATED + " and " + Sql.REBOUNDED),
    /** Overdue while it waits for a review, a verification or a decision, not for its unit. */
    OVERDUE_AT_OFFICE("clock.open and " + LedgerSql.LIGHT + " = 'RED' and exists (select from to_do"
            + " where to_do.item_id = item.id and not to_do.paused and to_do.task_key in (" + Sql.OFFICE_TASKS + "))");

    private final String condition;

    CountedSet(String condition) {
        this.condition = condition;
    }

    /** On {@code item} and {@code item_clock clock}; {@code :today} is D. */
    String condition() {
        return "(" + condition + ")";
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

        static final String RATED = """
                item.status not in ('NOT_ACCEPTED', 'MERGED', 'TRANSFERRED', 'CANCELLED')
                and item.item_no not in (select parent_no from item where parent_no is not null)""";
        static final String DUE = RATED + " and item.current_due <= :today";
        static final String ORIGINALLY_DUE = RATED + " and item.original_due <= :today";
        static final String DONE_ON = LedgerSql.day("item.self_done_at");

        /** In the round that counts: what was returned or reopened since has to pass again. */
        static final String PASSED = """
                exists (select from verification
                    where item_id = item.id and verification.round = item.round and result = 'PASS')""";

        static final String FIRST_VERIFICATION =
                "(select result from verification where item_id = item.id order by verification.round limit 1)";
        static final String CLOSED_A_YEAR_AGO = """
                exists (select from timeline closure where closure.item_id = item.id and closure.action = 'CLOSE'
                    and (closure.at at time zone 'Asia/Shanghai')::date <= :today - interval '12 months')""";
        static final String REBOUNDED = """
                exists (select from timeline closure
                    join timeline reopening on reopening.item_id = closure.item_id and reopening.id > closure.id
                    where closure.item_id = item.id and closure.action = 'CLOSE' and reopening.action = 'REOPEN'
                      and reopening.at < closure.at + interval '12 months')""";

        private Sql() {}
    }
}
