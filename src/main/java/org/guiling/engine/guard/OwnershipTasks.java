package org.guiling.engine.guard;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.step.OwnershipStep;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.ClaimOutcome;
import org.guiling.workflow.DeclineRuling;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.form.ClaimForm;
import org.guiling.workflow.form.DeclineRulingForm;
import org.guiling.workflow.form.FormValues;
import org.springframework.stereotype.Component;

/** Completes the tasks of 定责认领. */
@Component
class OwnershipTasks extends StepHandler {

    private final OwnershipStep ownershipStep;
    private final ItemNotices notices;
    private final InstanceVariables variables;
    private final OfficeClock clock;

    OwnershipTasks(
            Items items,
            OwnershipStep ownershipStep,
            ItemNotices notices,
            InstanceVariables variables,
            OfficeClock clock) {
        super(items);
        this.ownershipStep = ownershipStep;
        this.notices = notices;
        this.variables = variables;
        this.clock = clock;
    }

    @Override
    public Set<UserTask> tasks() {
        return EnumSet.of(UserTask.CLAIM_ITEM, UserTask.RULE_ON_DECLINE);
    }

    @Override
    TaskResult complete(UserTask step, DelegateTask task, Item item, FormValues values, Person person) {
        return switch (step) {
            case CLAIM_ITEM -> claim(item, values, person, task);
            case RULE_ON_DECLINE -> ruleOnDecline(item, values, person);
            default -> throw new IllegalArgumentException(step.id());
        };
    }

    private TaskResult claim(Item item, FormValues values, Person person, DelegateTask task) {
        if (values.get(ClaimForm.DECISION) == ClaimOutcome.DECLINE) {
            return decline(item, values, person);
        }
        String handler = values.get(ClaimForm.HANDLER);
        ownershipStep.claim(item, ClaimForm.read(values, lastDay(task)), person);
        return new TaskResult(
                Map.of(Variables.HANDLER, handler), Map.of(Variables.OUTCOME, ClaimOutcome.CLAIM.value()));
    }

    private TaskResult decline(Item item, FormValues values, Person person) {
        int number = ownershipStep.decline(
                item,
                values.get(ClaimForm.DECLINE_REASON),
                values.get(ClaimForm.DECLINE_BASIS),
                values.get(ClaimForm.SUGGESTED_UNIT),
                person);
        Role rulingRole = number == 1 ? Role.SUPERVISOR : Role.LEADER;
        return new TaskResult(
                Map.of(),
                Map.of(
                        Variables.OUTCOME,
                        ClaimOutcome.DECLINE.value(),
                        Variables.RULING_GROUP,
                        rulingRole.group(null)));
    }

    private TaskResult ruleOnDecline(Item item, FormValues values, Person person) {
        DeclineRuling ruling = values.get(DeclineRulingForm.DECISION);
        String newUnit = ruling == DeclineRuling.REDISPATCH ? values.get(DeclineRulingForm.NEW_UNIT) : null;
        notices.ruled(item, ownershipStep.rule(item, newUnit, values.get(DeclineRulingForm.OPINION), person));
        return new TaskResult(variables.columns(item), Map.of());
    }

    private LocalDate lastDay(DelegateTask task) {
        return task.getDueDate() == null ? null : clock.dayOf(task.getDueDate().toInstant());
    }
}
