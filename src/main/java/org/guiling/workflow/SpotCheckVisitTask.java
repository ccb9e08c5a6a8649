package org.guiling.workflow;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Action;
import org.guiling.workflow.FiveStepZeroing.Variables;

/** The contract of {@code spot-check-visit.bpmn} (实地抽查): one instance for each item that was drawn. */
public enum SpotCheckVisitTask implements TaskContract {
    /** 实地抽查 */
    CARRY_OUT_VISIT;

    public static final String KEY = "spot-check-visit";

    /** The numbers of the items that new problems became, for the service task that begins them; transient. */
    public static final String FOUND_ITEMS = "foundItems";

    private static final Set<String> PERSISTED =
            Set.of(Variables.ITEM_NO, Variables.TITLE, Variables.UNIT_NAME, Variables.LEAD_UNIT);

    public static Optional<SpotCheckVisitTask> of(String elementId) {
        return Optional.of(CARRY_OUT_VISIT).filter(task -> task.id().equals(elementId));
    }

    @Override
    public String id() {
        return "carry-out-visit";
    }

    @Override
    public String form() {
        return KEY;
    }

    @Override
    public Action action() {
        return Action.SPOT_CHECK;
    }

    @Override
    public LimitKind limit() {
        return LimitKind.SPOT_CHECK_VISIT;
    }

    /** The unit is told only after the visit (DOMAIN.md §3). */
    @Override
    public boolean isConfidential() {
        return true;
    }

    @Override
    public boolean isWatchedByItself() {
        return true;
    }

    @Override
    public List<Outcome> outcomes() {
        return List.of(VisitOutcome.values());
    }

    @Override
    public Set<String> persisted() {
        return PERSISTED;
    }
}
