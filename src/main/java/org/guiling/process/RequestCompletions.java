package org.guiling.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.escalation.Cards;
import org.guiling.escalation.Rung;
import org.guiling.item.Decomposition;
import org.guiling.item.Item;
import org.guiling.item.ItemRequest;
import org.guiling.item.ItemRequests;
import org.guiling.item.RequestGround;
import org.guiling.item.RequestKind;
import org.guiling.organization.Person;
import org.guiling.process.form.FormValues;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.ObjectionOutcome;
import org.guiling.workflow.RequestOutcome;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Completes the start form of a request and each of its user tasks. */
@Component
class RequestCompletions {

    private static final String OBJECTION = "OBJECTION";
    private static final int PARTS = 6;

    private final ItemRequests requests;
    private final Cards cards;
    private final CardReplies cardReplies;
    private final Decomposition decomposition;
    private final StepCompletions steps;
    private final ItemNotices notices;

    RequestCompletions(
            ItemRequests requests,
            Cards cards,
            CardReplies cardReplies,
            Decomposition decomposition,
            StepCompletions steps,
            ItemNotices notices) {
        this.requests = requests;
        this.cards = cards;
        this.cardReplies = cardReplies;
        this.decomposition = decomposition;
        this.steps = steps;
        this.notices = notices;
    }

    /** Raises what the start form asks; the answer is what the model's rule reads. */
    StepCompletions.Result raise(RequestProcess process, Item item, FormValues values, Person person) {
        if (process == RequestProcess.OBJECTION) {
            return object(item, values, person);
        }
        if (process == RequestProcess.DECOMPOSITION) {
            return split(item, values, person);
        }
        if (process == RequestProcess.TAKING_BACK) {
            return takeBack(item, values, person);
        }
        requests.raise(item, draft(process, values), person);
        Map<String, Object> passing = new HashMap<>(steps.authorityInputs(item, 0));
        passing.put(RequestProcess.OVERDUE, requests.isOverdue(item));
        return new StepCompletions.Result(steps.columns(item), passing);
    }

    StepCompletions.Result complete(RequestTask task, Item item, FormValues values, Person person) {
        if (task == RequestTask.RESUME_ITEM) {
            requests.noteResumption(item, values.text("opinion"));
            return StepCompletions.Result.none();
        }
        if (task == RequestTask.RULE_ON_OBJECTION) {
            return ruleOnObjection(item, values, person);
        }
        RequestOutcome decision = values.code(TaskContract.DECISION, RequestOutcome.class);
        if (decision == RequestOutcome.REFUSE) {
            notices.decided(item, requests.refuse(item, values.text("opinion"), person));
            return StepCompletions.Result.decided(decision);
        }
        int approvals = requests.approve(item, values.text("opinion"), person);
        return new StepCompletions.Result(Map.of(), steps.signOffInputs(item, decision, approvals));
    }

    private StepCompletions.Result split(Item item, FormValues values, Person person) {
        List<Item> parts =
                decomposition.split(item, parts(values), values.text("splitBasis"), values.flag("covering"), person);
        return new StepCompletions.Result(
                steps.columns(item),
                Map.of(
                        RequestProcess.PARTS,
                        new ArrayList<>(parts.stream().map(Item::itemNo).toList())));
    }

    private static List<Decomposition.Part> parts(FormValues values) {
        List<Decomposition.Part> parts = new ArrayList<>();
        for (int i = 1; i <= PARTS; i++) {
            String field = "part" + i;
            if (values.text(field + "Unit") != null) {
                parts.add(new Decomposition.Part(
                        values.text(field + "Unit"),
                        values.text(field + "Title"),
                        values.text(field + "Fact"),
                        values.date(field + "Due")));
            }
        }
        return parts;
    }

    private StepCompletions.Result object(Item item, FormValues values, Person person) {
        String decidedBy = cards.object(
                item, values.code("rung", Rung.class), values.text("reason"), values.text("evidence"), person);
        return new StepCompletions.Result(
                steps.columns(item), Map.of(FiveStepZeroing.Variables.RULING_GROUP, decidedBy));
    }

    private StepCompletions.Result takeBack(Item item, FormValues values, Person person) {
        RequestTask decision;
        if (OBJECTION.equals(values.text("subject"))) {
            cards.takeBackObjection(item, values.text("reason"), person);
            decision = RequestTask.RULE_ON_OBJECTION;
        } else {
            decision = RequestTask.decisionOn(requests.takeBack(item, values.text("reason"), person));
        }
        return new StepCompletions.Result(steps.columns(item), Map.of(RequestProcess.DECISION, decision.id()));
    }

    private StepCompletions.Result ruleOnObjection(Item item, FormValues values, Person person) {
        ObjectionOutcome decision = values.code(TaskContract.DECISION, ObjectionOutcome.class);
        notices.ruled(item, cards.rule(item, decision == ObjectionOutcome.UPHOLD, values.text("opinion"), person));
        cardReplies.endOfThoseThatFell(item);
        return StepCompletions.Result.decided(decision);
    }

    private static ItemRequest.Draft draft(RequestProcess process, FormValues values) {
        RequestKind kind =
                switch (process) {
                    case EXTENSION -> RequestKind.EXTENSION;
                    case SUSPENSION -> RequestKind.SUSPENSION;
                    case WITHDRAWAL -> values.code("kind", RequestKind.class);
                    case REOPENING -> RequestKind.REOPENING;
                    case OBJECTION, DECOMPOSITION, TAKING_BACK ->
                        throw new IllegalArgumentException(process + " is no request");
                };
        return new ItemRequest.Draft(
                kind,
                values.text("reason"),
                values.text("evidence"),
                values.code("ground", RequestGround.class),
                values.text("receiptNo"),
                values.text("targetNo"),
                kind == RequestKind.SUSPENSION ? values.date("reviewOn") : values.date("newDue"));
    }
}
