package org.guiling.workflow;

import java.util.List;
import java.util.Set;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Action;
import org.guiling.workflow.FiveStepZeroing.Variables;

/** The contract of {@code look-back.bpmn} (回头看): one instance for each closure, waiting for its day. */
public enum LookBack implements TaskContract {
    /** 回头看核实 */
    LOOK_BACK_CHECK;

    public static final String KEY = "look-back";

    /** The time of the look-back: a variable that the timer reads. */
    public static final String LOOK_BACK_DAY = "lookBackDay";

    private static final Set<String> PERSISTED =
            Set.of(Variables.ITEM_NO, Variables.TITLE, Variables.UNIT_NAME, Variables.LEAD_UNIT, LOOK_BACK_DAY);

    @Override
    public String id() {
        return "look-back-check";
    }

    @Override
    public String form() {
        return KEY;
    }

    @Override
    public Action action() {
        return Action.LOOK_BACK;
    }

    @Override
    public LimitKind limit() {
        return LimitKind.LOOK_BACK_CHECK;
    }

    @Override
    public boolean isWatchedByItself() {
        return true;
    }

    @Override
    public List<Outcome> outcomes() {
        return List.of(LookBackOutcome.values());
    }

    @Override
    public Set<String> persisted() {
        return PERSISTED;
    }
}
