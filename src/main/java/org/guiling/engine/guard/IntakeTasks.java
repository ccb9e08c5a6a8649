package org.guiling.engine.guard;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.Registration;
import org.guiling.item.step.IntakeStep;
import org.guiling.organization.Person;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RegistrationOutcome;
import org.guiling.workflow.form.FormValues;
import org.guiling.workflow.form.RegistrationForm;
import org.guiling.workflow.form.RegistrationReviewForm;
import org.springframework.stereotype.Component;

/** Completes the tasks of 立项建账. */
@Component
class IntakeTasks extends StepHandler {

    private final IntakeStep intakeStep;
    private final SupervisionEnd supervisionEnd;
    private final InstanceVariables variables;

    IntakeTasks(Items items, IntakeStep intakeStep, SupervisionEnd supervisionEnd, InstanceVariables variables) {
        super(items);
        this.intakeStep = intakeStep;
        this.supervisionEnd = supervisionEnd;
        this.variables = variables;
    }

    @Override
    public Set<UserTask> tasks() {
        return EnumSet.of(UserTask.REVIEW_REGISTRATION, UserTask.AMEND_REGISTRATION);
    }

    @Override
    TaskResult complete(UserTask step, DelegateTask task, Item item, FormValues values, Person person) {
        return switch (step) {
            case REVIEW_REGISTRATION -> review(item, values, person);
            case AMEND_REGISTRATION -> amend(item, values, person);
            default -> throw new IllegalArgumentException(step.id());
        };
    }

    private TaskResult review(Item item, FormValues values, Person person) {
        RegistrationOutcome decision = values.get(RegistrationReviewForm.DECISION);
        intakeStep.review(item, RegistrationReviewForm.read(values), person);
        if (decision == RegistrationOutcome.REJECT) {
            supervisionEnd.of(item);
        }
        return TaskResult.decided(decision);
    }

    private TaskResult amend(Item item, FormValues values, Person person) {
        Registration facts = RegistrationForm.read(values);
        // A form that does not ask for the amount does not remove it either.
        boolean asked = facts.amount() != null || item.registration().amount() == null;
        intakeStep.amend(
                item, asked ? facts : facts.withAmount(item.registration().amount()), person);
        return new TaskResult(variables.columns(item), Map.of());
    }
}
