package org.guiling.item.todo;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.guiling.calendar.LimitFacts;
import org.guiling.item.TransactionWork;
import org.guiling.item.rule.ItemLimits;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The to-do list (待办): one row for each open user task, kept by the engine's own transaction. Lists and counts are
 * read here and not from the engine's task query, which grows slow with authorizations (docs/performance.md).
 */
@Repository
public class ToDos {

    private static final String COLUMNS = """
            select to_do.task_id, item.item_no, item.title, item.lead_unit, to_do.task_key, to_do.assignee,
                   to_do.group_id, to_do.for_leaders, to_do.due, to_do.created_at, item.current_due,
                   (select clock.started from item_clock clock where clock.item_id = item.id) as item_started
            """;
    private static final String MINE = """
            from to_do join item on item.id = to_do.item_id
            where (to_do.assignee = :person
                   or (to_do.assignee is null and to_do.group_id = any (:groups))
                   or (to_do.assignee is null and to_do.for_leaders and to_do.group_id = any (:led)))
              and not to_do.paused
            """;

    private final JdbcClient jdbc;

    ToDos(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One task that waits.
     *
     * @param taskKey the task's id in the model
     * @param assignee null while a group may claim it
     * @param group the group that may claim it; null when it was given to somebody from the start
     * @param forLeaders whether the leaders of the unit whose handlers' group it is may claim it too
     * @param due the end of the task's last day; null without a limit
     * @param since when it began to wait
     * @param itemDue the item's own last day, which is another; null before there is one
     * @param itemStarted when the item's last day began to count
     */
    public record ToDo(
            String taskId,
            String itemNo,
            String title,
            String leadUnit,
            String taskKey,
            String assignee,
            String group,
            boolean forLeaders,
            Instant due,
            Instant since,
            LocalDate itemDue,
            LocalDate itemStarted) {

        /** True where the person is to do it, or may claim it. */
        public boolean isFor(Person person) {
            return person.id().equals(assignee) || isOf(person.groups());
        }

        /** True where one of these groups may claim it. */
        public boolean isOf(Set<String> groups) {
            return group != null
                    && (groups.contains(group) || forLeaders && groups.contains(Role.leadersBeside(group)));
        }
    }

    /** One task that waits, and what its limit may depend on. */
    public record Waiting(ToDo toDo, LimitFacts facts) {}

    /** A page of what waits for somebody, the most urgent first, and how much there is in all. */
    public record Page(List<ToDo> toDos, long total) {}

    public Optional<ToDo> find(String taskId) {
        writeBeforeReading();
        return jdbc.sql(COLUMNS + "from to_do join item on item.id = to_do.item_id where to_do.task_id = ?")
                .param(taskId)
                .query(ToDos::toDo)
                .optional();
    }

    /** The tasks of these ids that wait, in any order. */
    public List<ToDo> withIds(Collection<String> taskIds) {
        writeBeforeReading();
        return jdbc.sql(COLUMNS + "from to_do join item on item.id = to_do.item_id where to_do.task_id = any (?)")
                .param(taskIds.toArray(String[]::new))
                .query(ToDos::toDo)
                .list();
    }

    /** The tasks that wait at an item; empty once it is closed. */
    public List<ToDo> of(String itemNo) {
        writeBeforeReading();
        return jdbc.sql(COLUMNS + "from to_do join item on item.id = to_do.item_id where item.item_no = ?")
                .param(itemNo)
                .query(ToDos::toDo)
                .list();
    }

    /** At which of the items something waits that somebody may claim. */
    public Set<String> claimableAt(Collection<String> itemNos, Person person) {
        writeBeforeReading();
        return Set.copyOf(jdbc.sql("""
                        select distinct item.item_no from to_do join item on item.id = to_do.item_id
                        where item.item_no = any (?) and to_do.assignee is null
                          and (to_do.group_id = any (?) or to_do.for_leaders and to_do.group_id = any (?))
                          and not to_do.paused""")
                .params(
                        itemNos.toArray(String[]::new),
                        person.groups().toArray(String[]::new),
                        person.groupsLed().toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** The unclaimed tasks of the groups and of these kinds. */
    public List<ToDo> unclaimed(Collection<String> groups, Collection<String> taskKeys) {
        writeBeforeReading();
        return jdbc.sql(COLUMNS + """

                        from to_do join item on item.id = to_do.item_id
                        where to_do.assignee is null and to_do.group_id = any (?) and to_do.task_key = any (?)
                          and not to_do.paused
                        order by to_do.task_id""")
                .params(groups.toArray(String[]::new), taskKeys.toArray(String[]::new))
                .query(ToDos::toDo)
                .list();
    }

    /** The waiting tasks of an item that have a date, and since when they wait; suspended ones do not wait. */
    public List<Waiting> waitingAt(String itemNo) {
        writeBeforeReading();
        return jdbc.sql(COLUMNS + ", " + ItemLimits.FACTS + """

                        from to_do join item on item.id = to_do.item_id
                        where item.item_no = ? and to_do.due is not null and not to_do.paused
                        order by to_do.task_id""")
                .param(itemNo)
                .query(ToDos::waiting)
                .list();
    }

    /** All that waits since before a moment, and until another or longer; what has no date is left out. */
    public List<Waiting> waiting(Instant sinceBefore, Instant dueFrom) {
        writeBeforeReading();
        return jdbc.sql(COLUMNS + ", " + ItemLimits.FACTS + """

                        from to_do join item on item.id = to_do.item_id
                        where to_do.created_at < ? and to_do.due >= ?
                        order by to_do.task_id""")
                .params(utc(sinceBefore), utc(dueFrom))
                .query(ToDos::waiting)
                .list();
    }

    /** A page of all that waits for somebody, the most urgent first. */
    public Page waitingFor(Person person, int offset, int limit) {
        return waitingFor(person, ToDoFilter.ALL, offset, limit);
    }

    /** A page of what waits for somebody, the most urgent first. */
    public Page waitingFor(Person person, ToDoFilter filter, int offset, int limit) {
        writeBeforeReading();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("person", person.id());
        parameters.put("groups", person.groups().toArray(String[]::new));
        parameters.put("led", person.groupsLed().toArray(String[]::new));
        String mine = MINE + filter.conditions(parameters);
        List<ToDo> toDos = jdbc.sql(
                        COLUMNS + mine + " order by to_do.due nulls last, to_do.task_id offset :offset limit :limit")
                .params(parameters)
                .param("offset", offset)
                .param("limit", limit)
                .query(ToDos::toDo)
                .list();
        long total = jdbc.sql("select count(*) " + mine)
                .params(parameters)
                .query(Long.class)
                .single();
        return new Page(toDos, total);
    }

    /** Number of tasks that wait for somebody, by the task's id in the model. */
    public Map<String, Long> countByTask(Person person) {
        writeBeforeReading();
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql("select to_do.task_key, count(*) as tasks " + MINE + " group by to_do.task_key")
                .param("person", person.id())
                .param("groups", person.groups().toArray(String[]::new))
                .param("led", person.groupsLed().toArray(String[]::new))
                .query((row, index) -> counts.put(row.getString("task_key"), row.getLong("tasks")))
                .list();
        return counts;
    }

    /** Notes that somebody has opened a task. */
    @Transactional
    public void see(String taskId, String personId) {
        jdbc.sql("update to_do set seen_by = array_append(seen_by, ?) where task_id = ? and not ? = any (seen_by)")
                .params(personId, taskId, personId)
                .update();
    }

    /** The tasks among these that somebody has opened before. */
    public Set<String> seenBy(String personId, Collection<String> taskIds) {
        return Set.copyOf(jdbc.sql("select task_id from to_do where task_id = any (?) and ? = any (seen_by)")
                .params(taskIds.toArray(String[]::new), personId)
                .query(String.class)
                .list());
    }

    /**
     * Puts a waiting task on the list, in the row of one that was done at the item in the same transaction; one that is
     * there already goes to somebody else, or back to its group.
     *
     * @param forLeaders whether the leaders of the unit whose handlers' group it is may claim it too
     * @param nextLook when somebody looks at a new task that is watched by itself; null for every other
     */
    @Transactional
    public void put(
            String taskId,
            String itemNo,
            String taskKey,
            String group,
            boolean forLeaders,
            String assignee,
            Instant due,
            Instant now,
            LocalDate nextLook) {
        String done = work().done.remove(itemNo);
        int taken = done == null
                ? 0
                : jdbc.sql("""
                                update to_do
                                set task_id = ?, task_key = ?, group_id = ?, for_leaders = ?, assignee = ?, due = ?, created_at = ?,
                                    handed_over = null, seen_by = '{}', next_look = ?
                                where task_id = ?""")
                        .params(taskId, taskKey, group, forLeaders, assignee, utc(due), utc(now), nextLook, done)
                        .update();
        if (taken == 0) {
            jdbc.sql("""
                            insert into to_do
                                (task_id, item_id, task_key, group_id, for_leaders, assignee, due, created_at, next_look)
                            select ?, id, ?, ?, ?, ?, ?, ?, ? from item where item_no = ?
                            on conflict (task_id) do update set assignee = excluded.assignee""")
                    .params(taskId, taskKey, group, forLeaders, assignee, utc(due), utc(now), nextLook, itemNo)
                    .update();
        }
    }

    /** The tasks that somebody is assigned to. */
    public List<ToDo> assignedTo(String personId) {
        writeBeforeReading();
        return jdbc.sql(COLUMNS + """
                        from to_do join item on item.id = to_do.item_id where to_do.assignee = ?
                        order by to_do.task_id""").param(personId).query(ToDos::toDo).list();
    }

    /** The unclaimed tasks of these groups; none of suspended items. */
    public List<ToDo> unclaimedOf(Collection<String> groups) {
        writeBeforeReading();
        return jdbc.sql(COLUMNS + """
                        from to_do join item on item.id = to_do.item_id
                        where to_do.group_id = any (?) and to_do.assignee is null and not to_do.paused
                        order by item.item_no, to_do.task_id""")
                .param(groups.toArray(String[]::new))
                .query(ToDos::toDo)
                .list();
    }

    /** The tasks that are with a substitute for the time of an absence. */
    public List<ToDo> handedOver(long substitution) {
        writeBeforeReading();
        return jdbc.sql(COLUMNS + """
                        from to_do join item on item.id = to_do.item_id where to_do.handed_over = ?
                        order by to_do.task_id""").param(substitution).query(ToDos::toDo).list();
    }

    /** Notes for which absence the task is with a substitute; null when it is no longer. */
    @Transactional
    public void handOver(String taskId, Long substitution) {
        jdbc.sql("update to_do set handed_over = ? where task_id = ?")
                .params(substitution, taskId)
                .update();
    }

    /** Another group may claim the task. */
    @Transactional
    public void moveGroup(String taskId, String group) {
        jdbc.sql("update to_do set group_id = ? where task_id = ?")
                .params(group, taskId)
                .update();
    }

    /** Another day for a task that waits. */
    @Transactional
    public void moveDue(String taskId, Instant due) {
        // A task that is watched by itself is reviewed anew, at once, since the day on which it arrived is always over.
        jdbc.sql("""
                        update to_do
                        set due = ?, next_look = case when next_look is not null then created_at::date end
                        where task_id = ?""").params(utc(due), taskId).update();
    }

    /** Pauses a task at a suspended item, so that it waits for nobody, or resumes it. */
    @Transactional
    public void pause(String taskId, boolean paused) {
        jdbc.sql("update to_do set paused = ? where task_id = ?")
                .params(paused, taskId)
                .update();
    }

    /** Takes a task that is done off the list, unless the item's next one takes its row over. */
    @Transactional
    public void remove(String taskId, String itemNo) {
        String before = work().done.put(itemNo, taskId);
        if (before != null) {
            delete(before);
        }
    }

    private void delete(String taskId) {
        jdbc.sql("delete from to_do where task_id = ?").param(taskId).update();
    }

    private Work work() {
        return TransactionWork.of(this, Work::new);
    }

    /** A list that is read within a transaction has nothing on it that was done there. */
    private void writeBeforeReading() {
        if (TransactionWork.isPossible()) {
            work().write();
        }
    }

    /** The tasks that were done in one transaction and whose rows are not taken over yet, by the item's number. */
    private final class Work extends TransactionWork {

        private final Map<String, String> done = new HashMap<>();

        Work() {
            super(ToDos.this);
        }

        @Override
        protected void write() {
            done.values().forEach(ToDos.this::delete);
            done.clear();
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Waiting waiting(ResultSet row, int index) throws SQLException {
        return new Waiting(toDo(row, index), ItemLimits.facts(row));
    }

    private static ToDo toDo(ResultSet row, int index) throws SQLException {
        return new ToDo(
                row.getString("task_id"),
                row.getString("item_no"),
                row.getString("title"),
                row.getString("lead_unit"),
                row.getString("task_key"),
                row.getString("assignee"),
                row.getString("group_id"),
                row.getBoolean("for_leaders"),
                row.getTimestamp("due") == null ? null : row.getTimestamp("due").toInstant(),
                row.getTimestamp("created_at").toInstant(),
                row.getObject("current_due", LocalDate.class),
                row.getObject("item_started", LocalDate.class));
    }
}
