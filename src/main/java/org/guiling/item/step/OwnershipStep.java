package org.guiling.item.step;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.Responsibility;
import org.guiling.item.record.FourEyes;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Step 2, 定责认领: no gap and no dispute about who answers for it (DOMAIN.md §1). */
@Component
@Transactional
public class OwnershipStep {

    /** The office rules on the first, the leading group finally on the second (DOMAIN.md §3). */
    private static final int DECLINES = 2;

    private final Items items;
    private final Declines declines;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final Organization organization;
    private final ItemLimits limits;
    private final WorkingCalendars calendars;
    private final OfficeClock clock;

    OwnershipStep(
            Items items,
            Declines declines,
            Timeline timeline,
            FourEyes fourEyes,
            Organization organization,
            ItemLimits limits,
            WorkingCalendars calendars,
            OfficeClock clock) {
        this.items = items;
        this.declines = declines;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.organization = organization;
        this.limits = limits;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * The people who answer for the item.
     *
     * @param handler a person's id
     * @param confirmed whether the unit accepts the lead without dispute
     * @param due the last day for the claim; null where there is none
     */
    public record Claim(
            String principal,
            String divisionLeader,
            String handler,
            List<String> coUnits,
            boolean confirmed,
            LocalDate due) {}

    public void claim(Item item, Claim claim, Person claimant) {
        fourEyes.check(item, Action.CLAIM, claimant);
        checkGate(item, claim, claimant);
        item.write(item.registration().withCoUnits(claim.coUnits()));
        Responsibility who = new Responsibility(
                claim.principal(),
                claim.divisionLeader(),
                claim.handler(),
                claimant.id(),
                clock.instant(),
                claim.due());
        item.write(who);
        LocalDate missed = who.isClaimedLate(clock.getZone()) ? claim.due() : null;
        timeline.append(item, Action.CLAIM, claimant, new TimelineFact.Claim(claim.handler(), missed));
        items.save(item);
    }

    /**
     * The unit says that the item is not its own (退回重派).
     *
     * @param suggestedUnit whose it is instead
     * @return the how-manieth it is: the first is ruled on by the office, the second by the leading group
     */
    public int decline(Item item, String reason, String basis, String suggestedUnit, Person person) {
        fourEyes.check(item, Action.DECLINE, person);
        List<Decline> before = declines.of(item);
        String leadUnit = item.registration().leadUnit();
        LocalDate lastDay = calendars
                .dueAfter(dispatchedOn(item, before), limits.limit(LimitKind.DECLINE, item))
                .due();
        new Gate()
                .require(person.belongsTo(leadUnit), null, "refusal.claim.other-unit")
                .require(before.size() < DECLINES, "decision", "refusal.decline.final")
                .require(!clock.today().isAfter(lastDay), "decision", "refusal.decline.late", lastDay)
                .require(
                        organization.isOpen(suggestedUnit) && !leadUnit.equals(suggestedUnit),
                        "suggestedUnit",
                        "refusal.decline.unit")
                .pass();
        declines.add(item, before.size() + 1, reason, basis, suggestedUnit, person);
        timeline.appendAction(
                item, Action.DECLINE, person, new TimelineFact.SuggestedUnit(suggestedUnit).because(reason));
        return before.size() + 1;
    }

    /**
     * The ruling: the item goes to another unit, or stays.
     *
     * @param newUnit the unit that leads from now on; null when the decline is not upheld
     * @return what was ruled on
     */
    public Decline rule(Item item, String newUnit, String opinion, Person person) {
        fourEyes.check(item, Action.RULE_ON_DECLINE, person);
        String leadUnit = item.registration().leadUnit();
        if (newUnit != null) {
            new Gate()
                    .require(
                            organization.isOpen(newUnit) && !leadUnit.equals(newUnit),
                            "newUnit",
                            "refusal.decline.unit")
                    .pass();
            item.dispatchTo(newUnit);
            items.save(item);
        }
        declines.rule(item, newUnit != null, opinion, person);
        timeline.appendAction(
                item, Action.RULE_ON_DECLINE, person, new TimelineFact.Redispatch(leadUnit, newUnit).because(opinion));
        List<Decline> all = declines.of(item);
        return all.get(all.size() - 1);
    }

    private LocalDate dispatchedOn(Item item, List<Decline> before) {
        Instant dispatched = before.isEmpty()
                ? item.review().reviewedAt()
                : before.get(before.size() - 1).ruledAt();
        return clock.dayOf(dispatched);
    }

    /** @throws RefusedException when the responsibility is not what the gate of step 2 demands */
    void checkGate(Item item, Claim claim, Person claimant) {
        String leadUnit = item.registration().leadUnit();
        Person handler = organization.people(leadUnit, Role.HANDLER).stream()
                .filter(person -> person.id().equals(claim.handler()))
                .findFirst()
                .orElse(null);
        Gate gate = new Gate()
                .require(claimant.belongsTo(leadUnit), null, "refusal.claim.other-unit")
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
