package org.guiling.item;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.guiling.calendar.CalendarYear;
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

    /**
     * Writes down what was done to an item.
     *
     * @param actor null where the system acts by itself at a date
     * @param note what else is to be known of it, without personal data; may be null
     */
    public void append(Item item, Action action, Person actor, String note) {
        append(item, action, actor == null ? null : actor.id(), note);
    }

    /** Writes down that a newly loaded year of the calendar moved a date of the item. */
    public void appendMoved(Item item, MovedDate date, CalendarYear year) {
        String note = date.from() + " → " + date.to() + " · " + year.notice().number();
        append(item, Action.DUE_MOVED, year.loadedBy(), note);
    }

    private void append(Item item, Action action, String actor, String note) {
        jdbc.sql("""
                        insert into timeline (item_id, at, actor, action, step, round, status, note)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        OffsetDateTime.now(clock),
                        actor,
                        action.name(),
                        item.step().name(),
                        item.round(),
                        item.status().name(),
                        note)
                .update();
        if (actor != null) {
            item.remember(actor, action);
        }
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
