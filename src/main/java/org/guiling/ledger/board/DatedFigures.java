package org.guiling.ledger.board;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.search.Counted;
import org.guiling.ledger.search.CountedSet;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.ledger.search.LedgerSql;
import org.guiling.ledger.search.Words;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The figures of DOMAIN.md §5 on any day, as the record stood at its end in Asia/Shanghai, of the items that a reader may
 * see today. Leaf items only.
 */
@Service
@Transactional(readOnly = true)
public class DatedFigures {

    /** The sets that are divided by one another for the rates. */
    static final List<CountedSet> SETS = Arrays.stream(Rate.values())
            .flatMap(rate -> Stream.of(rate.part(), rate.whole()))
            .distinct()
            .toList();

    /** Sums and groups in one: the sums have no key. Each condition is asked once of an item, and counted for both. */
    private static final String FIGURES = ", counted as materialized (select item.id, {key} as key, item.status,"
            + " item.current_due, "
            + SETS.stream()
                    .map(set -> set.conditionOfDay() + " as \"" + set + "\"")
                    .collect(Collectors.joining(", "))
            + " from item where {unit}), figures as (select key, count(*) as registered,"
            + " count(*) filter (where status = 'CLOSED') as closed,"
            + " count(*) filter (where status in ('OPEN', 'SUSPENDED')) as open,"
            + " count(*) filter (where status = 'OPEN' and current_due < :today) as overdue, "
            + SETS.stream()
                    .map(set -> "count(*) filter (where \"" + set + "\") as \"" + set + "\"")
                    .collect(Collectors.joining(", "))
            + """
             from counted group by grouping sets ((key), ())
            ), timed as (
                select counted.key, count(duration.days) as measured, avg(duration.days) as mean_days,
                    percentile_cont(0.5) within group (order by duration.days) as median_days,
                    avg(duration.working_days) as mean_working_days,
                    percentile_cont(0.5) within group (order by duration.working_days) as median_working_days
                from duration join counted on counted.id = duration.id
                group by grouping sets ((counted.key), ())
            ), dispatched as (
                select item.key, sum(item.given) as given, sum(item.given_back) as given_back
                from (select {dispatchKey} as key, item.given, item.given_back
                    from dispatch item where {dispatchUnit}) item
                group by grouping sets ((item.key), ())
            )
            select figures.*, timed.measured, timed.mean_days, timed.median_days, timed.mean_working_days,
                timed.median_working_days, coalesce(dispatched.given, 0) as given,
                coalesce(dispatched.given_back, 0) as given_back, coalesce(figures.key, dispatched.key) as group_key
            from figures
            left join timed on coalesce(timed.key, '') = coalesce(figures.key, '')
            full join dispatched on coalesce(dispatched.key, '') = coalesce(figures.key, '')
            order by group_key nulls first""";

    private final JdbcClient jdbc;
    private final OfficeClock clock;

    DatedFigures(JdbcClient jdbc, OfficeClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The time that it took from the claim to the last closure, less suspended time (平均整改时长), of closed items.
     *
     * @param items how many closed items it is told of
     * @param meanDays calendar days; null, as the others, without any item
     */
    public record Duration(
            long items,
            BigDecimal meanDays,
            BigDecimal medianDays,
            BigDecimal meanWorkingDays,
            BigDecimal medianWorkingDays) {}

    /**
     * The figures of all items, or of a group of them.
     *
     * @param key code of the group by its {@link Grouping}; null for all
     * @param totals wholes and parts alike; what was split, merged or ended otherwise is registered, too. Past due is told
     *     by the date in force alone
     * @param sets those that rates divide
     * @param dispatches how often a unit was given one of the items that count
     * @param declined how often a unit gave one back and was right (退单)
     */
    public record Group(
            String key,
            Figures.Totals totals,
            Map<CountedSet, Long> sets,
            long dispatches,
            long declined,
            Duration duration) {

        /** True where there are enough items for rates and averages. */
        public boolean isScored() {
            return sets.get(CountedSet.RATED) >= Rate.FEWEST_SCORED;
        }

        /** In percent; null where it is not scored or there is nothing to divide by. */
        public BigDecimal percent(Rate rate) {
            return isScored() ? Rate.percent(sets.get(rate.part()), sets.get(rate.whole())) : null;
        }

        /** 退单率 in percent; null likewise. */
        public BigDecimal declinedPercent() {
            return isScored() ? Rate.percent(declined, dispatches) : null;
        }
    }

    /**
     * The figures of all items together.
     *
     * @param unit code of the unit that led them on the day, or one below it did; null for any
     * @throws RefusedException when the day is in the future or before the first item
     */
    public Group total(DataScope scope, LedgerFilter filter, String unit, LocalDate day) {
        return groups(scope, filter, unit, day, Grouping.TIER).get(0);
    }

    /**
     * The figures of all items together, which come first, and of each group that has any; in the order of their keys.
     *
     * @param filter which items, as they are today
     * @param unit code of the unit that led them on the day, or one below it did; null for any
     * @throws RefusedException when the day is in the future or before the first item
     */
    public List<Group> groups(DataScope scope, LedgerFilter filter, String unit, LocalDate day, Grouping grouping) {
        check(scope, day);
        LedgerFilter.Where where = filter.where(clock.today(), scope);
        Map<String, Object> parameters = new HashMap<>(where.parameters());
        parameters.put("now", parameters.get("today"));
        parameters.put("today", day);
        parameters.put("end", day.plusDays(1).atStartOfDay(clock.getZone()).toOffsetDateTime());
        boolean everyUnit = unit == null || unit.isBlank();
        if (!everyUnit) {
            parameters.put("unit", Words.storable(unit.strip()));
        }
        String figures = FIGURES.replace("{key}", grouping.key("item.lead_unit"))
                .replace("{dispatchKey}", grouping.key("item.unit"))
                .replace("{unit}", everyUnit ? "true" : within("item.lead_unit"))
                .replace("{dispatchUnit}", everyUnit ? "true" : within("item.unit"));
        // A year's ledger sorts and hashes in memory instead of on disk.
        jdbc.sql("select set_config('work_mem', '64MB', true)")
                .query(String.class)
                .single();
        return jdbc.sql(RecordOfDay.with(where.sql().replace(":today", ":now")) + figures)
                .params(parameters)
                .query(DatedFigures::group)
                .list();
    }

    /** The day of the first item that a reader may see; null without any. */
    public LocalDate firstDay(DataScope scope) {
        return jdbc.sql("select min(" + Counted.REGISTERED_ON + ") as day from item where " + scope.sqlOfLists())
                .params(scope.parameters())
                .query((row, index) -> row.getObject("day", LocalDate.class))
                .list()
                .get(0);
    }

    void check(DataScope scope, LocalDate day) {
        LocalDate today = clock.today();
        if (day.isAfter(today)) {
            throw RefusedException.invalid("asOf", "refusal.figures.future", day, today);
        }
        LocalDate first = day.isEqual(today) ? null : firstDay(scope);
        if (first != null && day.isBefore(first)) {
            throw RefusedException.invalid("asOf", "refusal.figures.before-first", day, first);
        }
        if (first == null && day.isBefore(today)) {
            throw RefusedException.invalid("asOf", "refusal.figures.no-item", day);
        }
    }

    private static String within(String unit) {
        return unit + " in (" + LedgerSql.UNIT_AND_BELOW.formatted(":unit") + ")";
    }

    private static Group group(ResultSet row, int index) throws SQLException {
        Map<CountedSet, Long> sets = new EnumMap<>(CountedSet.class);
        for (CountedSet set : SETS) {
            sets.put(set, row.getLong(set.name()));
        }
        return new Group(
                row.getString("group_key"),
                new Figures.Totals(
                        row.getLong("registered"), row.getLong("closed"), row.getLong("open"), row.getLong("overdue")),
                sets,
                row.getLong("given"),
                row.getLong("given_back"),
                new Duration(
                        row.getLong("measured"),
                        days(row, "mean_days"),
                        days(row, "median_days"),
                        days(row, "mean_working_days"),
                        days(row, "median_working_days")));
    }

    /** With one decimal. */
    private static BigDecimal days(ResultSet row, String column) throws SQLException {
        BigDecimal days = row.getBigDecimal(column);
        return days == null ? null : days.setScale(1, RoundingMode.HALF_UP);
    }
}
