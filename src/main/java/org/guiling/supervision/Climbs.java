package org.guiling.supervision;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.guiling.item.Item;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rungs of the ladder that an item has reached, by cause, task and round. */
@Repository
class Climbs {

    private final JdbcClient jdbc;

    Climbs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The rungs reached in the item's present round. */
    Map<Climb.Key, Climb> of(Item item) {
        List<Climb> climbs = jdbc.sql("""
                        select cause, task_key, reference, since, reached from supervision_climb
                        where item_id = ? and round = ?""")
                .params(item.id(), item.round())
                .query((row, index) -> new Climb(
                        new Climb.Key(Cause.valueOf(row.getString("cause")), row.getString("task_key")),
                        row.getObject("reference", LocalDate.class),
                        row.getObject("since", LocalDate.class),
                        row.getObject("reached", Integer.class)))
                .list();
        return climbs.stream().collect(Collectors.toMap(Climb::key, Function.identity()));
    }

    /** True where the item got a rung on that day, in whatever round. */
    boolean wasClimbedOn(Item item, LocalDate day) {
        return jdbc.sql("select exists (select from supervision_climb where item_id = ? and climbed_on = ?)")
                .params(item.id(), day)
                .query(Boolean.class)
                .single();
    }

    /**
     * Notes how far the ladder is climbed.
     *
     * @param reached null to begin afresh
     * @param today the day on which the item got the rung; null to begin afresh, and of a task that is watched by itself
     */
    void write(Item item, Watch watch, Integer reached, LocalDate today) {
        jdbc.sql("""
                        insert into supervision_climb as known
                            (item_id, cause, task_key, round, reference, since, reached, climbed_on)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (item_id, cause, task_key, round) do update
                        set reference = excluded.reference, since = excluded.since, reached = excluded.reached,
                            climbed_on = coalesce(excluded.climbed_on, known.climbed_on)""")
                .params(
                        item.id(),
                        watch.cause().name(),
                        watch.taskKey(),
                        item.round(),
                        watch.reference(),
                        watch.since(),
                        reached,
                        today)
                .update();
    }

    /** @param today on which the item may get a rung again: the one that it got is void */
    void forget(Item item, Cause cause, LocalDate today) {
        jdbc.sql("delete from supervision_climb where item_id = ? and round = ? and cause = ?")
                .params(item.id(), item.round(), cause.name())
                .update();
        jdbc.sql("update supervision_climb set climbed_on = null where item_id = ? and climbed_on = ?")
                .params(item.id(), today)
                .update();
    }

    /** The climb goes on with another date. */
    void carryOver(Item item, String taskKey, LocalDate reference) {
        jdbc.sql("""
                        update supervision_climb set reference = ?
                        where item_id = ? and cause = 'DUE' and task_key = ? and round = ?""").params(reference, item.id(), taskKey, item.round()).update();
    }
}
