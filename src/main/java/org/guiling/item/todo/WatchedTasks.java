package org.guiling.item.todo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All waiting tasks, for those who supervise them: a part of the to-do list. */
@Repository
public class WatchedTasks {

    private final JdbcClient jdbc;

    WatchedTasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A task that somebody has to look at, and its item. */
    public record Due(String taskId, String itemNo) {}

    /** Number of waiting tasks, and of those that are past their last day. */
    public record Count(long waiting, long overdue) {}

    /**
     * A task.
     *
     * @param taskKey its id in the model
     * @param group whose turn it is; null where it was given to somebody from the start
     * @param due the end of its last day; null without a limit
     */
    public record Line(String itemNo, String title, String leadUnit, String taskKey, String group, Instant due) {}

    /** Lines, those due first before the others, and how many there are in all. */
    public record Page(List<Line> lines, long total) {}

    /** The tasks that are watched by themselves and have to be reviewed by that day, the longest due first. */
    public List<Due> toLookAt(LocalDate day, int limit) {
        return jdbc.sql("""
                        select to_do.task_id, item.item_no
                        from to_do join item on item.id = to_do.item_id
                        where to_do.next_look <= ? and not to_do.paused
                        order by to_do.next_look, to_do.task_id limit ?""")
                .params(day, limit)
                .query((row, index) -> new Due(row.getString("task_id"), row.getString("item_no")))
                .list();
    }

    /** True where the task waits and is to be looked at by that day. */
    public boolean isToLookAt(String taskId, LocalDate day) {
        return jdbc.sql("select exists (select from to_do where task_id = ? and next_look <= ? and not paused)")
                .params(taskId, day)
                .query(Boolean.class)
                .single();
    }

    /** Notes when somebody looks at a task next that is watched by itself. */
    @Transactional
    public void setNextLook(String taskId, LocalDate day) {
        jdbc.sql("update to_do set next_look = ? where task_id = ?")
                .params(day, taskId)
                .update();
    }

    /** Number of waiting tasks of each kind, by the task's id in the model; a kind without any is left out. */
    public Map<String, Count> count(Collection<String> taskKeys, Instant now) {
        Map<String, Count> counts = new HashMap<>();
        jdbc.sql("""
                        select task_key, count(*) as waiting, count(*) filter (where due < :now) as overdue
                        from to_do where task_key = any (:keys) and not paused group by task_key""")
                .param("keys", taskKeys.toArray(String[]::new))
                .param("now", utc(now))
                .query((row, index) -> counts.put(
                        row.getString("task_key"), new Count(row.getLong("waiting"), row.getLong("overdue"))))
                .list();
        return counts;
    }

    /** Number of tasks that wait past their last day. */
    public long countOverdue(Collection<String> taskKeys, Instant now) {
        return jdbc.sql("select count(*) from to_do where task_key = any (:keys) and due < :now and not paused")
                .param("keys", taskKeys.toArray(String[]::new))
                .param("now", utc(now))
                .query(Long.class)
                .single();
    }

    /** @param dueBefore null for all, whenever they are due */
    public Page page(Collection<String> taskKeys, Instant dueBefore, int offset, int limit) {
        String from = """
                from to_do join item on item.id = to_do.item_id
                where to_do.task_key = any (:keys) and not to_do.paused
                  and (cast(:before as timestamptz) is null or to_do.due < :before)
                """;
        List<Line> lines = jdbc.sql(
                        """
                        select item.item_no, item.title, item.lead_unit, to_do.task_key, to_do.group_id, to_do.due
                        """ + from + "order by to_do.due nulls last, to_do.task_id offset :offset limit :limit")
                .param("keys", taskKeys.toArray(String[]::new))
                .param("before", utc(dueBefore))
                .param("offset", offset)
                .param("limit", limit)
                .query((row, index) -> new Line(
                        row.getString("item_no"),
                        row.getString("title"),
                        row.getString("lead_unit"),
                        row.getString("task_key"),
                        row.getString("group_id"),
                        row.getTimestamp("due") == null
                                ? null
                                : row.getTimestamp("due").toInstant()))
                .list();
        long total = jdbc.sql("select count(*) " + from)
                .param("keys", taskKeys.toArray(String[]::new))
                .param("before", utc(dueBefore))
                .query(Long.class)
                .single();
        return new Page(lines, total);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
