package org.guiling.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Action;
import org.guiling.workflow.FiveStepZeroing.Variables;

/** The contract of {@code supervision.bpmn} (督办升级): one instance for each item that somebody has to do something about. */
public enum SupervisionTask implements TaskContract {
    /** 发牌决定 */
    DECIDE_ON_CARD("decide-on-card", "card-decision", Action.ISSUE_CARD, LimitKind.CARD_DECISION, CardOutcome.values()),
    /** 撤回 */
    TAKE_BACK_CARD("take-back-card", "card-taking-back", Action.TAKE_BACK_CARD, LimitKind.CARD_UNDO);

    public static final String KEY = "supervision";

    /** The service task that climbs the ladder, and ends with a {@link LadderOutcome}. */
    public static final String CLIMB_LADDER = "climb-ladder";

    /** The message that a proposed card is about something that is settled. */
    public static final String MATTER_SETTLED = "matter-settled";

    /** The message that nobody has to do anything about the item any more, or for now. */
    public static final String SUPERVISION_ENDED = "supervision-ended";

    /** The groups that may issue the card, and the person who issued it; transient. */
    public static final String ISSUERS = "issuers";

    public static final String ISSUER = "issuer";

    /** The timer that ends the time in which a card may be taken back: no look at the ladder. */
    public static final String UNDO_TIMER = "undo-over";

    private static final Set<String> PERSISTED =
            Set.of(Variables.ITEM_NO, Variables.TITLE, Variables.UNIT_NAME, Variables.LEAD_UNIT);

    private final String id;
    private final String form;
    private final Action action;
    private final LimitKind limit;
    private final List<Outcome> outcomes;

    SupervisionTask(String id, String form, Action action, LimitKind limit, Outcome... outcomes) {
        this.id = id;
        this.form = form;
        this.action = action;
        this.limit = limit;
        this.outcomes = List.of(outcomes);
    }

    /** The contract of the element with this id; empty for a task of another model. */
    public static Optional<SupervisionTask> of(String elementId) {
        return Arrays.stream(values()).filter(task -> task.id.equals(elementId)).findFirst();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String form() {
        return form;
    }

    @Override
    public Action action() {
        return action;
    }

    @Override
    public LimitKind limit() {
        return limit;
    }

    @Override
    public List<Outcome> outcomes() {
        return outcomes;
    }

    @Override
    public boolean isWatchedByItself() {
        return this == DECIDE_ON_CARD;
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
