package org.guiling.item.step;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.Origin;
import org.guiling.item.Registration;
import org.guiling.item.Review;
import org.guiling.item.Step;
import org.guiling.item.duplicate.DuplicateAnswer;
import org.guiling.item.duplicate.Duplicates;
import org.guiling.item.record.FourEyes;
import org.guiling.item.rule.CategoryRule;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineDetail;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Step 1, 立项建账: nothing missing, nothing twice, nothing empty (DOMAIN.md §1). */
@Component
@Transactional
public class IntakeStep {

    private static final LocalDate EARLIEST_PLAUSIBLE = LocalDate.of(1990, 1, 1);
    private static final int LATEST_PLAUSIBLE_YEARS = 20;

    private final Items items;
    private final Duplicates duplicates;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final CategoryRule categoryRule;
    private final Organization organization;
    private final OfficeClock clock;

    IntakeStep(
            Items items,
            Duplicates duplicates,
            Timeline timeline,
            FourEyes fourEyes,
            CategoryRule categoryRule,
            Organization organization,
            OfficeClock clock) {
        this.items = items;
        this.duplicates = duplicates;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.categoryRule = categoryRule;
        this.organization = organization;
        this.clock = clock;
    }

    /** Decisions of the reviewer. */
    public enum Decision {
        /** 准予立项 */
        ACCEPT,
        /** 退回补正 */
        RETURN,
        /** 不予立项 */
        REJECT
    }

    /**
     * The reviewer's answer.
     *
     * @param duplicateNote what tells the similar items apart; null when there are none
     * @param oneFact whether when, where, who and what are one fact (一事一单)
     * @param opinion why it is returned or rejected; null when accepted
     */
    public record Answer(
            Decision decision,
            DuplicateAnswer duplicateAnswer,
            String duplicateNote,
            boolean oneFact,
            String opinion) {}

    /** Writes a problem down and gives it its number. */
    public Item register(Registration facts, Origin origin, Person registrar) {
        if (!registrar.has(Role.REGISTRAR)) {
            throw RefusedException.forbidden("refusal.role.registrar");
        }
        return write(facts, origin, registrar);
    }

    /** Writes down what a verifier came across on a visit (随机抽查): reviewed by somebody else as anything is. */
    public Item registerFound(Registration facts, Person verifier) {
        if (!verifier.has(Role.VERIFIER)) {
            throw RefusedException.forbidden("refusal.role.verifier");
        }
        return write(facts, Origin.WRITTEN, verifier);
    }

    private Item write(Registration facts, Origin origin, Person person) {
        check(facts);
        Item item = items.save(Item.register(items.nextNumber(), facts, origin, person.id(), clock.instant()));
        timeline.appendAction(item, Action.REGISTER, person, dueOfSource(item, null));
        return item;
    }

    /** Corrects what the reviewer returned. */
    public void amend(Item item, Registration facts, Person registrar) {
        fourEyes.check(item, Action.AMEND, registrar);
        Registration known = item.registration();
        boolean sameCategory =
                facts.category().equals(known.category()) && facts.leadUnit().equals(known.leadUnit());
        check(facts, !sameCategory);
        LocalDate before = item.currentDue();
        item.write(facts);
        items.save(item);
        timeline.appendAction(item, Action.AMEND, registrar, dueOfSource(item, before));
    }

    public void review(Item item, Answer answer, Person reviewer) {
        fourEyes.check(item, Action.REVIEW_REGISTRATION, reviewer);
        if (answer.decision() == Decision.ACCEPT) {
            checkGate(item, answer);
        }
        item.write(new Review(reviewer.id(), clock.instant(), answer.opinion()));
        if (answer.decision() == Decision.REJECT) {
            item.moveTo(Step.INTAKE, ItemStatus.NOT_ACCEPTED);
        }
        timeline.appendAction(
                item,
                Action.REVIEW_REGISTRATION,
                reviewer,
                TimelineFact.Outcome.of(answer.decision()).because(answer.opinion()));
        items.save(item);
    }

    /** A due date from the source document is in force from the first day. */
    private static TimelineDetail dueOfSource(Item item, LocalDate before) {
        return TimelineDetail.of(null).moving(before, item.currentDue(), item.dueBasis());
    }

    /**
     * @throws RefusedException when the facts contradict themselves, name a unit that does not exist, or a category that is
     *     none of its tier
     */
    public void check(Registration facts) {
        check(facts, true);
    }

    /** @param categoryChosen whether the category is chosen for the unit now; what is in the record may stay */
    private void check(Registration facts, boolean categoryChosen) {
        LocalDate today = clock.today();
        Gate gate = new Gate()
                .require(!facts.foundDate().isAfter(today), "foundDate", "refusal.found-date.future")
                .require(
                        !facts.foundDate().isBefore(EARLIEST_PLAUSIBLE),
                        "foundDate",
                        "refusal.date.implausible",
                        facts.foundDate())
                .require(organization.isOpen(facts.leadUnit()), "leadUnit", "refusal.unit-unknown", facts.leadUnit());
        if (facts.sourceDue() != null) {
            // A source may demand a day before the problem was written down: it is overdue then, not refused.
            gate.require(
                    !facts.sourceDue().isBefore(EARLIEST_PLAUSIBLE)
                            && facts.sourceDue().isBefore(today.plusYears(LATEST_PLAUSIBLE_YEARS)),
                    "originalDue",
                    "refusal.date.implausible",
                    facts.sourceDue());
        }
        if (categoryChosen) {
            organization
                    .unit(facts.leadUnit())
                    .flatMap(unit -> categoryRule.problem(facts.category(), unit))
                    .ifPresent(gate::refuse);
        }
        requireCoUnits(gate, facts.leadUnit(), facts.coUnits(), organization);
        gate.pass();
    }

    static void requireCoUnits(Gate gate, String leadUnit, List<String> coUnits, Organization organization) {
        gate.require(!coUnits.contains(leadUnit), "coUnits", "refusal.co-units.lead")
                .require(new HashSet<>(coUnits).size() == coUnits.size(), "coUnits", "refusal.co-units.twice");
        coUnits.forEach(code -> gate.require(organization.isOpen(code), "coUnits", "refusal.unit-unknown", code));
    }

    private void checkGate(Item item, Answer answer) {
        int similar = duplicates.of(item).size();
        new Gate()
                .require(answer.oneFact(), "oneFact", "refusal.intake.one-fact")
                .require(
                        answer.duplicateAnswer() != DuplicateAnswer.DUPLICATE,
                        "duplicateAnswer",
                        "refusal.intake.duplicate")
                .require(
                        similar == 0 || answer.duplicateAnswer() != DuplicateAnswer.NONE,
                        "duplicateAnswer",
                        "refusal.intake.similar",
                        similar)
                .pass();
    }
}
