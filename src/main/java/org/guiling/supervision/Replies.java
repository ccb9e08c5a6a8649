package org.guiling.supervision;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.record.FourEyes;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The units' replies to cards (督办回复): which are awaited, until when, and what a unit answers. */
@Component
@Transactional
public class Replies {

    private final Cards cards;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final ItemLimits limits;
    private final WorkingCalendars calendars;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    Replies(
            Cards cards,
            Timeline timeline,
            FourEyes fourEyes,
            ItemLimits limits,
            WorkingCalendars calendars,
            JdbcClient jdbc,
            OfficeClock clock) {
        this.cards = cards;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.limits = limits;
        this.calendars = calendars;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The last day for an answer that is asked for today. */
    @Transactional(readOnly = true)
    public LocalDate dueFromToday(Item item) {
        return calendars
                .dueAfter(clock.today(), limits.limit(LimitKind.CARD_REPLY, item))
                .due();
    }

    /** A task waits for the unit's answer to a card, until the end of a day. */
    public void awaitReply(Card card, String taskId, LocalDate until) {
        jdbc.sql("update supervision_card set reply_task = ?, reply_due = ? where id = ?")
                .params(taskId, until, card.id())
                .update();
    }

    /** Another last day for an answer that is awaited. */
    public void awaitReplyUntil(Item item, String taskId, LocalDate until) {
        jdbc.sql("update supervision_card set reply_due = ? where item_id = ? and reply_task = ?")
                .params(until, item.id(), taskId)
                .update();
    }

    /** Nobody waits for the unit's answer any more. */
    public void awaitNoReply(Card card) {
        jdbc.sql("update supervision_card set reply_task = null where id = ?")
                .param(card.id())
                .update();
    }

    /**
     * The unit that leads the item answers a card, once. Whether it objects as well is another matter, and nobody rules
     * on the answer.
     *
     * @param taskId the task that waits for the answer
     * @param cause of the delay
     * @param done what has been done since
     * @param next what will be done, and by when
     * @return the card with the answer
     * @throws RefusedException when no answer is awaited any more, the person is of another unit, or has to do with the item
     *     otherwise
     */
    public Card answer(Item item, String taskId, String cause, String done, String next, Person person) {
        fourEyes.check(item, Action.ANSWER_CARD, person);
        Card card = cards.awaiting(item, taskId);
        if (!CardRule.speaksFor(item.registration().leadUnit(), person)) {
            throw RefusedException.forbidden("refusal.reply.other-unit");
        }
        jdbc.sql("""
                        update supervision_card
                        set reply_task = null, replied_by = ?, replied_at = ?, reply_cause = ?, reply_done = ?,
                            reply_next = ?
                        where id = ?""")
                .params(person.id(), OffsetDateTime.now(clock), cause, done, next, card.id())
                .update();
        timeline.appendAction(
                item,
                Action.ANSWER_CARD,
                person,
                new TimelineFact.Card(card.rung().name()).because(done));
        return cards.find(item, card.id()).orElseThrow();
    }
}
