package org.guiling.item.step;

import java.time.LocalDate;
import java.util.List;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.Plan;
import org.guiling.item.RectificationType;
import org.guiling.item.Track;
import org.guiling.item.record.FourEyes;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.Measure;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Step 3, 限期整改: no empty words, and a date (DOMAIN.md §1). */
@Component
@Transactional
public class DeadlineStep {

    private final Items items;
    private final ItemRecords records;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final DueDateRule dueDateRule;
    private final OfficeClock clock;

    DeadlineStep(
            Items items,
            ItemRecords records,
            Timeline timeline,
            FourEyes fourEyes,
            DueDateRule dueDateRule,
            OfficeClock clock) {
        this.items = items;
        this.records = records;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.dueDateRule = dueDateRule;
        this.clock = clock;
    }

    /**
     * The plan as the handler drafts it.
     *
     * @param plannedDue null when the source document set the due date
     * @param fixNowWaiver why there is nothing to cure now; null when a measure does
     * @param longTermWaiver why there is nothing to lay down for good; null when a measure does
     * @param funds needed from level 3 on, else null
     * @param emergencyPlan needed from level 3 on, else null
     */
    public record Draft(
            String rootCause,
            RectificationType rectType,
            String target,
            LocalDate plannedDue,
            List<Measure> measures,
            String fixNowWaiver,
            String longTermWaiver,
            String funds,
            String emergencyPlan) {}

    public void draftPlan(Item item, Draft draft, Person handler) {
        fourEyes.check(item, Action.DRAFT_PLAN, handler);
        checkGate(item, draft);
        item.write(new Plan(
                draft.rootCause(),
                draft.rectType(),
                draft.target(),
                item.isDueFixedBySource() ? null : draft.plannedDue(),
                draft.fixNowWaiver(),
                draft.longTermWaiver(),
                draft.funds(),
                draft.emergencyPlan(),
                handler.id(),
                null,
                item.plan() == null ? null : item.plan().planOpinion()));
        records.replaceMeasures(item, draft.measures());
        timeline.append(item, Action.DRAFT_PLAN, handler, null);
        items.save(item);
    }

    /** Approval sets the due date; a return leaves it open. */
    public void decideOnPlan(Item item, boolean approved, String opinion, Person supervisor) {
        fourEyes.check(item, Action.APPROVE_PLAN, supervisor);
        LocalDate before = item.currentDue();
        if (approved) {
            requireDateToCome(item);
            item.write(item.plan().approvedBy(supervisor.id()));
            if (!item.isDueFixedBySource()) {
                item.fixDue(
                        item.plan().plannedDue(),
                        dueDateRule.rectification(item, item.plan().rectType()).basis(),
                        clock.today());
            }
        } else {
            item.write(item.plan().returned(opinion));
        }
        timeline.appendAction(
                item,
                Action.APPROVE_PLAN,
                supervisor,
                TimelineFact.Outcome.approval(approved)
                        .because(opinion)
                        .moving(before, item.currentDue(), item.dueBasis()));
        items.save(item);
    }

    /** A plan that waited too long is drafted anew: it would be overdue from the moment it is approved. */
    private void requireDateToCome(Item item) {
        LocalDate planned = item.plan().plannedDue();
        new Gate()
                .require(
                        planned == null || !planned.isBefore(clock.today()),
                        "decision",
                        "refusal.plan.date-passed",
                        planned)
                .pass();
    }

    private void checkGate(Item item, Draft draft) {
        LocalDate today = clock.today();
        Gate gate = new Gate();
        LocalDate lastDay = item.currentDue();
        if (!item.isDueFixedBySource()) {
            lastDay = draft.plannedDue();
            dueDateRule.requirePlanned(gate, item, draft.rectType(), lastDay);
        }
        requireMeasures(gate, draft, today, lastDay);
        requireFiveEnsures(gate, item, draft.funds(), draft.emergencyPlan());
        gate.pass();
    }

    /** At least one measure, each within the date, and both tracks answered (DOMAIN.md §1, step 3). */
    static void requireMeasures(Gate gate, Draft draft, LocalDate today, LocalDate lastDay) {
        gate.require(!draft.measures().isEmpty(), "measure1Content", "refusal.plan.no-measure");
        for (Measure measure : draft.measures()) {
            requireDue(gate, measure, today, lastDay);
        }
        requireTrack(gate, draft.measures(), Track.FIX_NOW, draft.fixNowWaiver(), "fixNowWaiver");
        requireTrack(gate, draft.measures(), Track.LONG_TERM, draft.longTermWaiver(), "longTermWaiver");
    }

    /**
     * The parts of the plan that the handler still has to supply, as far as the record knows: a plan that was returned
     * is there already.
     */
    void lackingPlan(Gate gate, Item item) {
        Plan plan = item.plan();
        if (plan == null) {
            gate.require(false, null, "criterion.plan-basics")
                    .require(false, null, "refusal.plan.no-measure")
                    .require(false, null, "refusal.plan.track", Track.FIX_NOW)
                    .require(false, null, "refusal.plan.track", Track.LONG_TERM);
            requireFiveEnsures(gate, item, null, null);
        } else {
            gate.require(plan.planOpinion() == null, null, "criterion.plan-returned", plan.planOpinion());
        }
    }

    private static void requireFiveEnsures(Gate gate, Item item, String funds, String emergencyPlan) {
        if (item.needsFiveEnsures()) {
            gate.require(Gate.given(funds), "funds", "refusal.plan.funds")
                    .require(Gate.given(emergencyPlan), "emergencyPlan", "refusal.plan.emergency");
        }
    }

    /** A measure cannot keep the item's own date if that has passed already; it must still not lie in the past. */
    private static void requireDue(Gate gate, Measure measure, LocalDate today, LocalDate lastDay) {
        String field = Measure.field(measure.seq(), "Due");
        gate.require(!measure.due().isBefore(today), field, "refusal.plan.measure-past", measure.seq());
        if (lastDay != null && !lastDay.isBefore(today)) {
            gate.require(!measure.due().isAfter(lastDay), field, "refusal.plan.measure-late", measure.seq(), lastDay);
        }
    }

    private static void requireTrack(Gate gate, List<Measure> measures, Track track, String waiver, String field) {
        boolean present = measures.stream().anyMatch(measure -> measure.track() == track);
        gate.require(present || Gate.given(waiver), field, "refusal.plan.track", track);
    }
}
