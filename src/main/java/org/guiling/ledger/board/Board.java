package org.guiling.ledger.board;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.board.Course.Movement;
import org.guiling.ledger.board.DatedFigures.Group;
import org.guiling.ledger.search.Counted;
import org.guiling.ledger.search.CountedSet;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.ledger.search.LedgerSql;
import org.guiling.ledger.search.Turn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The to-zero board (归零看板): the distribution by unit, step and light of the items that a reader may see and a filter
 * admits, their course so far, and where they are stuck. Every number is of the items that {@link Ledger} finds by
 * {@link Counted}.
 */
@Service
@Transactional(readOnly = true)
public class Board {

    /** Dates further away are not drawn. */
    private static final int MONTHS_AHEAD = 12;

    /** No rate divides them, so that a past day does not know them. */
    private static final Set<CountedSet> OF_NOW = EnumSet.complementOf(EnumSet.copyOf(DatedFigures.SETS));

    private static final String CELLS = "select item.lead_unit, item.step, " + LedgerSql.LIGHT
            + " as light, count(*) as items" + LedgerSql.FROM + "where clock.open and %s group by 1, 2, 3";

    private static final String SETS = "select item.lead_unit, min(" + Counted.REGISTERED_ON
            + ") as registered_since, max(item.current_due) as due_until, "
            + OF_NOW.stream()
                    .map(set -> "count(*) filter (where " + set.condition() + ") as " + set)
                    .collect(Collectors.joining(", "))
            + LedgerSql.FROM + "where %s group by 1";

    private static final String STUCK =
            "select count(*) filter (where clock.open and " + Counted.NO_PROGRESS.formatted(":noProgressSince")
                    + ") as stagnant, count(*) filter (where item.status = 'DISPUTED') as disputed,"
                    + " count(*) filter (where item.status = 'SUSPENDED') as suspended, count(*) filter (where "
                    + CountedSet.OVERDUE_AT_OFFICE.condition() + ") as overdue_at_office" + LedgerSql.FROM + "where %s";

    private static final String SUSPENDED = LedgerSql.entriesWith(", request.asked_day as review_on") + """
            join item_request request on request.item_id = item.id and request.kind = 'SUSPENSION'
                and request.granted and request.ended_at is null
            where item.status = 'SUSPENDED' and %s order by request.asked_day, item.id limit :limit""";

    private static final String WAITING = "select to_do.task_key, " + Counted.WAITING_FOR
            + " as whom, count(distinct item.id) as items, min(to_do.created_at) as since" + LedgerSql.FROM
            + "join to_do on to_do.item_id = item.id where clock.open and " + Counted.WAITS + " and %s group by 1, 2";

    private static final String OVERDUE = LedgerSql.entriesWith(", waiting.task_key, waiting.whom")
            + "left join lateral (select to_do.task_key, " + Counted.WAITING_FOR
            + " as whom from to_do where to_do.item_id = item.id and " + Counted.WAITS
            + " order by to_do.created_at, to_do.task_id limit 1) waiting on true where " + LedgerSql.under(Light.RED)
            + " and %s order by clock.urgency, clock.item_id limit :limit";

    private static final String MOVEMENTS = """
            with counted as (
                select item.id, %s as registered_on, %s as planned, item.current_due
            """.formatted(Counted.REGISTERED_ON, LedgerSql.NOT_ENDED_OTHERWISE)
            + LedgerSql.FROM + """
                where %s
            ), movement as (
                select id, registered_on as day, 'REGISTERED' as kind from counted
                union all select id, registered_on, 'PLANNED' from counted where planned
                union all select id, greatest(current_due, registered_on), 'DUE' from counted
                    where planned and current_due is not null
                union all select event.item_id, (event.at at time zone 'Asia/Shanghai')::date,
            """ + kindOfTurn() + """
                from timeline event join counted on counted.id = event.item_id
                where\s""" + Turn.ANY + """
            )
            select date_trunc(:pace, day)::date as start, day > :today as ahead, kind, count(*) as events,
                count(distinct id) as items
            from movement where day <= :horizon group by 1, 2, 3""";

    private final JdbcClient jdbc;
    private final DatedFigures datedFigures;

    Board(JdbcClient jdbc, DatedFigures datedFigures) {
        this.jdbc = jdbc;
        this.datedFigures = datedFigures;
    }

    /** So many open items of a lead unit at a step under a light. */
    public record Cell(String unit, Step step, Light light, long items) {}

    /**
     * The sizes of the counted sets, of the items of a lead unit.
     *
     * @param registeredSince when the first of them was registered
     * @param dueUntil the last date in force; null without any
     */
    public record Sizes(String unit, LocalDate registeredSince, LocalDate dueUntil, Map<CountedSet, Long> sets) {}

    /**
     * The present state of all items.
     *
     * @param units those that have items
     * @param all the figures of all items together
     */
    public record Standing(List<Sizes> units, Group all) {}

    /**
     * The numbers of items that do not move by themselves.
     *
     * @param stagnant being rectified without progress since the day that was asked for
     * @param disputed whose item it is is undecided (异议待裁)
     * @param overdueAtOffice {@link CountedSet#OVERDUE_AT_OFFICE}
     */
    public record Stuck(long stagnant, long disputed, long suspended, long overdueAtOffice) {}

    /** A suspended item, and the day on which the suspension is looked at again. */
    public record Suspended(LedgerEntry item, LocalDate reviewOn) {}

    /**
     * A task at which items wait.
     *
     * @param taskKey its id in the model
     * @param whom the engine's group whose turn it is
     * @param since when the first of them began to wait
     */
    public record Waiting(String taskKey, String whom, long items, Instant since) {}

    /**
     * An item under a red light.
     *
     * @param taskKey what it waits for; null where it waits for nothing but its parts
     * @param whom the engine's group whose turn it is; null likewise
     */
    public record Overdue(LedgerEntry item, String taskKey, String whom) {}

    /** Of the open items; what there is none of is left out. */
    public List<Cell> cells(DataScope scope, LedgerFilter filter, LocalDate today) {
        return query(CELLS, filter.where(today, scope))
                .query((row, index) -> new Cell(
                        row.getString("lead_unit"),
                        Step.valueOf(row.getString("step")),
                        Light.valueOf(row.getString("light")),
                        row.getLong("items")))
                .list();
    }

    /** The sets of the units that have items, and the figures of all of them. */
    public Standing standing(DataScope scope, LedgerFilter filter, LocalDate today) {
        Map<String, Group> groups = new HashMap<>();
        datedFigures.groups(scope, filter, null, today, Grouping.UNIT).forEach(group -> groups.put(group.key(), group));
        return new Standing(
                query(SETS, filter.where(today, scope))
                        .query((row, index) -> sizes(row, groups.get(row.getString("lead_unit"))))
                        .list(),
                groups.get(null));
    }

    /** @param noProgressSince whatever is being rectified and shows no progress after this day stagnates */
    public Stuck stuck(DataScope scope, LedgerFilter filter, LocalDate today, LocalDate noProgressSince) {
        return query(STUCK, filter.where(today, scope))
                .param("noProgressSince", noProgressSince)
                .query(Stuck.class)
                .single();
    }

    /** The suspensions that are looked at next. */
    public List<Suspended> suspended(DataScope scope, LedgerFilter filter, LocalDate today, int limit) {
        return query(SUSPENDED, filter.where(today, scope))
                .param("limit", limit)
                .query((row, index) ->
                        new Suspended(LedgerSql.entry(row, index), row.getObject("review_on", LocalDate.class)))
                .list();
    }

    /** The waiting open items by the group that they wait for, never by person. In any order. */
    public List<Waiting> waiting(DataScope scope, LedgerFilter filter, LocalDate today) {
        return query(WAITING, filter.where(today, scope))
                .query((row, index) -> new Waiting(
                        row.getString("task_key"),
                        row.getString("whom"),
                        row.getLong("items"),
                        row.getTimestamp("since").toInstant()))
                .list();
    }

    /** The items under a red light, the longest overdue first. */
    public List<Overdue> overdue(DataScope scope, LedgerFilter filter, LocalDate today, int limit) {
        return query(OVERDUE, filter.where(today, scope))
                .param("limit", limit)
                .query((row, index) ->
                        new Overdue(LedgerSql.entry(row, index), row.getString("task_key"), row.getString("whom")))
                .list();
    }

    /**
     * The course so far and what is planned.
     *
     * @param since the first registration
     * @param dueUntil the last date in force; null without any
     */
    public Course course(DataScope scope, LedgerFilter filter, LocalDate today, LocalDate since, LocalDate dueUntil) {
        LocalDate horizon = dueUntil == null || dueUntil.isBefore(today) ? today : dueUntil;
        LocalDate furthest = today.plusMonths(MONTHS_AHEAD);
        if (horizon.isAfter(furthest)) {
            horizon = furthest;
        }
        Pace pace = Pace.of(since, horizon);
        return Course.of(
                pace,
                query(MOVEMENTS, filter.where(today, scope))
                        .param("pace", pace.name())
                        .param("horizon", horizon)
                        .query(Movement.class)
                        .list(),
                today);
    }

    /** The campaigns (专项) that items of the scope belong to. */
    public List<String> campaigns(DataScope scope) {
        return jdbc.sql("select distinct item.campaign_code from item where item.campaign_code is not null and "
                        + scope.sqlOfLists() + " order by 1")
                .params(scope.parameters())
                .query(String.class)
                .list();
    }

    private JdbcClient.StatementSpec query(String sql, LedgerFilter.Where where) {
        return jdbc.sql(sql.replace("%s", where.sql())).params(where.parameters());
    }

    private static Sizes sizes(ResultSet row, Group group) throws SQLException {
        Map<CountedSet, Long> sets = new EnumMap<>(CountedSet.class);
        // A clock that was put back knows no figures of what was registered after it.
        DatedFigures.SETS.forEach(
                set -> sets.put(set, group == null ? 0L : group.sets().get(set)));
        for (CountedSet set : OF_NOW) {
            sets.put(set, row.getLong(set.name()));
        }
        return new Sizes(
                row.getString("lead_unit"),
                row.getObject("registered_since", LocalDate.class),
                row.getObject("due_until", LocalDate.class),
                sets);
    }

    private static String kindOfTurn() {
        return Arrays.stream(Turn.values())
                .map(turn -> "when " + turn.condition() + " then '" + turn + "'")
                .collect(Collectors.joining(" ", "case ", " end "));
    }
}
