package org.guiling.item.step;

import java.time.LocalDate;
import java.util.List;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.TimeLimit;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.Plan;
import org.guiling.item.Registration;
import org.guiling.item.Responsibility;
import org.guiling.item.duplicate.DuplicateAnswer;
import org.guiling.item.duplicate.Duplicates;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineDetail;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The fast lane (即办, DOMAIN.md §3): what a unit found itself and can mend within days is registered, claimed and planned
 * by one form. It is verified and closed like any other item, by others.
 */
@Component
@Transactional
public class FastLane {

    /** 一般 only. */
    public static final int LEVEL = 1;

    private final Items items;
    private final Duplicates duplicates;
    private final ItemRecords records;
    private final IntakeStep intakeStep;
    private final OwnershipStep ownershipStep;
    private final Timeline timeline;
    private final ItemLimits limits;
    private final DueDateRule dueDateRule;
    private final OfficeClock clock;

    FastLane(
            Items items,
            Duplicates duplicates,
            ItemRecords records,
            IntakeStep intakeStep,
            OwnershipStep ownershipStep,
            Timeline timeline,
            ItemLimits limits,
            DueDateRule dueDateRule,
            OfficeClock clock) {
        this.items = items;
        this.duplicates = duplicates;
        this.records = records;
        this.intakeStep = intakeStep;
        this.ownershipStep = ownershipStep;
        this.timeline = timeline;
        this.limits = limits;
        this.dueDateRule = dueDateRule;
        this.clock = clock;
    }

    /**
     * Contents of the form.
     *
     * @param facts without a lead unit: that is the person's own
     * @param duplicateAnswer the answer to the duplicate search, which is run when the form is sent
     */
    public record Filing(
            Registration facts,
            DuplicateAnswer duplicateAnswer,
            String principal,
            String divisionLeader,
            String handler,
            DeadlineStep.Draft plan) {}

    /**
     * Registers, claims and plans at once; the item is ready to be rectified.
     *
     * @throws RefusedException when the person, the level, the source, a date or a duplicate does not allow it
     */
    public Item file(Filing filing, Person person) {
        requireMayFile(person);
        Registration facts = filing.facts().withLeadUnit(person.unitAs(Role.HANDLER));
        intakeStep.check(facts);
        TimeLimit limit = requireEligible(facts, filing.plan());
        Item item = items.save(Item.onFastLane(items.nextNumber(), facts, person.id(), clock.instant()));
        requireNoDuplicate(item, filing.duplicateAnswer());
        ownershipStep.checkGate(
                item,
                new OwnershipStep.Claim(
                        filing.principal(), filing.divisionLeader(), filing.handler(), List.of(), true, null),
                person);
        record(item, filing, limit, person);
        return item;
    }

    /** @throws RefusedException for whoever handles nothing for their unit */
    public void requireMayFile(Person person) {
        if (!person.has(Role.HANDLER)) {
            throw RefusedException.forbidden("refusal.fast-lane.handler");
        }
    }

    private TimeLimit requireEligible(Registration facts, DeadlineStep.Draft plan) {
        LocalDate today = clock.today();
        TimeLimit limit = limits.limit(LimitKind.FAST_LANE, facts, plan.rectType());
        LocalDate latest = dueDateRule.latestFromToday(facts, plan.rectType(), limit);
        new Gate()
                .require(facts.level() == LEVEL, "level", "refusal.fast-lane.level")
                .require(limit.amount() > 0, "sourceType", "refusal.fast-lane.source", facts.sourceType())
                .pass();
        Gate gate =
                new Gate().require(!plan.plannedDue().isAfter(latest), "plannedDue", "refusal.fast-lane.late", latest);
        dueDateRule.requireWorkingDay(gate, "plannedDue", plan.plannedDue());
        DeadlineStep.requireMeasures(gate, plan, today, plan.plannedDue());
        gate.pass();
        return limit;
    }

    private void requireNoDuplicate(Item item, DuplicateAnswer answer) {
        int similar = duplicates.of(item).size();
        new Gate()
                .require(answer != DuplicateAnswer.DUPLICATE, "duplicateAnswer", "refusal.intake.duplicate")
                .require(
                        similar == 0 || answer != DuplicateAnswer.NONE,
                        "duplicateAnswer",
                        "refusal.intake.similar",
                        similar)
                .pass();
    }

    private void record(Item item, Filing filing, TimeLimit limit, Person person) {
        DeadlineStep.Draft plan = filing.plan();
        item.write(new Responsibility(
                filing.principal(), filing.divisionLeader(), filing.handler(), person.id(), clock.instant(), null));
        item.write(new Plan(
                plan.rootCause(),
                plan.rectType(),
                plan.target(),
                plan.plannedDue(),
                plan.fixNowWaiver(),
                plan.longTermWaiver(),
                null,
                null,
                person.id(),
                null,
                null));
        records.replaceMeasures(item, plan.measures());
        item.fixDue(plan.plannedDue(), limit.basis(), clock.today());
        timeline.appendAction(
                item,
                Action.OPEN_FAST_LANE,
                person,
                TimelineDetail.of(new TimelineFact.Claim(filing.handler(), null))
                        .moving(null, plan.plannedDue(), limit.basis()));
        items.save(item);
    }
}
