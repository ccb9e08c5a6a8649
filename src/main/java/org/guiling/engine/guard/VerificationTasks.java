package org.guiling.engine.guard;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.JointFinding;
import org.guiling.item.record.VerificationResult;
import org.guiling.item.step.VerificationStep;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.workflow.ConfirmationOutcome;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.VerificationOutcome;
import org.guiling.workflow.form.ConfirmationForm;
import org.guiling.workflow.form.FormValues;
import org.guiling.workflow.form.VerificationForm;
import org.springframework.stereotype.Component;

/** Completes the tasks of 核查验收. */
@Component
class VerificationTasks extends StepHandler {

    private final VerificationStep verificationStep;
    private final ItemRecords records;
    private final Organization organization;
    private final ItemNotices notices;
    private final InstanceVariables variables;

    VerificationTasks(
            Items items,
            VerificationStep verificationStep,
            ItemRecords records,
            Organization organization,
            ItemNotices notices,
            InstanceVariables variables) {
        super(items);
        this.verificationStep = verificationStep;
        this.records = records;
        this.organization = organization;
        this.notices = notices;
        this.variables = variables;
    }

    @Override
    public Set<UserTask> tasks() {
        return EnumSet.of(UserTask.VERIFY, UserTask.CONFIRM_VERIFICATION);
    }

    @Override
    public void created(DelegateTask task, TaskContract contract, Item item) {
        super.created(task, contract, item);
        if (contract == UserTask.VERIFY) {
            returnToFirstVerifier(task, item);
        }
    }

    /** Findings that the second verifier did not confirm are the first one's again, unless they are no verifier any more. */
    private void returnToFirstVerifier(DelegateTask task, Item item) {
        records.refusedFinding(item)
                .flatMap(finding -> organization.person(finding.first()))
                .filter(first -> first.groups().contains(TaskCandidates.group(task)))
                .ifPresent(first -> task.setAssignee(first.id()));
    }

    @Override
    TaskResult complete(UserTask step, DelegateTask task, Item item, FormValues values, Person person) {
        return switch (step) {
            case VERIFY -> verify(item, values, person, hasConfirmation(task));
            case CONFIRM_VERIFICATION -> confirm(item, values, person);
            default -> throw new IllegalArgumentException(step.id());
        };
    }

    private TaskResult verify(Item item, FormValues values, Person person, boolean confirmable) {
        VerificationResult result = values.get(VerificationForm.DECISION);
        VerificationStep.Finding finding = VerificationForm.read(values);
        if (confirmable && verificationStep.needsConfirmation(item, result)) {
            Person second = verificationStep.recordForConfirmation(item, finding, person);
            return new TaskResult(
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
        return new TaskResult(Map.of(), variables.closureInputs(item, VerificationOutcome.of(result), 0));
    }

    private TaskResult confirm(Item item, FormValues values, Person person) {
        ConfirmationOutcome answer = values.get(ConfirmationForm.DECISION);
        boolean confirmed = answer == ConfirmationOutcome.CONFIRM;
        JointFinding finding = verificationStep.confirm(item, confirmed, values.get(ConfirmationForm.OPINION), person);
        notices.answered(item, finding, confirmed);
        return confirmed
                ? new TaskResult(Map.of(), variables.closureInputs(item, answer, 0))
                : TaskResult.decided(answer);
    }

    /** An instance of a former model has nobody to confirm it: there it is as it was when it began. */
    private static boolean hasConfirmation(DelegateTask task) {
        return task.getBpmnModelInstance().getModelElementById(UserTask.CONFIRM_VERIFICATION.id()) != null;
    }
}
