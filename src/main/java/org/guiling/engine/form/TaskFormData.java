package org.guiling.engine.form;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.Plan;
import org.guiling.item.RectificationType;
import org.guiling.item.Registration;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.todo.PersonalData;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.rules.CodeList;
import org.guiling.rules.CodeLists;
import org.guiling.supervision.Card;
import org.guiling.supervision.Cards;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.SupervisionTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.ClaimForm;
import org.guiling.workflow.form.PlanForm;
import org.guiling.workflow.form.RectificationForm;
import org.guiling.workflow.form.RegistrationForm;
import org.guiling.workflow.form.VerificationForm;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The data of a task's form, read from the record when the form is opened: always current, and no row in the engine.
 */
@Component
public class TaskFormData {

    private final ToDos toDos;
    private final Items items;
    private final ItemRecords records;
    private final DueDateRule dueDateRule;
    private final PersonalData personalData;
    private final CurrentPerson currentPerson;
    private final Cards cards;
    private final FormContext formContext;
    private final ItemFacts itemFacts;
    private final DuplicateFacts duplicateFacts;
    private final Organization organization;
    private final CodeLists codeLists;
    private final Texts texts;
    private final OfficeClock clock;

    TaskFormData(
            ToDos toDos,
            Items items,
            ItemRecords records,
            DueDateRule dueDateRule,
            PersonalData personalData,
            CurrentPerson currentPerson,
            Cards cards,
            FormContext formContext,
            ItemFacts itemFacts,
            DuplicateFacts duplicateFacts,
            Organization organization,
            CodeLists codeLists,
            Texts texts,
            OfficeClock clock) {
        this.toDos = toDos;
        this.items = items;
        this.records = records;
        this.dueDateRule = dueDateRule;
        this.personalData = personalData;
        this.currentPerson = currentPerson;
        this.cards = cards;
        this.formContext = formContext;
        this.itemFacts = itemFacts;
        this.duplicateFacts = duplicateFacts;
        this.organization = organization;
        this.codeLists = codeLists;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * The data by the names that the form uses; empty for a task of another model. The caller has to know that the
     * person may see the task.
     */
    @Transactional(readOnly = true)
    public Map<String, Object> of(String taskId) {
        return toDos.find(taskId).map(this::of).orElse(Map.of());
    }

    private Map<String, Object> of(ToDos.ToDo toDo) {
        TaskContract task = TaskContract.of(toDo.taskKey()).orElseThrow();
        Item item = items.get(toDo.itemNo());
        Map<String, Object> data = new HashMap<>(formContext.of(task, item));
        data.put("itemFacts", itemFacts.of(item, subject(item, toDo), day(toDo)));
        if (task instanceof UserTask step) {
            fill(data, step, item, toDo);
        } else if (task == RequestTask.RULE_ON_OBJECTION) {
            data.put("cardFacts", itemFacts.card(cards.objectedTo(item)));
        } else if (task instanceof RequestTask) {
            data.put("requestFacts", itemFacts.request(item));
        } else if (task instanceof SupervisionTask supervision) {
            fill(data, supervision == SupervisionTask.DECIDE_ON_CARD ? cards.proposed(item) : cards.issued(item), item);
        } else if (task == CardReply.ANSWER_CARD) {
            fill(data, cards.awaiting(item, toDo.taskId()), item);
        } else if (task instanceof SpotCheckVisitTask) {
            data.put("standing", itemFacts.standing(item));
            data.put("measures", itemFacts.measures(item));
            data.put("verifiers", options(organization.people(Role.VERIFIER)));
        } else {
            data.put("verificationFacts", itemFacts.verification(item));
            data.put("signOffs", itemFacts.signOffs(item));
        }
        return data;
    }

    private void fill(Map<String, Object> data, Card card, Item item) {
        data.put("cardFacts", itemFacts.card(card));
        data.put("earlierCards", itemFacts.earlierCards(item, card));
    }

    private void fill(Map<String, Object> data, UserTask task, Item item, ToDos.ToDo toDo) {
        switch (task) {
            case REVIEW_REGISTRATION -> data.put("similarItems", duplicateFacts.rows(item));
            case AMEND_REGISTRATION -> {
                data.put("units", formContext.units());
                data.put(
                        "returnNotes",
                        itemFacts.note("facts.reviewOpinion", item.review().reviewOpinion()));
                RegistrationForm.show(data, item.registration(), subject(item, toDo));
            }
            case CLAIM_ITEM -> {
                data.put("units", formContext.units());
                data.put(
                        "handlers",
                        options(organization.people(item.registration().leadUnit(), Role.HANDLER)));
                ClaimForm.show(data, item.registration());
                data.put("declineFacts", itemFacts.declines(item));
            }
            case RULE_ON_DECLINE -> {
                data.put("units", formContext.units());
                data.put("declineFacts", itemFacts.declines(item));
            }
            case DRAFT_PLAN -> fillPlan(data, item);
            case APPROVE_PLAN -> {
                data.put("planFacts", itemFacts.plan(item));
                data.put("measures", itemFacts.measures(item));
            }
            case RECTIFY -> fillRectification(data, item);
            case VERIFY -> {
                putWork(data, item);
                data.put("verifiers", options(organization.people(Role.VERIFIER)));
                data.put("findingFacts", itemFacts.findings(item));
                records.refusedFinding(item).ifPresent(finding -> VerificationForm.show(data, finding));
            }
            case CONFIRM_VERIFICATION -> {
                putWork(data, item);
                data.put("findingFacts", itemFacts.findings(item));
            }
            case SIGN_OFF -> {
                putWork(data, item);
                data.put("verificationFacts", itemFacts.verification(item));
                data.put("signOffs", itemFacts.signOffs(item));
            }
        }
    }

    /** Nobody verifies or signs without having seen what was done. */
    private void putWork(Map<String, Object> data, Item item) {
        data.put("measures", itemFacts.measures(item));
        data.put("outcomeFacts", itemFacts.outcome(item));
        data.put("defectsOfAllRounds", itemFacts.defects(item));
    }

    /**
     * The subject, masked for readers who look at the task of others, as an operator can: they do not work with the
     * item.
     */
    private String subject(Item item, ToDos.ToDo toDo) {
        Registration facts = item.registration();
        return currentPerson
                .find()
                .filter(toDo::isFor)
                .map(reader -> personalData.showSubject(item, reader))
                .orElseGet(() -> PersonalData.masked(facts.sourceType(), facts.subject()));
    }

    private void fillPlan(Map<String, Object> data, Item item) {
        data.put("limitHint", limitHint(item));
        Plan plan = item.plan();
        if (plan != null) {
            data.put("returnNotes", itemFacts.note("facts.planOpinion", plan.planOpinion()));
        }
        PlanForm.show(data, plan, records.measures(item));
    }

    private String limitHint(Item item) {
        if (item.isDueFixedBySource()) {
            return texts.get("hint.due-fixed", itemFacts.lastDay(item.originalDue()));
        }
        String latest = codeLists.offered(CodeList.RECTIFICATION_TYPE).stream()
                .map(type -> texts.get(
                        "hint.due-limit",
                        texts.label(CodeList.RECTIFICATION_TYPE.kind(), type.code()),
                        itemFacts.lastDay(dueDateRule
                                .latestPlanned(item, RectificationType.valueOf(type.code()))
                                .due())))
                .collect(Collectors.joining(texts.get("list.separator")));
        return texts.get("hint.due-limits", latest);
    }

    private void fillRectification(Map<String, Object> data, Item item) {
        data.put(
                "defects",
                records.defects(item).stream()
                        .map(defect -> Map.<String, Object>of(
                                "seq", defect.seq(),
                                "text", defect.content(),
                                "from", texts.label(defect.origin())))
                        .toList());
        RectificationForm.show(
                data,
                records.measures(item),
                records.institutions(item),
                item.outcome().result(),
                item.outcome().extension());
    }

    private static List<Map<String, String>> options(List<Person> people) {
        return people.stream()
                .map(person -> Map.of("label", person.name(), "value", person.id()))
                .toList();
    }

    private LocalDate day(ToDos.ToDo toDo) {
        return toDo.due() == null ? null : clock.dayOf(toDo.due());
    }
}
