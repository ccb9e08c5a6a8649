package org.guiling.item;

import java.time.Clock;
import java.util.List;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Step 2, 定责认领: no gap and no dispute about who answers for it (DOMAIN.md §1). */
@Component
@Transactional
public class OwnershipStep {

    private final Items items;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final Organization organization;
    private final Clock clock;

    OwnershipStep(Items items, Timeline timeline, FourEyes fourEyes, Organization organization, Clock clock) {
        this.items = items;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.organization = organization;
        this.clock = clock;
    }

    /**
     * Who answers for the item.
     *
     * @param handler a person's id
     * @param confirmed whether the unit accepts the lead without dispute
     */
    public record Claim(
            String principal, String divisionLeader, String handler, List<String> coUnits, boolean confirmed) {}

    public void claim(Item item, Claim claim, Person claimant) {
        fourEyes.check(item, Action.CLAIM, claimant);
        checkGate(item, claim, claimant);
        item.write(item.registration().withCoUnits(claim.coUnits()));
        item.write(new Responsibility(
                claim.principal(), claim.divisionLeader(), claim.handler(), claimant.id(), clock.instant()));
        timeline.append(item, Action.CLAIM, claimant, claim.handler());
        items.save(item);
    }

    private void checkGate(Item item, Claim claim, Person claimant) {
        String leadUnit = item.registration().leadUnit();
        Person handler = organization.people(leadUnit, Role.HANDLER).stream()
                .filter(person -> person.id().equals(claim.handler()))
                .findFirst()
                .orElse(null);
        Gate gate = new Gate()
                .require(claimant.unitCode().equals(leadUnit), null, "refusal.claim.other-unit")
                .require(claim.confirmed(), "responsibilityConfirmed", "refusal.claim.unconfirmed")
                .require(handler != null, "handler", "refusal.claim.handler-unknown", claim.handler());
        if (handler != null) {
            gate.require(
                    fourEyes.conflict(item, Action.DRAFT_PLAN, handler).isEmpty(),
                    "handler",
                    "refusal.claim.handler-excluded",
                    handler.name());
        }
        IntakeStep.requireCoUnits(gate, leadUnit, claim.coUnits(), organization);
        gate.pass();
    }
}
