package org.guiling.engine.guard;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.engine.duedate.DueDates;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.organization.Person;
import org.guiling.supervision.Card;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Replies;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.CardReplyForm;
import org.guiling.workflow.form.FormValues;
import org.springframework.stereotype.Component;

/**
 * The units' answers to cards (督办回复): begun with the delivery of a card, and ended where nobody waits for the answer any
 * more. An open answer holds nothing up.
 */
@Component
public class CardReplies implements TaskHandler {

    private static final Set<CardState> STANDING = Set.of(CardState.ISSUED, CardState.OBJECTED, CardState.CONFIRMED);

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final Cards cards;
    private final Replies replies;
    private final ItemNotices notices;
    private final DueDates dueDates;
    private final Texts texts;
    private final OfficeClock clock;

    CardReplies(
            RuntimeService runtime,
            TaskService tasks,
            Cards cards,
            Replies replies,
            ItemNotices notices,
            DueDates dueDates,
            Texts texts,
            OfficeClock clock) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.cards = cards;
        this.replies = replies;
        this.notices = notices;
        this.dueDates = dueDates;
        this.texts = texts;
        this.clock = clock;
    }

    /** The unit is to answer a card that was issued now. Run twice, it begins once. */
    public void begin(Item item, Card card) {
        if (card.replyUntil() != null) {
            return;
        }
        runtime.startProcessInstanceByKey(
                CardReply.KEY,
                item.itemNo(),
                Variables.putValueTyped(CardReply.CARD, Variables.longValue(card.id(), true)));
    }

    /** The task of an instance begins to wait: the record names it, and the task's name the card. */
    @Override
    public void created(DelegateTask task, TaskContract contract, Item item) {
        long id = ((Number) task.getVariable(CardReply.CARD)).longValue();
        Card card = cards.find(item, id).orElseThrow();
        task.setName(texts.get("task.card", task.getName(), texts.label(card.rung())));
        replies.awaitReply(card, task.getId(), clock.dayOf(task.getDueDate().toInstant()));
    }

    @Override
    public Set<CardReply> tasks() {
        return Set.of(CardReply.values());
    }

    @Override
    public TaskResult complete(TaskContract contract, DelegateTask task, Item item, FormValues values, Person person) {
        Card card = replies.answer(
                item,
                task.getId(),
                values.get(CardReplyForm.CAUSE),
                values.get(CardReplyForm.DONE),
                values.get(CardReplyForm.NEXT),
                person);
        notices.answered(item, card);
        return TaskResult.none();
    }

    /** Another unit leads the item: it has the whole time for what is still to be answered. */
    void beginAnew(Item item) {
        LocalDate until = replies.dueFromToday(item);
        cards.of(item).stream().filter(Card::awaitsReply).forEach(card -> {
            dueDates.carryOver(item, CardReply.ANSWER_CARD, card.replyTask(), until);
            replies.awaitReplyUntil(item, card.replyTask(), until);
        });
    }

    /** Cards were taken back, or lifted: nobody has to answer them. */
    void endOfThoseThatFell(Item item) {
        end(item, card -> !STANDING.contains(card.state()));
    }

    /** The item has come to its end. */
    void end(Item item) {
        end(item, card -> true);
    }

    private void end(Item item, Predicate<Card> which) {
        List<Card> needless =
                cards.of(item).stream().filter(Card::awaitsReply).filter(which).toList();
        needless.forEach(card -> {
            replies.awaitNoReply(card);
            Task task = tasks.createTaskQuery().taskId(card.replyTask()).singleResult();
            // An operator may have ended the instance in Cockpit.
            if (task != null) {
                runtime.createMessageCorrelation(CardReply.REPLY_NEEDLESS)
                        .processInstanceId(task.getProcessInstanceId())
                        .correlate();
            }
        });
    }
}
