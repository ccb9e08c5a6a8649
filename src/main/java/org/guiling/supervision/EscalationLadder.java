package org.guiling.supervision;

import java.util.List;
import org.guiling.calendar.LimitKind;

/** The policy table of supervision. Offices edit it as {@code escalation-ladder.dmn}. */
public interface EscalationLadder {

    /**
     * The steps that apply, by their working days.
     *
     * @param limit of the task that waits
     * @param level of the item, 1 to 4
     * @param rejections how often it was returned for rework; 0 where that is not the cause
     * @return empty where nothing is supervised
     */
    List<LadderStep> steps(Cause cause, LimitKind limit, int level, int rejections);
}
