package org.guiling.item.timeline;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.guiling.calendar.CalendarYear;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.organization.Person;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * History of an item (时间线): each step, each change of a date, each notice, each refusal, with actor, time and reason.
 * Rows are only ever added; the database refuses anything else.
 */
@Component
public class Timeline {

    private final JdbcClient jdbc;
    private final RefusalProblems refusalProblems;
    private final Clock clock;

    Timeline(JdbcClient jdbc, RefusalProblems refusalProblems, Clock clock) {
        this.jdbc = jdbc;
        this.refusalProblems = refusalProblems;
        this.clock = clock;
    }

    /** @param actor null where the system acts by itself at a date */
    public void append(Item item, Action action, Person actor, TimelineFact fact) {
        appendAction(item, action, actor, TimelineDetail.of(fact));
    }

    /** @param actor null where the system acts by itself at a date */
    public void appendAction(Item item, Action action, Person actor, TimelineDetail detail) {
        append(item, action, id(actor), null, detail);
    }

    /** Writes down that the date of a waiting task moved, which is not the item's own. */
    public void appendTaskMoved(Item item, String task, Person actor, TimelineDetail detail) {
        append(item, Action.DUE_MOVED, id(actor), task, detail);
    }

    /** Writes down that a task is in other hands. */
    public void appendHandedOver(Item item, String task, Person actor, TimelineDetail detail) {
        append(item, Action.HAND_OVER, id(actor), task, detail);
    }

    /** Writes down that a newly loaded year of the calendar moved a date of the item. */
    public void appendMoved(Item item, MovedDate date, CalendarYear year) {
        String notice = year.notice().number();
        append(
                item,
                Action.DUE_MOVED,
                year.loadedBy(),
                date.taskKey(),
                TimelineDetail.of(new TimelineFact.DateMoved(date.from(), date.to(), notice))
                        .moving(date.from(), date.to(), notice));
    }

    /**
     * Writes down that people were told something of the item.
     *
     * @param kind the name of the notice's kind
     * @param recipients ids of everybody who was told; at least one
     * @param actor whose action told them; null where the system acts by itself
     */
    public void appendNotified(Item item, String kind, Collection<String> recipients, Person actor) {
        jdbc.sql("""
                        insert into timeline (item_id, at, actor, action, step, round, status, notice_kind, recipients)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        OffsetDateTime.now(clock),
                        id(actor),
                        Action.NOTIFIED.name(),
                        item.step().name(),
                        item.round(),
                        item.status().name(),
                        kind,
                        recipients.toArray(String[]::new))
                .update();
    }

    private void append(Item item, Action action, String actor, String task, TimelineDetail detail) {
        DueChange due = detail.due() == null ? new DueChange(null, null, null) : detail.due();
        jdbc.sql("""
                        insert into timeline (item_id, at, actor, action, step, round, status, fact, reason, task,
                            due_from, due_to, due_basis)
                        values (?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        OffsetDateTime.now(clock),
                        actor,
                        action.name(),
                        item.step().name(),
                        item.round(),
                        item.status().name(),
                        TimelineFacts.write(detail.fact()),
                        detail.reason(),
                        task,
                        due.from(),
                        due.to(),
                        due.basis())
                .update();
        if (actor != null) {
            item.remember(actor, action);
        }
    }

    /** The row of what was last done to an item; that people were told, or refused something, changes nothing. */
    public long lastChange(Item item) {
        return jdbc.sql("select max(id) from timeline where item_id = ? and action not in ('NOTIFIED', 'REFUSED')")
                .param(item.id())
                .query(Long.class)
                .single();
    }

    /** The whole history of an item, the oldest first. */
    public List<TimelineEntry> of(Item item) {
        return of(item, 0, Integer.MAX_VALUE);
    }

    public int count(Item item) {
        return jdbc.sql("select count(*) from timeline where item_id = ?")
                .param(item.id())
                .query(Integer.class)
                .single();
    }

    /** A part of an item's history, the oldest first. */
    public List<TimelineEntry> of(Item item, int offset, int limit) {
        return jdbc.sql("select * from timeline where item_id = ? order by id offset ? limit ?")
                .params(item.id(), offset, limit)
                .query((row, index) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        row.getString("actor"),
                        Action.valueOf(row.getString("action")),
                        Step.valueOf(row.getString("step")),
                        row.getInt("round"),
                        ItemStatus.valueOf(row.getString("status")),
                        fact(row),
                        row.getString("reason"),
                        row.getString("task"),
                        due(row),
                        notice(row),
                        refusal(row)))
                .list();
    }

    private static TimelineFact fact(ResultSet row) throws SQLException {
        String fact = row.getString("fact");
        String note = row.getString("note");
        return fact != null
                ? TimelineFacts.read(fact)
                : note == null ? null : FormerNotes.read(Action.valueOf(row.getString("action")), note);
    }

    private static DueChange due(ResultSet row) throws SQLException {
        LocalDate from = row.getObject("due_from", LocalDate.class);
        LocalDate to = row.getObject("due_to", LocalDate.class);
        return from == null && to == null ? null : new DueChange(from, to, row.getString("due_basis"));
    }

    private static TimelineEntry.Notice notice(ResultSet row) throws SQLException {
        Array recipients = row.getArray("recipients");
        return recipients == null
                ? null
                : new TimelineEntry.Notice(
                        row.getString("notice_kind"), Arrays.asList((String[]) recipients.getArray()));
    }

    private TimelineEntry.Refusal refusal(ResultSet row) throws SQLException {
        String attempt = row.getString("attempt");
        return attempt == null
                ? null
                : new TimelineEntry.Refusal(Action.valueOf(attempt), refusalProblems.read(row.getString("problems")));
    }

    private static String id(Person actor) {
        return actor == null ? null : actor.id();
    }
}
