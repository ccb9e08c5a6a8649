package org.guiling.item;

import java.time.LocalDate;

/**
 * The plan for an item (整改方案); its measures are rows of their own.
 *
 * @param plannedDue the due date that the plan proposes; null when the source document set one
 * @param fixNowWaiver why nothing needs curing now, or null
 * @param longTermWaiver why nothing needs a lasting rule, or null
 * @param funds 资金保障, from level 3 on
 * @param emergencyPlan 应急预案, from level 3 on
 * @param planApprovedBy null until it is approved
 * @param planOpinion why it was returned, or null
 */
public record Plan(
        String rootCause,
        RectificationType rectType,
        String target,
        LocalDate plannedDue,
        String fixNowWaiver,
        String longTermWaiver,
        String funds,
        String emergencyPlan,
        String plannedBy,
        String planApprovedBy,
        String planOpinion) {

    public Plan approvedBy(String approver) {
        return decided(approver, null);
    }

    public Plan returned(String opinion) {
        return decided(null, opinion);
    }

    private Plan decided(String approver, String opinion) {
        return new Plan(
                rootCause,
                rectType,
                target,
                plannedDue,
                fixNowWaiver,
                longTermWaiver,
                funds,
                emergencyPlan,
                plannedBy,
                approver,
                opinion);
    }
}
