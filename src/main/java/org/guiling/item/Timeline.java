package org.guiling.item;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.guiling.organization.Person;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who did what, when (时间线). Rows are only ever added; the database refuses anything else. */
@Component
public class Timeline {

    private final JdbcClient jdbc;
    private final Clock clock;

    Timeline(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param actor null where the system acts by itself at a date */
    void append(Item item, Action action, Person actor, String note) {
        jdbc.sql("""
                        insert into timeline (item_id, at, actor, action, step, round, status, note)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        OffsetDateTime.now(clock),
                        actor == null ? null : actor.id(),
                        action.name(),
                        item.step().name(),
                        item.round(),
                        item.status().name(),
                        note)
                .update();
        if (actor != null) {
            item.remember(actor.id(), action);
        }
    }

    /**
     * Writes down that a date of the item was moved without anybody's decision about the item.
     *
     * @param reason why, as people read it: the notice's number where a year of the calendar was loaded
     * @param actor whose doing moved it; null where the system acts by itself
     */
    public void appendMovedDue(Item item, LocalDate from, LocalDate to, String reason, Person actor) {
        append(item, Action.DUE_MOVED, actor, from + " → " + to + " · " + reason);
    }

    public List<TimelineEntry> of(Item item) {
        return jdbc.sql("select * from timeline where item_id = ? order by id")
                .param(item.id())
                .query((row, index) -> new TimelineEntry(
                        row.getTimestamp("at").toInstant(),
                        row.getString("actor"),
                        Action.valueOf(row.getString("action")),
                        Step.valueOf(row.getString("step")),
                        row.getInt("round"),
                        ItemStatus.valueOf(row.getString("status")),
                        row.getString("note")))
                .list();
    }
}
