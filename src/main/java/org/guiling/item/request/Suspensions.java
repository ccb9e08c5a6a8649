package org.guiling.item.request;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.rule.Pause;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Suspensions (挂起) that were granted: until when they last, and the item's resumption. */
@Component
@Transactional
public class Suspensions {

    private final ItemRequests requests;
    private final Items items;
    private final Timeline timeline;
    private final DueDateRule dueDateRule;
    private final WorkingCalendars calendars;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    Suspensions(
            ItemRequests requests,
            Items items,
            Timeline timeline,
            DueDateRule dueDateRule,
            WorkingCalendars calendars,
            JdbcClient jdbc,
            OfficeClock clock) {
        this.requests = requests;
        this.items = items;
        this.timeline = timeline;
        this.dueDateRule = dueDateRule;
        this.calendars = calendars;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** True where the item's date in force has passed: its suspension is for the leading group then (DOMAIN.md §7). */
    @Transactional(readOnly = true)
    public boolean isOverdue(Item item) {
        return item.currentDue() != null && item.currentDue().isBefore(clock.today());
    }

    /** The review day (复核日) of the suspension that lasts; null when none does. */
    @Transactional(readOnly = true)
    public LocalDate suspendedUntil(Item item) {
        return runningSuspension(item).map(ItemRequest::askedDay).orElse(null);
    }

    /**
     * Ends a suspension; the date in force moves by the days that it lasted. A server that was down over the review day
     * takes nothing from it. Status and step follow the engine.
     *
     * @param person null when its review day has come
     * @return how long it lasted; empty where somebody has ended it already
     */
    public Optional<Pause> resume(Item item, Person person) {
        if (item.status() != ItemStatus.SUSPENDED) {
            return Optional.empty();
        }
        ItemRequest suspension =
                runningSuspension(item).orElseThrow(() -> RefusedException.conflict("refusal.request.not-suspended"));
        LocalDate today = clock.today();
        Pause pause =
                Pause.endingOn(today, clock.dayOf(suspension.decidedAt()), suspension.askedDay(), calendars.current());
        jdbc.sql("update item_request set ended_at = ? where id = ?")
                .params(OffsetDateTime.now(clock), suspension.id())
                .update();
        LocalDate before = item.currentDue();
        if (before != null) {
            item.resumeUntil(dueDateRule.afterPause(item, pause));
            items.save(item);
        }
        timeline.appendAction(
                item,
                Action.RESUME,
                person,
                new TimelineFact.Paused(pause.days())
                        .because(suspension.opinion())
                        .moving(before, item.currentDue(), item.dueBasis()));
        return Optional.of(pause);
    }

    /** The time at which the item was resumed after its last suspension; empty when it never was suspended. */
    @Transactional(readOnly = true)
    public Optional<Instant> resumedAt(Item item) {
        return requests.of(item).stream()
                .map(ItemRequest::endedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /** Reasons for which a suspension ends before its review day. */
    public void noteResumption(Item item, String opinion) {
        jdbc.sql("""
                        update item_request set opinion = ?
                        where item_id = ? and kind = 'SUSPENSION' and granted and ended_at is null""").params(opinion, item.id()).update();
    }

    private Optional<ItemRequest> runningSuspension(Item item) {
        return requests.of(item).stream()
                .filter(ItemRequest::isRunningSuspension)
                .findFirst();
    }
}
