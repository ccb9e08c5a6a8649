package org.guiling.process;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.guiling.escalation.Cards;
import org.guiling.item.ClosureStep;
import org.guiling.item.DeadlineStep;
import org.guiling.item.IntakeStep;
import org.guiling.item.Item;
import org.guiling.item.ItemRecords;
import org.guiling.item.JointFinding;
import org.guiling.item.OwnershipStep;
import org.guiling.item.Registration;
import org.guiling.item.VerificationResult;
import org.guiling.item.VerificationStep;
import org.guiling.item.Visibility;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.workflow.ClaimForm;
import org.guiling.workflow.ClaimOutcome;
import org.guiling.workflow.ConfirmationForm;
import org.guiling.workflow.ConfirmationOutcome;
import org.guiling.workflow.DeclineRuling;
import org.guiling.workflow.DeclineRulingForm;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.FormValues;
import org.guiling.workflow.Outcome;
import org.guiling.workflow.PlanApprovalForm;
import org.guiling.workflow.PlanForm;
import org.guiling.workflow.PlanOutcome;
import org.guiling.workflow.RectificationForm;
import org.guiling.workflow.RegistrationForm;
import org.guiling.workflow.RegistrationOutcome;
import org.guiling.workflow.RegistrationReviewForm;
import org.guiling.workflow.SignOffForm;
import org.guiling.workflow.SignOffOutcome;
import org.guiling.workflow.VerificationForm;
import org.guiling.workflow.VerificationOutcome;
import org.springframework.stereotype.Component;

/** Completes each user task of the five steps: takes the form, calls one use case and returns the decision. */
@Component
class StepCompletions {

    private final IntakeStep intakeStep;
    private final OwnershipStep ownershipStep;
    private final DeadlineStep deadlineStep;
    private final VerificationStep verificationStep;
    private final ClosureStep closureStep;
    private final ItemRecords records;
    private final Cards cards;
    private final Supervision supervision;
    private final CardReplies cardReplies;
    private final ItemNotices notices;
    private final Organization organization;

    StepCompletions(
            IntakeStep intakeStep,
            OwnershipStep ownershipStep,
            DeadlineStep deadlineStep,
            VerificationStep verificationStep,
            ClosureStep closureStep,
            ItemRecords records,
            Cards cards,
            Supervision supervision,
            CardReplies cardReplies,
            ItemNotices notices,
            Organization organization) {
        this.intakeStep = intakeStep;
        this.ownershipStep = ownershipStep;
        this.deadlineStep = deadlineStep;
        this.verificationStep = verificationStep;
        this.closureStep = closureStep;
        this.records = records;
        this.cards = cards;
        this.supervision = supervision;
        this.cardReplies = cardReplies;
        this.notices = notices;
        this.organization = organization;
    }

    /**
     * Variables that go back to the engine.
     *
     * @param persisted variables that stay
     * @param passing variables that the next gateway or rule reads in this transaction
     */
    record Result(Map<String, Object> persisted, Map<String, Object> passing) {

        static Result none() {
            return new Result(Map.of(), Map.of());
        }

        static Result decided(Outcome outcome) {
            return new Result(Map.of(), Map.of(Variables.OUTCOME, outcome.value()));
        }
    }

    /**
     * @param due the last day of the task, or null
     * @param known whether the model that the task's instance runs has a task
     */
    Result complete(
            UserTask task, Item item, FormValues values, Person person, LocalDate due, Predicate<UserTask> known) {
        return switch (task) {
            case REVIEW_REGISTRATION -> review(item, values, person);
            case AMEND_REGISTRATION -> amend(item, values, person);
            case CLAIM_ITEM -> claim(item, values, person, due);
            case RULE_ON_DECLINE -> ruleOnDecline(item, values, person);
            case DRAFT_PLAN -> draftPlan(item, values, person);
            case APPROVE_PLAN -> decideOnPlan(item, values, person);
            case RECTIFY -> report(item, values, person);
            // An instance of a former model has nobody to confirm it: there it is as it was when it began.
            case VERIFY -> verify(item, values, person, known.test(UserTask.CONFIRM_VERIFICATION));
            case CONFIRM_VERIFICATION -> confirm(item, values, person);
            case SIGN_OFF -> signOff(item, values, person);
        };
    }

    private Result review(Item item, FormValues values, Person person) {
        RegistrationOutcome decision = values.get(RegistrationReviewForm.DECISION);
        intakeStep.review(item, RegistrationReviewForm.read(values), person);
        if (decision == RegistrationOutcome.REJECT) {
            supervision.end(item);
            cardReplies.end(item);
        }
        return Result.decided(decision);
    }

    private Result amend(Item item, FormValues values, Person person) {
        Registration facts = RegistrationForm.read(values);
        // A form that does not ask for the amount does not remove it either.
        boolean asked = facts.amount() != null || item.registration().amount() == null;
        intakeStep.amend(
                item, asked ? facts : facts.withAmount(item.registration().amount()), person);
        return new Result(columns(item), Map.of());
    }

    private Result claim(Item item, FormValues values, Person person, LocalDate due) {
        if (values.get(ClaimForm.DECISION) == ClaimOutcome.DECLINE) {
            return decline(item, values, person);
        }
        String handler = values.get(ClaimForm.HANDLER);
        ownershipStep.claim(item, ClaimForm.read(values, due), person);
        return new Result(Map.of(Variables.HANDLER, handler), Map.of(Variables.OUTCOME, ClaimOutcome.CLAIM.value()));
    }

    private Result decline(Item item, FormValues values, Person person) {
        int number = ownershipStep.decline(
                item,
                values.get(ClaimForm.DECLINE_REASON),
                values.get(ClaimForm.DECLINE_BASIS),
                values.get(ClaimForm.SUGGESTED_UNIT),
                person);
        Role rulingRole = number == 1 ? Role.SUPERVISOR : Role.LEADER;
        return new Result(
                Map.of(),
                Map.of(
                        Variables.OUTCOME,
                        ClaimOutcome.DECLINE.value(),
                        Variables.RULING_GROUP,
                        rulingRole.group(null)));
    }

    private Result ruleOnDecline(Item item, FormValues values, Person person) {
        DeclineRuling ruling = values.get(DeclineRulingForm.DECISION);
        String newUnit = ruling == DeclineRuling.REDISPATCH ? values.get(DeclineRulingForm.NEW_UNIT) : null;
        notices.ruled(item, ownershipStep.rule(item, newUnit, values.get(DeclineRulingForm.OPINION), person));
        return new Result(columns(item), Map.of());
    }

    private Result draftPlan(Item item, FormValues values, Person person) {
        deadlineStep.draftPlan(item, PlanForm.read(values), person);
        return Result.none();
    }

    private Result decideOnPlan(Item item, FormValues values, Person person) {
        PlanOutcome decision = values.get(PlanApprovalForm.DECISION);
        deadlineStep.decideOnPlan(item, decision == PlanOutcome.APPROVE, values.get(PlanApprovalForm.OPINION), person);
        return Result.decided(decision);
    }

    private Result report(Item item, FormValues values, Person person) {
        verificationStep.report(item, RectificationForm.read(values), person);
        return Result.decided(values.get(RectificationForm.DECISION));
    }

    private Result verify(Item item, FormValues values, Person person, boolean confirmable) {
        VerificationResult result = values.get(VerificationForm.DECISION);
        VerificationStep.Finding finding = VerificationForm.read(values);
        if (confirmable && verificationStep.needsConfirmation(item, result)) {
            Person second = verificationStep.recordForConfirmation(item, finding, person);
            return new Result(
                    Map.of(),
                    Map.of(
                            Variables.OUTCOME,
                            VerificationOutcome.CONFIRM.value(),
                            Variables.SECOND_VERIFIER,
                            second.id()));
        }
        verificationStep.verify(item, finding, person);
        if (result != VerificationResult.PASS) {
            notices.returned(item);
        }
        // A round is signed off after its verification: nobody has signed it yet.
        return new Result(Map.of(), closureInputs(item, VerificationOutcome.of(result), 0));
    }

    private Result confirm(Item item, FormValues values, Person person) {
        ConfirmationOutcome answer = values.get(ConfirmationForm.DECISION);
        boolean confirmed = answer == ConfirmationOutcome.CONFIRM;
        JointFinding finding = verificationStep.confirm(item, confirmed, values.get(ConfirmationForm.OPINION), person);
        notices.answered(item, finding, confirmed);
        return confirmed ? new Result(Map.of(), closureInputs(item, answer, 0)) : Result.decided(answer);
    }

    private Result signOff(Item item, FormValues values, Person person) {
        SignOffOutcome decision = values.get(SignOffForm.DECISION);
        boolean approved = decision == SignOffOutcome.APPROVE;
        if (approved) {
            cards.requireNoObjection(item);
            cards.requireNoCardForReturn(item);
        }
        closureStep.signOff(item, SignOffForm.read(values), person);
        if (!approved) {
            notices.returned(item);
        }
        return new Result(Map.of(), closureInputs(item, decision, records.approvals(item)));
    }

    /**
     * Variables of an instance for Cockpit, and the unit whose people may claim. Operators of the engine see no more of
     * a restricted item than its number.
     */
    Map<String, Object> columns(Item item) {
        Registration facts = item.registration();
        String leadUnit = facts.leadUnit();
        return Map.of(
                Variables.ITEM_NO,
                item.itemNo(),
                Variables.TITLE,
                facts.visibility() == Visibility.RESTRICTED ? item.itemNo() : facts.title(),
                Variables.LEAD_UNIT,
                leadUnit,
                Variables.UNIT_NAME,
                organization.unitName(leadUnit));
    }

    /**
     * Inputs of the table of closing authorities. Where the people concerned are not satisfied, a village's item is the
     * city's supervisors' to decide on, not its own township's.
     */
    private Map<String, Object> closureInputs(Item item, Outcome outcome, int approvals) {
        Map<String, Object> inputs = signOffInputs(item, outcome, approvals);
        if (Tier.VILLAGE.name().equals(inputs.get(Variables.TIER)) && records.isPassedUnsatisfied(item)) {
            inputs.put(Variables.TIER, Tier.CITY.name());
            inputs.put(Variables.TOWNSHIP, "");
        }
        return inputs;
    }

    /** Inputs of the tables of authorities and of the gateway before them. */
    Map<String, Object> signOffInputs(Item item, Outcome outcome, int approvals) {
        Map<String, Object> inputs = authorityInputs(item, approvals);
        inputs.put(Variables.OUTCOME, outcome.value());
        return inputs;
    }

    /** Inputs of the tables of authorities. */
    Map<String, Object> authorityInputs(Item item, int approvals) {
        Unit unit = organization.unit(item.registration().leadUnit()).orElseThrow();
        Map<String, Object> inputs = new HashMap<>();
        inputs.put(Variables.LEVEL, item.registration().level());
        inputs.put(Variables.TIER, unit.tier().name());
        inputs.put(Variables.TOWNSHIP, unit.tier() == Tier.VILLAGE ? unit.parentCode() : "");
        inputs.put(Variables.APPROVALS, approvals);
        return inputs;
    }
}
