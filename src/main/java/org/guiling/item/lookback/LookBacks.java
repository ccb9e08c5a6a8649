package org.guiling.item.lookback;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.guiling.calendar.CalendarChange;
import org.guiling.calendar.CalendarYearLoaded;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.TimeLimit;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.timeline.MovedDate;
import org.guiling.item.timeline.Timeline;
import org.guiling.time.OfficeClock;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The days on which closed items are looked at again (回头看, DOMAIN.md §3). */
@Component
public class LookBacks {

    private final Items items;
    private final Timeline timeline;
    private final ItemLimits limits;
    private final WorkingCalendars calendars;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    LookBacks(
            Items items,
            Timeline timeline,
            ItemLimits limits,
            WorkingCalendars calendars,
            JdbcClient jdbc,
            OfficeClock clock) {
        this.items = items;
        this.timeline = timeline;
        this.limits = limits;
        this.calendars = calendars;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The day of the look-back of an item that is closed today. */
    public LocalDate dayOf(Item item) {
        return calendars
                .dueAfter(clock.today(), limits.limit(LimitKind.LOOK_BACK, item))
                .due();
    }

    /** The look-backs that a year of the calendar moves, or would move. */
    @Transactional(readOnly = true)
    public List<MovedDate> movedBy(CalendarChange change) {
        LocalDate first = LocalDate.ofYearDay(change.year().year(), 1);
        return jdbc
                .sql("select item_no, title, closed_at, look_back_on, " + ItemLimits.FACTS + """

                        from item
                        where status = 'CLOSED' and look_back_on >= :first and closed_at < :end
                        order by item_no""")
                .param("first", first)
                .param("end", startOf(first.plusYears(1)))
                .query((row, index) -> moved(row, change))
                .list()
                .stream()
                .filter(MovedDate::isAnother)
                .toList();
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(CalendarYearLoaded loaded) {
        items.lock(movedBy(loaded.change()).stream().map(MovedDate::itemNo).toList());
        // A look-back that moved on while it was waited for is looked at again.
        for (MovedDate date : movedBy(loaded.change())) {
            Item item = items.get(date.itemNo());
            timeline.appendMoved(item, date, loaded.change().year());
            item.write(item.outcome().lookedBackOn(date.to()));
            items.save(item);
        }
    }

    private MovedDate moved(ResultSet row, CalendarChange change) throws SQLException {
        LocalDate closed = clock.dayOf(row.getTimestamp("closed_at").toInstant());
        LocalDate day = row.getObject("look_back_on", LocalDate.class);
        TimeLimit limit = limits.limit(LimitKind.LOOK_BACK, ItemLimits.facts(row));
        return new MovedDate(
                row.getString("item_no"), row.getString("title"), null, null, day, change.moved(day, closed, limit));
    }

    private OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toOffsetDateTime();
    }
}
