package org.guiling.engine.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.item.request.Decomposition;
import org.guiling.item.request.RequestDecisions;
import org.guiling.item.request.RequestSubmission;
import org.guiling.item.request.Suspensions;
import org.guiling.organization.Person;
import org.guiling.supervision.Objections;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.ObjectionOutcome;
import org.guiling.workflow.RequestOutcome;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.DecompositionForm;
import org.guiling.workflow.form.FormValues;
import org.guiling.workflow.form.ObjectionForm;
import org.guiling.workflow.form.ObjectionRulingForm;
import org.guiling.workflow.form.RequestDecisionForm;
import org.guiling.workflow.form.RequestForm;
import org.guiling.workflow.form.ResumptionForm;
import org.guiling.workflow.form.TakenBack;
import org.guiling.workflow.form.TakingBackForm;
import org.springframework.stereotype.Component;

/** Completes the start form of a request and each of its user tasks. */
@Component
public class RequestCompletions implements TaskHandler {

    private final RequestSubmission submission;
    private final RequestDecisions decisions;
    private final Suspensions suspensions;
    private final Objections objections;
    private final CardReplies cardReplies;
    private final Decomposition decomposition;
    private final InstanceVariables variables;
    private final ItemNotices notices;

    RequestCompletions(
            RequestSubmission submission,
            RequestDecisions decisions,
            Suspensions suspensions,
            Objections objections,
            CardReplies cardReplies,
            Decomposition decomposition,
            InstanceVariables variables,
            ItemNotices notices) {
        this.submission = submission;
        this.decisions = decisions;
        this.suspensions = suspensions;
        this.objections = objections;
        this.cardReplies = cardReplies;
        this.decomposition = decomposition;
        this.variables = variables;
        this.notices = notices;
    }

    /** Raises what the start form asks; the answer is what the model's rule reads. */
    public TaskResult raise(RequestProcess process, Item item, FormValues values, Person person) {
        if (process == RequestProcess.OBJECTION) {
            return object(item, values, person);
        }
        if (process == RequestProcess.DECOMPOSITION) {
            return split(item, values, person);
        }
        if (process == RequestProcess.TAKING_BACK) {
            return takeBack(item, values, person);
        }
        submission.raise(item, RequestForm.read(process, values), person);
        Map<String, Object> passing = new HashMap<>(variables.authorityInputs(item, 0));
        passing.put(RequestProcess.OVERDUE, suspensions.isOverdue(item));
        return new TaskResult(variables.columns(item), passing);
    }

    @Override
    public Set<RequestTask> tasks() {
        return Set.of(RequestTask.values());
    }

    @Override
    public TaskResult complete(TaskContract contract, DelegateTask task, Item item, FormValues values, Person person) {
        if (contract == RequestTask.RESUME_ITEM) {
            suspensions.noteResumption(item, values.get(ResumptionForm.OPINION));
            return TaskResult.none();
        }
        if (contract == RequestTask.RULE_ON_OBJECTION) {
            return ruleOnObjection(item, values, person);
        }
        RequestOutcome decision = values.get(RequestDecisionForm.DECISION);
        if (decision == RequestOutcome.REFUSE) {
            notices.decided(item, decisions.refuse(item, values.get(RequestDecisionForm.OPINION), person));
            return TaskResult.decided(decision);
        }
        int approvals = decisions.approve(item, values.get(RequestDecisionForm.OPINION), person);
        return new TaskResult(Map.of(), variables.signOffInputs(item, decision, approvals));
    }

    private TaskResult split(Item item, FormValues values, Person person) {
        List<Item> parts = decomposition.split(
                item,
                DecompositionForm.parts(values),
                values.get(DecompositionForm.SPLIT_BASIS),
                values.get(DecompositionForm.COVERING),
                person);
        return new TaskResult(
                variables.columns(item),
                Map.of(
                        RequestProcess.PARTS,
                        new ArrayList<>(parts.stream().map(Item::itemNo).toList())));
    }

    private TaskResult object(Item item, FormValues values, Person person) {
        String decidedBy = objections.object(
                item,
                values.get(ObjectionForm.RUNG),
                values.get(ObjectionForm.REASON),
                values.get(ObjectionForm.EVIDENCE),
                person);
        return new TaskResult(variables.columns(item), Map.of(FiveStepZeroing.Variables.RULING_GROUP, decidedBy));
    }

    private TaskResult takeBack(Item item, FormValues values, Person person) {
        RequestTask decision;
        if (values.get(TakingBackForm.SUBJECT) == TakenBack.OBJECTION) {
            objections.takeBack(item, values.get(TakingBackForm.REASON), person);
            decision = RequestTask.RULE_ON_OBJECTION;
        } else {
            decision = RequestTask.decisionOn(submission.takeBack(item, values.get(TakingBackForm.REASON), person));
        }
        return new TaskResult(variables.columns(item), Map.of(RequestProcess.DECISION, decision.id()));
    }

    private TaskResult ruleOnObjection(Item item, FormValues values, Person person) {
        ObjectionOutcome decision = values.get(ObjectionRulingForm.DECISION);
        notices.ruled(
                item,
                objections.rule(
                        item, decision == ObjectionOutcome.UPHOLD, values.get(ObjectionRulingForm.OPINION), person));
        cardReplies.endOfThoseThatFell(item);
        return TaskResult.decided(decision);
    }
}
