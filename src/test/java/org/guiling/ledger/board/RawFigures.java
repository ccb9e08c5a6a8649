package org.guiling.ledger.board;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The figures of a campaign on a day, by the definitions of DOMAIN.md §5 and from the tables in which what happened is kept
 * beside the timeline: requests, declines, verifications, signatures, look-backs. One look for each fact and each item, so slow.
 */
final class RawFigures {

    /** Of one item, at the end of the day. */
    private static final String ITEMS = """
            with base as (
                select item.*, cast(:day as date) as day, (cast(:day as date) + 1)::timestamp at time zone 'Asia/Shanghai' as night
                from item where campaign_code = :campaign
            ), known as (
                select base.*,
                    coalesce((select unit from decline where item_id = base.id and upheld and ruled_at >= night
                        order by seq limit 1), lead_unit) as unit_then,
                    (select count(*) from timeline t where t.item_id = base.id and t.action = 'CLOSE' and t.at < night)
                        > (select count(*) from timeline t where t.item_id = base.id and t.action = 'REOPEN' and t.at < night)
                        as is_closed,
                    status = 'NOT_ACCEPTED' and reviewed_at < night
                        or exists (select from item_request r where r.item_id = base.id and r.granted and r.decided_at < night
                            and r.kind in ('MERGER', 'TRANSFER', 'CANCELLATION')) as is_out,
                    exists (select from item_request r where r.item_id = base.id and r.granted and r.decided_at < night
                            and r.kind = 'SUSPENSION' and (r.ended_at is null or r.ended_at >= night))
                        or exists (select from decline d where d.item_id = base.id and d.declined_at < night
                            and (d.ruled_at is null or d.ruled_at >= night)) as is_paused,
                    exists (select from item part where part.parent_no = base.item_no and part.registered_at < night) as is_split,
                    (select due_to from timeline t where t.item_id = base.id and t.at < night and t.due_to is not null
                        and t.task is null and t.action <> 'DUE_MOVED' order by t.id desc limit 1) as due_then,
                    case when exists (select from timeline t where t.item_id = base.id and t.at < night and t.due_to is not null)
                        then original_due end as first_due,
                    (select max(p.reported_at) from progress p join timeline t on t.item_id = p.item_id
                        and t.action = 'SUBMIT_RECTIFICATION' and abs(extract(epoch from t.at - p.reported_at)) < 5
                        where p.item_id = base.id and p.reported_at < night) as done_then,
                    (select max(t.at) from timeline t where t.item_id = base.id and t.action = 'CLOSE' and t.at < night) as closed_then,
                    1 + (select count(*) from verification v where v.item_id = base.id and v.recorded_at < night and v.result <> 'PASS')
                        + (select count(*) from sign_off s where s.item_id = base.id and s.signed_at < night and not s.approved)
                        + (select count(*) from timeline t where t.item_id = base.id and t.action = 'REOPEN' and t.at < night)
                        as round_then
                from base where registered_at < night
            ), fact as (
                select known.*, not is_out and not is_split as rated,
                    exists (select from verification v where v.item_id = known.id and v.round = round_then and v.result = 'PASS'
                        and v.recorded_at < night) as passed,
                    (select v.result from verification v where v.item_id = known.id and v.recorded_at < night
                        order by v.round limit 1) as first_result,
                    exists (select from verification v where v.item_id = known.id and v.recorded_at < night
                        and v.result <> 'PASS') as sent_back,
                    exists (select from timeline t where t.item_id = known.id and t.action = 'CLOSE'
                        and (t.at at time zone 'Asia/Shanghai')::date <= day - interval '1 year') as year_ago,
                    exists (select from timeline r where r.item_id = known.id and r.action = 'REOPEN' and r.at < night
                        and r.at - interval '1 year' < (select max(c.at) from timeline c where c.item_id = known.id
                            and c.action = 'CLOSE' and c.id < r.id)) as rebounded,
                    exists (select from verification v where v.item_id = known.id and v.recorded_at < night and v.result = 'FALSE')
                        or exists (select from look_back l where l.item_id = known.id and l.looked_at < night and l.falsified)
                        as is_false,
                    exists (select from look_back l where l.item_id = known.id and l.looked_at < night) as looked_at,
                    (closed_then at time zone 'Asia/Shanghai')::date as closed_on,
                    (claimed_at at time zone 'Asia/Shanghai')::date as claimed_on,
                    (done_then at time zone 'Asia/Shanghai')::date as done_on
                from known
            ), timed as (
                select fact.*,
                    case when rated and is_closed then closed_on - claimed_on - (select coalesce(sum(
                        (r.ended_at at time zone 'Asia/Shanghai')::date - (r.decided_at at time zone 'Asia/Shanghai')::date), 0)
                        from item_request r where r.item_id = fact.id and r.kind = 'SUSPENSION' and r.granted
                            and r.ended_at < night) end as days,
                    case when rated and is_closed then (select count(*)
                        from generate_series(claimed_on + 1, closed_on, interval '1 day') d (day)
                        where coalesce((select working from calendar_exception e where e.day = d.day::date),
                                extract(isodow from d.day) < 6)
                          and not exists (select from item_request r where r.item_id = fact.id and r.kind = 'SUSPENSION' and r.granted
                            and d.day::date > (r.decided_at at time zone 'Asia/Shanghai')::date
                            and d.day::date <= (r.ended_at at time zone 'Asia/Shanghai')::date)) end as working_days
                from fact
            )
            """;

    private static final String SETS = """
            select %s as key,
                count(*) filter (where rated) as "RATED",
                count(*) filter (where rated and is_closed) as "RATED_CLOSED",
                count(*) filter (where rated and due_then <= day) as "DUE",
                count(*) filter (where rated and due_then <= day and is_closed) as "DUE_CLOSED",
                count(*) filter (where rated and due_then <= day and done_on <= due_then and passed) as "DUE_ON_TIME",
                count(*) filter (where rated and first_due <= day) as "ORIGINALLY_DUE",
                count(*) filter (where rated and first_due <= day and done_on <= first_due and passed) as "ORIGINALLY_DUE_ON_TIME",
                count(*) filter (where rated and (not is_closed and not is_paused and due_then < day
                    or is_closed and closed_on > due_then)) as "DUE_LATE",
                count(*) filter (where rated and first_result is not null) as "VERIFIED",
                count(*) filter (where rated and first_result = 'PASS') as "PASSED_FIRST",
                count(*) filter (where rated and sent_back) as "RETURNED",
                count(*) filter (where rated and (year_ago or rebounded)) as "REBOUND_KNOWN",
                count(*) filter (where rated and rebounded) as "REBOUNDED",
                count(*) filter (where rated and is_false) as "FALSIFIED",
                count(*) filter (where rated and (first_result is not null or looked_at)) as "CHECKED",
                count(days) as "MEASURED", avg(days) as "MEAN", percentile_cont(0.5) within group (order by days) as "MEDIAN",
                avg(working_days) as "MEAN_WORKING",
                percentile_cont(0.5) within group (order by working_days) as "MEDIAN_WORKING"
            from timed group by 1""";

    /** A unit was given an item by the review or with a part, and by each decline that was upheld. */
    private static final String DISPATCHES = """
            , given as (
                select timed.*, coalesce((select unit from decline where item_id = timed.id order by seq limit 1), unit_then) as whom,
                    1 as given, 0 as declined
                from timed where rated and reviewed_at < night
                union all
                select timed.*, coalesce((select unit from decline n where n.item_id = timed.id and n.seq > d.seq order by n.seq limit 1),
                    lead_unit), 1, 0
                from timed join decline d on d.item_id = timed.id and d.upheld and d.ruled_at < night where rated
                union all
                select timed.*, d.unit, 0, 1
                from timed join decline d on d.item_id = timed.id and d.upheld and d.ruled_at < night where rated
            )
            select %s as key, sum(given) as "DISPATCHES", sum(declined) as "DECLINED" from given group by 1""";

    private static final List<String> AVERAGES = List.of("MEAN", "MEDIAN", "MEAN_WORKING", "MEDIAN_WORKING");

    private final JdbcClient jdbc;
    private final String campaign;

    RawFigures(JdbcClient jdbc, String campaign) {
        this.jdbc = jdbc;
        this.campaign = campaign;
    }

    /** By group, and under null for all. */
    Map<String, Map<String, BigDecimal>> on(LocalDate day, Grouping grouping) {
        Map<String, Map<String, BigDecimal>> figures = new HashMap<>();
        read(ITEMS + SETS.formatted("cast(null as text)"), day, figures);
        read(ITEMS + SETS.formatted(key(grouping, "unit_then")), day, figures);
        read(ITEMS + DISPATCHES.formatted("cast(null as text)"), day, figures);
        read(ITEMS + DISPATCHES.formatted(key(grouping, "whom")), day, figures);
        figures.values().forEach(RawFigures::addWhatThereIsNoneOf);
        return figures;
    }

    private static String key(Grouping grouping, String unit) {
        return switch (grouping) {
            case UNIT -> unit;
            case TIER -> "(select tier from unit where code = " + unit + ")";
            case CATEGORY -> "category";
            case SOURCE -> "source_type";
        };
    }

    private void read(String sql, LocalDate day, Map<String, Map<String, BigDecimal>> figures) {
        jdbc.sql(sql).param("day", day).param("campaign", campaign).query((ResultSet row) -> {
            numbers(row, figures.computeIfAbsent(row.getString("key"), key -> new LinkedHashMap<>()));
        });
    }

    private static void numbers(ResultSet row, Map<String, BigDecimal> numbers) throws SQLException {
        for (int column = 2; column <= row.getMetaData().getColumnCount(); column++) {
            String name = row.getMetaData().getColumnLabel(column);
            BigDecimal number = row.getBigDecimal(column);
            numbers.put(
                    name,
                    number != null && AVERAGES.contains(name) ? number.setScale(1, RoundingMode.HALF_UP) : number);
        }
    }

    /** A group may have dispatches and no items, or the other way round. */
    private static void addWhatThereIsNoneOf(Map<String, BigDecimal> numbers) {
        for (Rate rate : Rate.values()) {
            numbers.putIfAbsent(rate.part().name(), BigDecimal.ZERO);
            numbers.putIfAbsent(rate.whole().name(), BigDecimal.ZERO);
        }
        List.of("DISPATCHES", "DECLINED", "MEASURED").forEach(name -> numbers.putIfAbsent(name, BigDecimal.ZERO));
        AVERAGES.forEach(name -> numbers.putIfAbsent(name, null));
    }
}
