package org.guiling.engine.guard;

import java.util.EnumSet;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.step.DeadlineStep;
import org.guiling.item.step.VerificationStep;
import org.guiling.organization.Person;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.PlanOutcome;
import org.guiling.workflow.form.FormValues;
import org.guiling.workflow.form.PlanApprovalForm;
import org.guiling.workflow.form.PlanForm;
import org.guiling.workflow.form.RectificationForm;
import org.springframework.stereotype.Component;

/** Completes the tasks of 限期整改. */
@Component
class DeadlineTasks extends StepHandler {

    private final DeadlineStep deadlineStep;
    private final VerificationStep verificationStep;

    DeadlineTasks(Items items, DeadlineStep deadlineStep, VerificationStep verificationStep) {
        super(items);
        this.deadlineStep = deadlineStep;
        this.verificationStep = verificationStep;
    }

    @Override
    public Set<UserTask> tasks() {
        return EnumSet.of(UserTask.DRAFT_PLAN, UserTask.APPROVE_PLAN, UserTask.RECTIFY);
    }

    @Override
    TaskResult complete(UserTask step, DelegateTask task, Item item, FormValues values, Person person) {
        return switch (step) {
            case DRAFT_PLAN -> draftPlan(item, values, person);
            case APPROVE_PLAN -> decideOnPlan(item, values, person);
            case RECTIFY -> report(item, values, person);
            default -> throw new IllegalArgumentException(step.id());
        };
    }

    private TaskResult draftPlan(Item item, FormValues values, Person person) {
        deadlineStep.draftPlan(item, PlanForm.read(values), person);
        return TaskResult.none();
    }

    private TaskResult decideOnPlan(Item item, FormValues values, Person person) {
        PlanOutcome decision = values.get(PlanApprovalForm.DECISION);
        deadlineStep.decideOnPlan(item, decision == PlanOutcome.APPROVE, values.get(PlanApprovalForm.OPINION), person);
        return TaskResult.decided(decision);
    }

    private TaskResult report(Item item, FormValues values, Person person) {
        verificationStep.report(item, RectificationForm.read(values), person);
        return TaskResult.decided(values.get(RectificationForm.DECISION));
    }
}
