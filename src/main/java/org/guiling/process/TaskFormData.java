package org.guiling.process;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.guiling.escalation.Card;
import org.guiling.escalation.Cards;
import org.guiling.item.DueDateRule;
import org.guiling.item.Institution;
import org.guiling.item.Item;
import org.guiling.item.ItemRecords;
import org.guiling.item.Items;
import org.guiling.item.JointFinding;
import org.guiling.item.Measure;
import org.guiling.item.PersonalData;
import org.guiling.item.Plan;
import org.guiling.item.RectificationType;
import org.guiling.item.Registration;
import org.guiling.item.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.rules.CodeList;
import org.guiling.rules.CodeLists;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.SupervisionTask;
import org.guiling.workflow.TaskContract;
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
                data.putAll(registrationFields(item.registration()));
                put(data, "subject", subject(item, toDo));
            }
            case CLAIM_ITEM -> {
                data.put("units", formContext.units());
                data.put(
                        "handlers",
                        options(organization.people(item.registration().leadUnit(), Role.HANDLER)));
                data.put("coUnits", item.registration().coUnits());
                data.put("declineFacts", itemFacts.declines(item));
            }
            case RULE_ON_DECLINE -> {
                data.put("units", formContext.units());
                data.put("declineFacts", itemFacts.declines(item));
            }
            case DRAFT_PLAN -> data.putAll(planFields(item));
            case APPROVE_PLAN -> {
                data.put("planFacts", itemFacts.plan(item));
                data.put("measures", itemFacts.measures(item));
            }
            case RECTIFY -> data.putAll(rectificationFields(item));
            case VERIFY -> {
                putWork(data, item);
                data.put("verifiers", options(organization.people(Role.VERIFIER)));
                data.put("findingFacts", itemFacts.findings(item));
                records.refusedFinding(item).ifPresent(finding -> data.putAll(findingFields(finding)));
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

    /** The fields of the registration form as they were entered; an empty one is left out. */
    private static Map<String, Object> registrationFields(Registration facts) {
        Map<String, Object> fields = new HashMap<>();
        put(fields, "campaignCode", facts.campaignCode());
        put(fields, "sourceType", facts.sourceType().name());
        put(fields, "sourceDocNo", facts.sourceDocNo());
        put(fields, "sourceSeq", facts.sourceSeq());
        put(fields, "foundDate", day(facts.foundDate()));
        put(fields, "foundBy", facts.foundBy());
        put(fields, "title", facts.title());
        put(fields, "factText", facts.factText());
        put(fields, "location", facts.location());
        put(fields, "amount", facts.amount());
        put(fields, "category", facts.category());
        put(fields, "level", Integer.toString(facts.level()));
        put(fields, "urgency", facts.urgency().name());
        put(fields, "systemic", facts.systemic() ? "YES" : "NO");
        put(fields, "visibility", facts.visibility().name());
        put(fields, "leadUnit", facts.leadUnit());
        put(fields, "coUnits", facts.coUnits());
        put(fields, "originalDue", day(facts.sourceDue()));
        put(fields, "dueBasis", facts.sourceDueBasis());
        return fields;
    }

    private Map<String, Object> planFields(Item item) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("limitHint", limitHint(item));
        Plan plan = item.plan();
        if (plan != null) {
            fields.put("returnNotes", itemFacts.note("facts.planOpinion", plan.planOpinion()));
            put(fields, "rootCause", plan.rootCause());
            put(fields, "rectType", plan.rectType().name());
            put(fields, "target", plan.target());
            put(fields, "plannedDue", day(plan.plannedDue()));
            put(fields, "fixNowWaiver", plan.fixNowWaiver());
            put(fields, "longTermWaiver", plan.longTermWaiver());
            put(fields, "funds", plan.funds());
            put(fields, "emergencyPlan", plan.emergencyPlan());
        }
        for (Measure measure : records.measures(item)) {
            String field = "measure" + measure.seq();
            put(fields, field + "Content", measure.content());
            put(fields, field + "Track", measure.track().name());
            put(fields, field + "Owner", measure.owner());
            put(fields, field + "Due", day(measure.due()));
            put(fields, field + "ExpectedResult", measure.expectedResult());
            put(fields, field + "EvidenceType", measure.evidenceType().name());
        }
        return fields;
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

    private Map<String, Object> rectificationFields(Item item) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(
                "defects",
                records.defects(item).stream()
                        .map(defect -> Map.<String, Object>of(
                                "seq", defect.seq(),
                                "text", defect.content(),
                                "from", texts.label(defect.origin())))
                        .toList());
        for (Measure measure : records.measures(item)) {
            String field = "measure" + measure.seq();
            fields.put(field + "Done", measure.done());
            put(fields, field + "Result", measure.result());
            put(fields, field + "Evidence", measure.evidence());
        }
        List<Institution> institutions = records.institutions(item);
        if (!institutions.isEmpty()) {
            Institution institution = institutions.get(0);
            fields.put("institution1Name", institution.name());
            fields.put("institution1DocNo", institution.docNo());
            fields.put("institution1IssuedOn", day(institution.issuedOn()));
        }
        put(fields, "result", item.outcome().result());
        put(fields, "extension", item.outcome().extension());
        return fields;
    }

    /** The fields of a finding that was not confirmed: the first verifier goes on from there. */
    private static Map<String, Object> findingFields(JointFinding finding) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("verifyMethod", finding.method().name());
        fields.put("verifiedOn", day(finding.verifiedOn()));
        fields.put("coVerifiers", finding.others());
        fields.put("criteriaPassed", finding.criteria().stream().map(Enum::name).toList());
        put(
                fields,
                "callBack",
                finding.callBack() == null ? null : finding.callBack().name());
        put(fields, "callBackNote", finding.callBackNote());
        fields.put("opinion", finding.opinion());
        return fields;
    }

    private static List<Map<String, String>> options(List<Person> people) {
        return people.stream()
                .map(person -> Map.of("label", person.name(), "value", person.id()))
                .toList();
    }

    private static String day(LocalDate day) {
        return day == null ? null : day.toString();
    }

    private LocalDate day(ToDos.ToDo toDo) {
        return toDo.due() == null ? null : clock.dayOf(toDo.due());
    }

    private static void put(Map<String, Object> fields, String name, Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
