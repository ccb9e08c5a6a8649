package org.guiling.item.step;

import java.util.List;
import org.guiling.item.Item;
import org.guiling.item.request.Suspensions;
import org.guiling.refusal.Gate;
import org.guiling.refusal.Problem;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The criteria that an item still lacks before the step that it is in is at zero (还差什么, DOMAIN.md §1), found by the
 * very rules by which the step's gate will ask. What only the form knows that somebody is filling in is not seen here.
 */
@Component
@Transactional(readOnly = true)
public class OpenCriteria {

    private final DeadlineStep deadlineStep;
    private final VerificationStep verificationStep;
    private final ClosureGate closureGate;
    private final Suspensions suspensions;

    OpenCriteria(
            DeadlineStep deadlineStep,
            VerificationStep verificationStep,
            ClosureGate closureGate,
            Suspensions suspensions) {
        this.deadlineStep = deadlineStep;
        this.verificationStep = verificationStep;
        this.closureGate = closureGate;
        this.suspensions = suspensions;
    }

    /** One problem for each; none for an item that has ended. */
    public List<Problem> of(Item item) {
        Gate gate = new Gate();
        switch (item.status()) {
            case DRAFT -> gate.require(false, null, "criterion.amendment");
            case REVIEW -> gate.require(false, null, "criterion.review");
            case DISPATCHED -> gate.require(false, null, "criterion.claim");
            case DISPUTED -> gate.require(false, null, "criterion.ruling");
            case PLANNING -> deadlineStep.lackingPlan(gate, item);
            case PLAN_REVIEW -> gate.require(false, null, "criterion.plan-approval");
            case RECTIFYING, REWORK -> verificationStep.lackingRectification(gate, item);
            case VERIFYING -> verificationStep.lackingVerification(gate, item);
            case CLOSING -> closureGate.lacking(gate.require(false, null, "criterion.sign-off"), item);
            case SUSPENDED -> gate.require(false, null, "criterion.suspended", suspensions.suspendedUntil(item));
            case NOT_ACCEPTED, MERGED, CLOSED, TRANSFERRED, CANCELLED -> {
                // Ended: nothing is asked of anybody.
            }
        }
        return gate.problems();
    }
}
