package org.guiling.ledger.board;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.access.DataScope;
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
    private final OfficeClock clock;

    Figures(JdbcClient jdbc, OfficeClock clock) {
        this.jdbc = jdbc;
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
        Map<Step, Map<Light, Long>> counts = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            counts.put(step, new EnumMap<>(Light.class));
        }
        jdbc.sql("select item.step, " + LedgerSql.LIGHT + " as light, count(*) as items" + LedgerSql.FROM
                        + "where clock.open and " + scope.sql() + " group by 1, 2")
                .params(scope.parameters())
                .param("today", today)
                .query((row, index) -> counts.get(Step.valueOf(row.getString("step")))
                        .put(Light.valueOf(row.getString("light")), row.getLong("items")))
                .list();
        return counts;
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
        return jdbc.sql(LedgerSql.ENTRIES + "where clock.open and clock.due is not null and " + scope.sql()
                        + " order by clock.due, item.id limit :limit")
                .params(scope.parameters())
                .param("today", clock.today())
                .param("limit", Math.max(0, limit))
                .query(LedgerSql::entry)
                .list();
    }

    public Totals totals(DataScope scope) {
        return jdbc.sql("""
                        select count(*) as registered,
                               count(*) filter (where item.status = 'CLOSED') as closed,
                               count(*) filter (where clock.open) as open,
                               count(*) filter (where %s = 'RED') as overdue
                        """.formatted(LedgerSql.LIGHT) + LedgerSql.FROM + "where " + scope.sql())
                .params(scope.parameters())
                .param("today", clock.today())
                .query(Totals.class)
                .single();
    }
}
