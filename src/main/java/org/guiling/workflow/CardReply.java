package org.guiling.workflow;

import java.util.Set;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Action;
import org.guiling.workflow.FiveStepZeroing.Variables;

/** The contract of {@code card-reply.bpmn} (督办回复): one instance for each card that was issued, until it is answered. */
public enum CardReply implements TaskContract {
    /** 督办回复 */
    ANSWER_CARD;

    public static final String KEY = "card-reply";

    /** The message that nobody waits for the answer any more. */
    public static final String REPLY_NEEDLESS = "reply-needless";

    /** The card's id, until the task has taken it over; transient. */
    public static final String CARD = "card";

    private static final Set<String> PERSISTED =
            Set.of(Variables.ITEM_NO, Variables.TITLE, Variables.UNIT_NAME, Variables.LEAD_UNIT);

    @Override
    public String id() {
        return "answer-card";
    }

    @Override
    public String form() {
        return KEY;
    }

    @Override
    public Action action() {
        return Action.ANSWER_CARD;
    }

    @Override
    public LimitKind limit() {
        return LimitKind.CARD_REPLY;
    }

    @Override
    public boolean isWatchedByItself() {
        return true;
    }

    /** A card is issued while the answer to the one before is still awaited. */
    @Override
    public String climbKey(String taskId) {
        return id() + " " + taskId;
    }

    @Override
    public boolean beginsSupervision() {
        return false;
    }

    @Override
    public Set<String> persisted() {
        return PERSISTED;
    }
}
