package org.guiling.process;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.guiling.escalation.Cards;
import org.guiling.item.CallBack;
import org.guiling.item.ClosureStep;
import org.guiling.item.Criterion;
import org.guiling.item.DeadlineStep;
import org.guiling.item.DuplicateAnswer;
import org.guiling.item.EvidenceType;
import org.guiling.item.Institution;
import org.guiling.item.IntakeStep;
import org.guiling.item.Item;
import org.guiling.item.ItemRecords;
import org.guiling.item.JointFinding;
import org.guiling.item.Measure;
import org.guiling.item.OwnershipStep;
import org.guiling.item.RectificationType;
import org.guiling.item.Registration;
import org.guiling.item.SourceReply;
import org.guiling.item.Track;
import org.guiling.item.VerificationMethod;
import org.guiling.item.VerificationResult;
import org.guiling.item.VerificationStep;
import org.guiling.item.Visibility;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.process.form.FormValues;
import org.guiling.workflow.ClaimOutcome;
import org.guiling.workflow.ConfirmationOutcome;
import org.guiling.workflow.DeclineRuling;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.Outcome;
import org.guiling.workflow.PlanOutcome;
import org.guiling.workflow.RectificationOutcome;
import org.guiling.workflow.RegistrationOutcome;
import org.guiling.workflow.SignOffOutcome;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.VerificationOutcome;
import org.springframework.stereotype.Component;

/** Completes each user task of the five steps: takes the form, calls one use case and returns the decision. */
@Component
class StepCompletions {

    private static final int MEASURES = 6;
    private static final int DEFECTS = 6;

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
        RegistrationOutcome decision = values.code(TaskContract.DECISION, RegistrationOutcome.class);
        intakeStep.review(
                item,
                new IntakeStep.Answer(
                        decision.decision(),
                        values.code("duplicateAnswer", DuplicateAnswer.class),
                        values.text("duplicateNote"),
                        values.flag("oneFact"),
                        values.text("opinion")),
                person);
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
        if (values.code(TaskContract.DECISION, ClaimOutcome.class) == ClaimOutcome.DECLINE) {
            return decline(item, values, person);
        }
        String handler = values.text("handler");
        ownershipStep.claim(
                item,
                new OwnershipStep.Claim(
                        values.text("principal"),
                        values.text("divisionLeader"),
                        handler,
                        values.texts("coUnits"),
                        values.flag("responsibilityConfirmed"),
                        due),
                person);
        return new Result(Map.of(Variables.HANDLER, handler), Map.of(Variables.OUTCOME, ClaimOutcome.CLAIM.value()));
    }

    private Result decline(Item item, FormValues values, Person person) {
        int number = ownershipStep.decline(
                item, values.text("declineReason"), values.text("declineBasis"), values.text("suggestedUnit"), person);
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
        DeclineRuling ruling = values.code(TaskContract.DECISION, DeclineRuling.class);
        String newUnit = ruling == DeclineRuling.REDISPATCH ? values.text("newUnit") : null;
        notices.ruled(item, ownershipStep.rule(item, newUnit, values.text("opinion"), person));
        return new Result(columns(item), Map.of());
    }

    private Result draftPlan(Item item, FormValues values, Person person) {
        deadlineStep.draftPlan(
                item,
                new DeadlineStep.Draft(
                        values.text("rootCause"),
                        values.code("rectType", RectificationType.class),
                        values.text("target"),
                        values.date("plannedDue"),
                        measures(values),
                        values.text("fixNowWaiver"),
                        values.text("longTermWaiver"),
                        values.text("funds"),
                        values.text("emergencyPlan")),
                person);
        return Result.none();
    }

    private Result decideOnPlan(Item item, FormValues values, Person person) {
        PlanOutcome decision = values.code(TaskContract.DECISION, PlanOutcome.class);
        deadlineStep.decideOnPlan(item, decision == PlanOutcome.APPROVE, values.text("opinion"), person);
        return Result.decided(decision);
    }

    private Result report(Item item, FormValues values, Person person) {
        RectificationOutcome decision = values.code(TaskContract.DECISION, RectificationOutcome.class);
        verificationStep.report(
                item,
                new VerificationStep.Report(
                        measureReports(values),
                        values.text("progress"),
                        decision == RectificationOutcome.SUBMIT,
                        values.text("result"),
                        values.text("extension"),
                        institutions(values)),
                person);
        return Result.decided(decision);
    }

    private Result verify(Item item, FormValues values, Person person, boolean confirmable) {
        VerificationResult result = values.code(TaskContract.DECISION, VerificationResult.class);
        VerificationStep.Finding finding = new VerificationStep.Finding(
                values.code("verifyMethod", VerificationMethod.class),
                values.date("verifiedOn"),
                values.texts("coVerifiers"),
                values.codes("criteriaPassed", Criterion.class),
                result,
                values.code("callBack", CallBack.class),
                values.text("callBackNote"),
                defects(values),
                values.date("reworkDue"),
                values.text("opinion"));
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
        ConfirmationOutcome answer = values.code(TaskContract.DECISION, ConfirmationOutcome.class);
        boolean confirmed = answer == ConfirmationOutcome.CONFIRM;
        JointFinding finding = verificationStep.confirm(item, confirmed, values.text("opinion"), person);
        notices.answered(item, finding, confirmed);
        return confirmed ? new Result(Map.of(), closureInputs(item, answer, 0)) : Result.decided(answer);
    }

    private Result signOff(Item item, FormValues values, Person person) {
        SignOffOutcome decision = values.code(TaskContract.DECISION, SignOffOutcome.class);
        boolean approved = decision == SignOffOutcome.APPROVE;
        if (approved) {
            cards.requireNoObjection(item);
            cards.requireNoCardForReturn(item);
        }
        closureStep.signOff(
                item,
                new ClosureStep.Answer(
                        approved,
                        values.code("sourceReply", SourceReply.class),
                        values.text("sourceReplyNote"),
                        values.texts("mergedAnswered"),
                        values.text("mergedReplyNote"),
                        values.text("onDissatisfaction"),
                        defects(values),
                        values.date("reworkDue"),
                        values.text("opinion")),
                person);
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

    static List<Measure> measures(FormValues values) {
        List<Measure> measures = new ArrayList<>();
        for (int i = 1; i <= MEASURES; i++) {
            String field = "measure" + i;
            if (values.text(field + "Content") != null) {
                measures.add(new Measure(
                        measures.size() + 1,
                        values.text(field + "Content"),
                        values.code(field + "Track", Track.class),
                        values.text(field + "Owner"),
                        values.date(field + "Due"),
                        values.text(field + "ExpectedResult"),
                        values.code(field + "EvidenceType", EvidenceType.class),
                        false,
                        null,
                        null));
            }
        }
        return measures;
    }

    private static Map<Integer, VerificationStep.MeasureReport> measureReports(FormValues values) {
        Map<Integer, VerificationStep.MeasureReport> reports = new HashMap<>();
        for (int i = 1; i <= MEASURES; i++) {
            String field = "measure" + i;
            reports.put(
                    i,
                    new VerificationStep.MeasureReport(
                            values.flag(field + "Done"),
                            values.text(field + "Result"),
                            values.text(field + "Evidence")));
        }
        return reports;
    }

    private static List<Institution> institutions(FormValues values) {
        String name = values.text("institution1Name");
        return name == null
                ? List.of()
                : List.of(new Institution(name, values.text("institution1DocNo"), values.date("institution1IssuedOn")));
    }

    static List<String> defects(FormValues values) {
        return IntStream.rangeClosed(1, DEFECTS)
                .mapToObj(i -> values.text("defect" + i))
                .filter(Objects::nonNull)
                .toList();
    }
}
