package org.guiling.engine.supervision;

import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.calendar.CalendarYearLoaded;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.supervision.Card;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Cause;
import org.guiling.supervision.Ladder;
import org.guiling.supervision.Watch;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.TaskContract;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps one timer at each item that somebody has to do something about: when supervision (督办) looks at it next. It
 * begins with the item's first task, moves with every date in the same transaction, and ends with the item or for as
 * long as the item is suspended.
 *
 * <p>A step that is done moves the timer only where the next one has to be looked at earlier. A timer that comes too
 * early looks, finds nothing and waits on; the ordinary way through the steps costs it no statement.
 */
@Component("supervision")
public class Supervision {

    private final SupervisedMatters matters;
    private final SupervisionInstances instances;
    private final Items items;
    private final Ladder ladder;
    private final Cards cards;
    private final ItemNotices notices;
    private final OfficeClock clock;

    Supervision(
            SupervisedMatters matters,
            SupervisionInstances instances,
            Items items,
            Ladder ladder,
            Cards cards,
            ItemNotices notices,
            OfficeClock clock) {
        this.matters = matters;
        this.instances = instances;
        this.items = items;
        this.ladder = ladder;
        this.cards = cards;
        this.notices = notices;
        this.clock = clock;
    }

    /** The model asks it when its timer is due: at the beginning of the day. */
    public Date nextLook(DelegateExecution execution) {
        return instances.nextLook(items.get(execution.getProcessBusinessKey()));
    }

    /** A task begins to wait. */
    public void follow(Item item, TaskContract contract, Date due) {
        if (!isWatched(item) || due == null || !contract.beginsSupervision()) {
            return;
        }
        LocalDate known = item.nextLook();
        LocalDate look = matters.of(item, contract, clock.dayOf(due.toInstant()), clock.today()).stream()
                .map(watch -> ladder.firstLook(item, watch))
                .min(LocalDate::compareTo)
                .orElseThrow();
        boolean earlier = known == null || look.isBefore(known);
        if (earlier) {
            items.setNextLook(item, look);
        }
        if (known == null) {
            instances.start(item);
        } else if (!settle(item, contract) && earlier) {
            instances.moveTimer(item);
        }
    }

    /** The date of a waiting task was set anew: the ladder begins anew with it. */
    public void startAfresh(Item item, TaskContract contract, LocalDate due) {
        if (isWatched(item)) {
            ladder.startAfresh(item, Watch.due(contract.id(), contract.limit(), due, clock.today()));
            if (isProposedFor(item, Cause.DUE)) {
                items.setNextLook(item, ladder.nextLook(item, matters.of(item)));
                if (!makeVoid(item)) {
                    instances.moveTimer(item);
                }
            } else {
                lookAgain(item);
            }
        }
    }

    private boolean isProposedFor(Item item, Cause cause) {
        return item.proposedCard() != null && cards.proposed(item).cause() == cause;
    }

    /** The date of a waiting task moved, and the ladder goes on where it stood; also after a suspension. */
    public void carryOver(Item item, TaskContract contract, String taskId, LocalDate due) {
        if (isWatched(item) && !contract.isConfidential()) {
            ladder.carryOver(item, contract.climbKey(taskId), due);
            lookAgain(item);
        }
    }

    /**
     * Looks at the item: reminds, urges or proposes a card, and says when to look again. What was climbed is recorded in the
     * engine's transaction, so that a second look on the same day climbs nothing.
     *
     * @return the card that waits for its decision
     */
    public Optional<Card> climb(Item item) {
        List<Watch> watches = matters.of(item);
        ladder.climb(item, watches).ifPresent(rise -> {
            if (rise.rung().isCard()) {
                cards.propose(item, rise);
            } else {
                notices.climbed(item, rise);
            }
        });
        items.setNextLook(item, ladder.nextLook(item, watches));
        return item.proposedCard() == null ? Optional.empty() : Optional.of(cards.proposed(item));
    }

    /** Nobody has to do anything about the item any more, or for now. */
    public void end(Item item) {
        if (item.nextLook() == null) {
            return;
        }
        if (item.proposedCard() != null) {
            cards.makeVoid(item);
        }
        items.setNextLook(item, null);
        instances.end(item);
    }

    /** Items of a version that did not supervise. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void takeUp() {
        lookAgain(items.unwatched());
    }

    /** A rung is so many working days away: other days are worked, other days are its own. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(CalendarYearLoaded loaded) {
        LocalDate first = LocalDate.ofYearDay(loaded.change().year().year(), 1);
        lookAgain(items.watchedFrom(first));
    }

    private void lookAgain(List<String> itemNos) {
        items.lock(itemNos);
        itemNos.forEach(itemNo -> lookAgain(items.get(itemNo)));
    }

    /** Reviews the ladder after a change of the facts that its table asks for. */
    public void lookAgain(Item item) {
        if (!isWatched(item)) {
            return;
        }
        LocalDate known = item.nextLook();
        LocalDate look = ladder.nextLook(item, matters.of(item));
        if (look.equals(known)) {
            return;
        }
        items.setNextLook(item, look);
        if (known == null) {
            instances.start(item);
        } else {
            instances.moveTimer(item);
        }
    }

    /** @return whether a proposed card was about what is settled now that this task waits, and supervision waits anew */
    private boolean settle(Item item, TaskContract contract) {
        if (item.proposedCard() == null || !contract.isStep()) {
            return false;
        }
        Card card = cards.proposed(item);
        boolean settled = card.cause() != Cause.REJECTION
                && (!card.taskKey().equals(contract.id())
                        || card.round() != item.round()
                        || card.cause() == Cause.STAGNATION);
        return settled && makeVoid(item);
    }

    /**
     * @return whether the proposal waited for its decision, so that supervision waits for its next look from now on;
     *     false between the proposal's end and the next look, which follows at once and finds no proposal
     */
    private boolean makeVoid(Item item) {
        cards.makeVoid(item);
        // Rungs that gave way to the card, or waited for it, have not been decided by anybody.
        if (item.round() > 1 && !cards.hasDecidedOnReturn(item)) {
            ladder.forget(item, Cause.REJECTION);
            items.setNextLook(item, clock.today());
        }
        return instances.settle(item);
    }

    private static boolean isWatched(Item item) {
        return item.status().isOpen() && item.status() != ItemStatus.SUSPENDED;
    }
}
