package org.guiling.ledger.board;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.search.ItemCounts;
import org.guiling.ledger.search.ItemCounts.Count;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.ledger.search.LedgerSql;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Figures of the ledger, as far as a reader may see it. */
@Service
@Transactional(readOnly = true)
public class Figures {

    private final JdbcClient jdbc;
    private final ItemCounts all;
    private final OfficeClock clock;

    Figures(JdbcClient jdbc, ItemCounts all, OfficeClock clock) {
        this.jdbc = jdbc;
        this.all = all;
        this.clock = clock;
    }

    /**
     * The ledger in four numbers.
     *
     * @param registered items ever registered
     * @param closed struck off
     * @param open neither struck off nor ended in another way
     * @param overdue open and past due
     */
    public record Totals(long registered, long closed, long open, long overdue) {}

    /** Number of open items at each step under each light; every step is there, a light that none has is not. */
    public Map<Step, Map<Light, Long>> openByStepAndLight(DataScope scope, LocalDate today) {
        return openByStepAndLight(counts(scope, today));
    }

    private static Map<Step, Map<Light, Long>> openByStepAndLight(List<Count> all) {
        Map<Step, Map<Light, Long>> counts = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            counts.put(step, new EnumMap<>(Light.class));
        }
        all.stream().filter(count -> count.status().isOpen()).forEach(count -> counts.get(count.step())
                .merge(count.light(), count.items(), Long::sum));
        return counts;
    }

    /** Of those who see the city, all items less what is hidden; of others, theirs. */
    private List<Count> counts(DataScope scope, LocalDate today) {
        if (scope.hidden().isEmpty()) {
            return counts(scope.sqlOfLists(), scope, today);
        }
        Map<Count, Long> seen = new LinkedHashMap<>();
        all.of(today).forEach(count -> seen.merge(count.with(0), count.items(), Long::sum));
        if (!scope.isEverything()) {
            counts(scope.hidden().get(), scope, today)
                    .forEach(count -> seen.merge(count.with(0), -count.items(), Long::sum));
        }
        return seen.entrySet().stream()
                .filter(count -> count.getValue() != 0)
                .map(count -> count.getKey().with(count.getValue()))
                .toList();
    }

    private List<Count> counts(String condition, DataScope scope, LocalDate today) {
        return jdbc.sql("select clock.status, clock.step, " + LedgerSql.LIGHT + " as light, count(*) as items"
                        + LedgerSql.FROM + "where " + condition + " group by 1, 2, 3")
                .params(scope.parameters())
                .param("today", today)
                .query(Count.class)
                .list();
    }

    /** Number of items at each status under each light; only what there is, in the order of the statuses. */
    public Map<ItemStatus, Map<Light, Long>> byStatusAndLight(DataScope scope, LedgerFilter filter, LocalDate today) {
        LedgerFilter.Where where = filter.where(today, scope);
        Map<ItemStatus, Map<Light, Long>> counts = new EnumMap<>(ItemStatus.class);
        jdbc.sql("select item.status, " + LedgerSql.LIGHT + " as light, count(*) as items" + LedgerSql.FROM + "where "
                        + where.sql() + " group by 1, 2")
                .params(where.parameters())
                .query((row, index) -> counts.computeIfAbsent(
                                ItemStatus.valueOf(row.getString("status")), status -> new EnumMap<>(Light.class))
                        .put(Light.valueOf(row.getString("light")), row.getLong("items")))
                .list();
        return counts;
    }

    /** The open items that are due first. */
    public List<LedgerEntry> mostUrgent(DataScope scope, int limit) {
        return jdbc.sql(LedgerSql.ENTRIES + "where clock.urgency < 'infinity' and " + scope.sqlOfLists()
                        + " order by clock.urgency, clock.item_id limit :limit")
                .params(scope.parameters())
                .param("today", clock.today())
                .param("limit", Math.max(0, limit))
                .query(LedgerSql::entry)
                .list();
    }

    public Totals totals(DataScope scope) {
        return totals(counts(scope, clock.today()));
    }

    private static Totals totals(List<Count> counts) {
        return new Totals(
                sum(counts, count -> true),
                sum(counts, count -> count.status() == ItemStatus.CLOSED),
                sum(counts, count -> count.status().isOpen()),
                sum(counts, count -> count.light() == Light.RED));
    }

    private static long sum(List<Count> counts, Predicate<Count> counted) {
        return counts.stream().filter(counted).mapToLong(Count::items).sum();
    }
}
