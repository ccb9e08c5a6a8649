package org.guiling.ledger.search;

import java.util.Locale;

/**
 * Facts that figures ask of an item and no column of it holds. The record as it is answers by a condition of its own; the record
 * of a past day ({@code RecordOfDay}) has a column for each, worked out from one reading of the timeline. Whatever is told
 * of an item by its columns alone is asked of both in the same words.
 */
enum DerivedFact {
    /** Of P, and not split into parts. */
    RATED(LedgerSql.NOT_ENDED_OTHERWISE + " and not clock.whole"),
    /** The day on which the unit declared it done for the last time. */
    DONE_ON(LedgerSql.day("item.self_done_at")),
    /** The day of its last closure. */
    CLOSED_ON(LedgerSql.day("item.closed_at")),
    /** Passed in the round that counts: what was returned or reopened since has to pass again. */
    PASSED("""
            exists (select from verification
                where item_id = item.id and verification.round = item.round and result = 'PASS')"""),
    /** The result of the first verification; null without one. */
    FIRST_RESULT("(select result from verification where item_id = item.id order by verification.round limit 1)"),
    /** A verification sent it back. */
    RETURNED("exists (select from verification where item_id = item.id and result <> 'PASS')"),
    /** Closed for the first time twelve months ago or earlier. */
    CLOSED_A_YEAR_AGO("""
            exists (select from timeline closure where closure.item_id = item.id and closure.action = 'CLOSE'
                and (closure.at at time zone 'Asia/Shanghai')::date <= :today - interval '12 months')"""),
    /** Reopened within twelve months of a closure. */
    REBOUNDED("""
            exists (select from timeline closure
                join timeline reopening on reopening.item_id = closure.item_id and reopening.id > closure.id
                where closure.item_id = item.id and closure.action = 'CLOSE' and reopening.action = 'REOPEN'
                  and reopening.at < closure.at + interval '12 months')"""),
    /** At least one finding that what was reported as done was not (虚假整改): verification, look-back or spot check. */
    FALSIFIED("""
            (exists (select from verification where item_id = item.id and result = 'FALSE')
            or exists (select from look_back where item_id = item.id and falsified)
            or exists (select from spot_check_visit visit where visit.item_no = item.item_no and visit.falsified))"""),
    /** Verified, looked back at or visited after the unit had declared it done. */
    CHECKED_WHEN_DONE("""
            (exists (select from verification where item_id = item.id)
            or exists (select from look_back where item_id = item.id)
            or exists (select from timeline done
                join timeline visited on visited.item_id = done.item_id and visited.id > done.id
                where done.item_id = item.id and done.action = 'SUBMIT_RECTIFICATION'
                  and visited.action = 'SPOT_CHECK' and coalesce(visited.fact ->> 'outcome', visited.note) <> 'NOT_VISITED'))""");

    private final String asItIs;

    DerivedFact(String asItIs) {
        this.asItIs = asItIs;
    }

    /** On {@code item} of today's record. */
    private String asItIs() {
        return asItIs;
    }

    /** Its column in {@code RecordOfDay}. */
    private String column() {
        return "item." + name().toLowerCase(Locale.ROOT);
    }

    /** The placeholder of this fact in a condition. */
    private String mark() {
        return "{" + name() + "}";
    }

    /** A condition on today's record. */
    static String ofToday(String condition) {
        String sql = condition;
        for (DerivedFact fact : values()) {
            sql = sql.replace(fact.mark(), fact.asItIs());
        }
        return sql;
    }

    /** A condition on {@code item} of {@code RecordOfDay}. */
    static String ofDay(String condition) {
        String sql = condition;
        for (DerivedFact fact : values()) {
            sql = sql.replace(fact.mark(), fact.column());
        }
        return sql;
    }
}
