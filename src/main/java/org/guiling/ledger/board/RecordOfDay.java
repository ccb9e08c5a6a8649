package org.guiling.ledger.board;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.guiling.ledger.search.CountedSet;
import org.guiling.ledger.search.LedgerSql;
import org.guiling.ledger.search.Turn;

/**
 * The record as it stood at the end of a day. A common table expression named {@code item} stands in for the table: the conditions
 * of {@link CountedSet} are asked of either.
 *
 * <p>An item to which nothing has happened since, and none of the rare things before, is what the record says today; of the others
 * the timeline is read, once. Of that day are: state, round, both dates, lead unit, claim, declaration, closure and every
 * finding. As they are now are the facts of the registration (category, source, campaign), which the timeline does not keep.
 * Parameters: {@code :today} is the day, {@code :end} the moment at which it ends.
 */
final class RecordOfDay {

    /** A date of the item itself; what moves the date of a task or of the look-back does not count. */
    private static final String MOVES_DUE =
            "(event.action <> 'DUE_MOVED' and (event.due_from is not null or event.due_to is not null))";

    /** The actions that set the first date; everything else moves the one in force. */
    private static final String SETS_DUE = "(" + MOVES_DUE
            + " and event.action in ('REGISTER', 'AMEND', 'ASSIGN_PART', 'APPROVE_PLAN', 'OPEN_FAST_LANE'))";

    private static final String CHANGES_UNIT =
            "(event.action in ('RULE_ON_DECLINE', 'CHANGE_UNIT') and event.units like '% → %')";

    private static final String UPHOLDS = "(event.action = 'RULE_ON_DECLINE' and event.units like '% → %')";
    private static final String UNITS_TOLD = "lpad(event.id::text, 19, '0') || ' ' || event.units";

    /** More than any date has since 1900: a row's id times this leaves room for a date behind it. */
    private static final String DAYS_BEHIND_A_ROW = "1000000";

    /** The index {@code timeline_rare} has the condition on the actions that the record alone does not tell of. */
    private static final String TOLD = """
            told as materialized (
                select event.item_id from timeline event
                where event.at >= :end and event.action not in ('NOTIFIED', 'REFUSED')
                union
                select event.item_id from timeline event
                where event.action in ('AMEND', 'REOPEN', 'RULE_ON_DECLINE', 'CHANGE_UNIT', 'SPOT_CHECK')
            )""";

    /**
     * The smallest or largest number with a row's id in front tells what the first or the last row says behind it. A row from
     * before {@code V73} has an outcome, or a unit before and after, as its note.
     */
    private static final String HISTORY = """
            history as materialized (
                select event.item_id,
                    max(event.id * {days} + (event.due_to - date '1900-01-01')) filter (where told and {movesDue} and event.due_to is not null) as due,
                    max(event.id) filter (where told and {movesDue}) as due_row,
                    max(event.id * {days} + (event.due_to - date '1900-01-01')) filter (where told and {setsDue} and event.due_to is not null) as first_due,
                    max(event.id) filter (where told and {setsDue}) as first_due_row,
                    bool_or({movesDue}) as tells_due,
                    max(event.at) filter (where told and event.action in ('CLAIM', 'OPEN_FAST_LANE')) as claimed_at,
                    min(event.at) filter (where told and event.action = 'SUBMIT_RECTIFICATION') as first_done_at,
                    max(event.at) filter (where told and event.action = 'SUBMIT_RECTIFICATION') as self_done_at,
                    min(event.at) filter (where told and event.action = 'CLOSE') as first_closed_at,
                    max(event.at) filter (where told and event.action = 'CLOSE') as closed_at,
                    array_agg(event.at) filter (where told and event.action = 'CLOSE') as closures,
                    array_agg(event.at) filter (where told and event.action = 'REOPEN') as reopenings,
                    max(event.id * 10 + {turn}) filter (where told and {anyTurn}) % 10 as turn,
                    max(event.id * 10 + case when event.action in ('SUSPEND', 'DECLINE') then 1 else 0 end) filter (where told
                        and event.action in ('SUSPEND', 'RESUME', 'DECLINE', 'RULE_ON_DECLINE')) % 10 = 1 as paused,
                    min(event.id * 10000 + event.round) filter (where not told) % 10000 as round_found_next,
                    max(event.round) filter (where told and event.action = 'VERIFY' and event.outcome = 'PASS') as passed_round,
                    min(event.id * 10 + case when event.outcome = 'PASS' then 1 else 0 end) filter (where told
                        and event.action = 'VERIFY') % 10 as first_passed,
                    bool_or(told and event.action = 'VERIFY' and event.outcome <> 'PASS') as returned,
                    bool_or(told and event.action = 'VERIFY' and event.outcome = 'FALSE') as found_false,
                    bool_or(told and event.action in ('VERIFY', 'LOOK_BACK')) as checked,
                    max(event.at) filter (where told and event.action = 'SPOT_CHECK' and event.outcome <> 'NOT_VISITED')
                        as visited_at,
                    bool_or(told and (event.action = 'REVIEW_REGISTRATION' and event.outcome = 'ACCEPT'
                        or event.action = 'ASSIGN_PART')) as dispatched,
                    array_agg(event.units) filter (where told and {upholds}) as upheld,
                    array_agg({unitsTold}) filter (where not told and {changesUnit}) as unit_changes_since,
                    array_agg({unitsTold}) filter (where {changesUnit}) as unit_changes
                from (select timeline.id, timeline.item_id, timeline.at, timeline.action, timeline.round, timeline.note,
                        timeline.fact, timeline.due_from, timeline.due_to, timeline.at < :end as told,
                        coalesce(timeline.fact ->> 'outcome', timeline.note) as outcome,
                        coalesce((timeline.fact ->> 'from') || ' → ' || (timeline.fact ->> 'to'), timeline.note) as units
                    from timeline) event
                where event.item_id in (select id from selected) and event.action not in ('NOTIFIED', 'REFUSED')
                group by event.item_id
            )""".replace("{turn}", kindOfTurn())
            .replace("{anyTurn}", Turn.ANY)
            .replace("{movesDue}", MOVES_DUE)
            .replace("{setsDue}", SETS_DUE)
            .replace("{unitsTold}", UNITS_TOLD)
            .replace("{changesUnit}", CHANGES_UNIT)
            .replace("{upholds}", UPHOLDS)
            .replace("{days}", DAYS_BEHIND_A_ROW);

    /** The results of verifications and look-backs, of items to which nothing happened since. */
    private static final String FOUND = """
            found as materialized (
                select item_id, min(round * 10 + case when result = 'PASS' then 1 else 0 end) % 10 as first_passed,
                    bool_or(result <> 'PASS') as returned, bool_or(result = 'FALSE') as found_false,
                    max(round) filter (where result = 'PASS') as passed_round
                from verification group by item_id
            ), looked as materialized (
                select item_id, bool_or(falsified) as falsified from look_back group by item_id
            ), whole as materialized (
                select parent_no from public.item where parent_no is not null and registered_at < :end
            )""";

    private static final String AS_IT_IS = """
            select item.id, item.category, item.source_type, item.lead_unit, item.lead_unit as first_unit,
                {status} as status, item.current_due, item.original_due, item.claimed_at,
                cast(item.self_done_at at time zone 'Asia/Shanghai' as date) as done_on,
                cast(item.closed_at at time zone 'Asia/Shanghai' as date) as closed_on,
                item.reviewed_at is not null and item.status not in ('DRAFT', 'REVIEW', 'NOT_ACCEPTED') as dispatched,
                cast(null as text[]) as upheld,
                {status} <> 'CANCELLED' and item.item_no not in (select parent_no from whole) as rated,
                coalesce(found.passed_round = item.round, false) as passed,
                {firstResult} as first_result,
                coalesce(found.returned, false) as returned,
                coalesce(cast(item.closed_at at time zone 'Asia/Shanghai' as date)
                    <= :today - interval '12 months', false) as closed_a_year_ago,
                false as rebounded,
                coalesce(found.found_false, false) or coalesce(looked.falsified, false) as falsified,
                found.item_id is not null or looked.item_id is not null as checked_when_done
            """.replace("{firstResult}", firstResult("found"))
                    .replace("{status}", """
                case when item.status = 'CLOSED' then 'CLOSED'
                    when not ({notEndedOtherwise}) then 'CANCELLED'
                    when item.status in ('SUSPENDED', 'DISPUTED') then 'SUSPENDED'
                    else 'OPEN' end""")
                    .replace("{notEndedOtherwise}", LedgerSql.NOT_ENDED_OTHERWISE)
            + LedgerSql.FROM + """
            left join found on found.item_id = item.id
            left join looked on looked.item_id = item.id
            where item.registered_at < :end and not exists (select from told where told.item_id = item.id) and {selected}
            """;

    /** A round is written down as an action finds it, so the first action after the day tells that of its end. */
    private static final String AS_IT_WAS = """
            select record.id, record.category, record.source_type,
                case when history.unit_changes_since is null then record.lead_unit
                    else lead_unit_before(record.lead_unit, history.unit_changes_since) end as lead_unit,
                case when history.unit_changes is null then record.lead_unit
                    else lead_unit_before(record.lead_unit, history.unit_changes) end as first_unit,
                {status} as status,
                case when not history.tells_due then record.current_due
                    when history.due / {days} = history.due_row
                    then date '1900-01-01' + (history.due % {days})::integer end as current_due,
                case when not history.tells_due then record.original_due
                    when history.first_due / {days} = history.first_due_row
                    then date '1900-01-01' + (history.first_due % {days})::integer end as original_due,
                history.claimed_at,
                cast(history.self_done_at at time zone 'Asia/Shanghai' as date) as done_on,
                cast(history.closed_at at time zone 'Asia/Shanghai' as date) as closed_on,
                history.dispatched, history.upheld,
                {status} <> 'CANCELLED' and record.item_no not in (select parent_no from whole) as rated,
                coalesce(history.passed_round = coalesce(history.round_found_next, record.round), false) as passed,
                {firstResult} as first_result,
                coalesce(history.returned, false) as returned,
                coalesce(cast(history.first_closed_at at time zone 'Asia/Shanghai' as date)
                    <= :today - interval '12 months', false) as closed_a_year_ago,
                history.reopenings is not null and exists (
                    select from unnest(history.reopenings) reopening (at)
                    where reopening.at < (select max(closure.at) from unnest(history.closures) closure (at)
                        where closure.at <= reopening.at) + interval '12 months') as rebounded,
                coalesce(history.found_false, false) or record.id in (
                        select item_id from look_back where falsified and looked_at < :end)
                    or record.item_no in (
                        select item_no from spot_check_visit where falsified and recorded_at < :end) as falsified,
                coalesce(history.checked, false)
                    or coalesce(history.visited_at >= history.first_done_at, false) as checked_when_done
            from history
            join public.item record on record.id = history.item_id
            """.replace("{status}", """
                case when history.turn = {closed} then 'CLOSED'
                    when history.turn = {endedOtherwise} then 'CANCELLED'
                    when history.paused then 'SUSPENDED'
                    else 'OPEN' end""")
            .replace("{closed}", String.valueOf(Turn.CLOSED.ordinal()))
            .replace("{endedOtherwise}", String.valueOf(Turn.ENDED_OTHERWISE.ordinal()))
            .replace("{firstResult}", firstResult("history"))
            .replace("{days}", DAYS_BEHIND_A_ROW);

    /** For each day how many working days there were up to it, so that a span of any length is one subtraction. */
    private static final String DAYS = """
            day as materialized (
                select each.day::date as day,
                    sum(case when coalesce(exception.working, extract(isodow from each.day) <= 5) then 1 else 0 end)
                        over (order by each.day) as worked
                from generate_series((select min(claimed_at) at time zone 'Asia/Shanghai' from item)::date::timestamp,
                    cast(:today as date)::timestamp, interval '1 day') each (day)
                left join calendar_exception exception on exception.day = each.day::date
            ), span as (
                select item.id, cast(item.claimed_at at time zone 'Asia/Shanghai' as date) as claimed_on, item.closed_on
                from item
                where item.rated and item.status = 'CLOSED'
                    and cast(item.claimed_at at time zone 'Asia/Shanghai' as date) <= item.closed_on
            ), pause as (
                select span.id, sum(last.day - first.day) as days, sum(last.worked - first.worked) as working_days
                from span
                join item_request request on request.item_id = span.id
                    and request.kind = 'SUSPENSION' and request.granted and request.ended_at < :end
                join day first on first.day = greatest(span.claimed_on,
                    cast(request.decided_at at time zone 'Asia/Shanghai' as date))
                join day last on last.day = least(span.closed_on,
                    cast(request.ended_at at time zone 'Asia/Shanghai' as date))
                where last.day > first.day
                group by span.id
            ), duration as materialized (
                select span.id,
                    span.closed_on - span.claimed_on - coalesce(pause.days, 0) as days,
                    closing.worked - claim.worked - coalesce(pause.working_days, 0) as working_days
                from span
                join day claim on claim.day = span.claimed_on
                join day closing on closing.day = span.closed_on
                left join pause on pause.id = span.id
            )""";

    /** Each time that a unit was given an item, and each time that it gave it back with success. */
    private static final String DISPATCHES = """
            upheld as materialized (
                select item.id, item.category, item.source_type, change.note
                from item, unnest(item.upheld) change (note) where item.rated and item.upheld is not null
            ), dispatch as (
                select item.category, item.source_type, item.first_unit as unit, 1 as given, 0 as given_back
                from item where item.rated and item.dispatched
                union all
                select category, source_type, split_part(note, ' → ', 2), 1, 0 from upheld
                union all
                select category, source_type, split_part(note, ' → ', 1), 0, 1 from upheld
            )""";

    private RecordOfDay() {}

    /** @param selected the condition on {@code item} and {@code item_clock clock} of today's record: whose figures they are */
    static String with(String selected) {
        return "with " + TOLD + ", selected as materialized (select item.id" + LedgerSql.FROM
                + "join told on told.item_id = item.id where item.registered_at < :end and " + selected + "), "
                + String.join(
                        ", ",
                        FOUND,
                        HISTORY,
                        "item as materialized (" + AS_IT_IS.replace("{selected}", selected) + " union all " + AS_IT_WAS
                                + ")",
                        DAYS,
                        DISPATCHES);
    }

    private static String firstResult(String of) {
        return "case when " + of + ".first_passed = 1 then 'PASS' when " + of + ".first_passed = 0 then 'OTHER' end";
    }

    private static String kindOfTurn() {
        return Arrays.stream(Turn.values())
                .map(turn -> "when " + turn.condition() + " then " + turn.ordinal())
                .collect(Collectors.joining(" ", "case ", " end"));
    }
}
