package org.guiling.spotcheck;

import java.util.ArrayList;
import java.util.List;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Registration;
import org.guiling.item.SourceType;
import org.guiling.item.lookback.LookBackStep;
import org.guiling.item.step.IntakeStep;
import org.guiling.item.step.VerificationStep;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.springframework.stereotype.Component;

/** Follows up a recorded visit: the item is rectified again, and problems that nobody had written down become items. */
@Component
class VisitFollowUp {

    private final SpotChecks spotChecks;
    private final VerificationStep verificationStep;
    private final LookBackStep lookBackStep;
    private final IntakeStep intakeStep;
    private final Organization organization;

    VisitFollowUp(
            SpotChecks spotChecks,
            VerificationStep verificationStep,
            LookBackStep lookBackStep,
            IntakeStep intakeStep,
            Organization organization) {
        this.spotChecks = spotChecks;
        this.verificationStep = verificationStep;
        this.lookBackStep = lookBackStep;
        this.intakeStep = intakeStep;
        this.organization = organization;
    }

    /** Takes the item back to its rectification where the finding asks for it, an open one or a closed one. */
    void takeBack(Item item, VisitStep.Finding finding, Person visitor) {
        if (VisitStep.sendsBack(item, finding.result(), finding.falsified())) {
            verificationStep.returnForRework(item, Action.SPOT_CHECK, finding.discrepancies(), finding.reworkDue());
        } else if (finding.result() == SpotCheckResult.DISCREPANT && VisitStep.reopens(item)) {
            lookBackStep.reopen(item, Action.SPOT_CHECK, finding.discrepancies(), finding.reworkDue(), visitor);
        }
    }

    /** Registers the problems that they came across, each an item that has not begun. */
    List<Item> register(SpotCheck check, Item visited, VisitStep.Finding finding, Person visitor) {
        List<Item> registered = new ArrayList<>();
        for (VisitStep.Problem problem : finding.problems()) {
            int seq = registered.size() + 1;
            Item item = intakeStep.registerFound(facts(check, visited, seq, finding, problem, visitor), visitor);
            registered.add(item);
            spotChecks.recordFound(check, visited, seq, item);
        }
        return registered;
    }

    /** Each has a number of its own in the check, so that two of one visit are not taken for one. */
    private Registration facts(
            SpotCheck check,
            Item visited,
            int seq,
            VisitStep.Finding finding,
            VisitStep.Problem problem,
            Person visitor) {
        Registration known = visited.registration();
        return new Registration(
                known.campaignCode(),
                SourceType.SUPERVISION,
                check.checkNo(),
                visited.itemNo() + "/" + seq,
                finding.visitedOn(),
                organization.unit(visitor.unitCode()).orElseThrow().name(),
                problem.title(),
                problem.factText(),
                known.location(),
                null,
                null,
                problem.category(),
                problem.level(),
                known.urgency(),
                false,
                known.visibility(),
                known.leadUnit(),
                List.of(),
                null,
                null);
    }
}
