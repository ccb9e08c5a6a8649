package org.guiling.process;

import static java.util.stream.Collectors.joining;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.escalation.Card;
import org.guiling.escalation.CardState;
import org.guiling.escalation.Cards;
import org.guiling.escalation.Cause;
import org.guiling.item.DeadlineStep;
import org.guiling.item.Decline;
import org.guiling.item.Declines;
import org.guiling.item.Institution;
import org.guiling.item.Item;
import org.guiling.item.ItemRecords;
import org.guiling.item.ItemRequest;
import org.guiling.item.ItemRequests;
import org.guiling.item.Items;
import org.guiling.item.Measure;
import org.guiling.item.MeasureFiles;
import org.guiling.item.MergedSources;
import org.guiling.item.Outcome;
import org.guiling.item.PersonalData;
import org.guiling.item.Plan;
import org.guiling.item.RectificationType;
import org.guiling.item.Registration;
import org.guiling.item.RequestKind;
import org.guiling.item.ToDos;
import org.guiling.item.Verification;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.process.FiveStepZeroing.UserTask;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a task's form shows, read from the record when the form is opened: always current, and no row in the engine.
 */
@Component
public class TaskFormData {

    private final ToDos toDos;
    private final Items items;
    private final ItemRecords records;
    private final MeasureFiles measureFiles;
    private final DeadlineStep deadlineStep;
    private final Declines declines;
    private final ItemRequests requests;
    private final MergedSources mergedSources;
    private final PersonalData personalData;
    private final CurrentPerson currentPerson;
    private final Cards cards;
    private final FormContext formContext;
    private final Organization organization;
    private final WorkingCalendars calendars;
    private final Texts texts;
    private final Clock clock;

    TaskFormData(
            ToDos toDos,
            Items items,
            ItemRecords records,
            MeasureFiles measureFiles,
            DeadlineStep deadlineStep,
            Declines declines,
            ItemRequests requests,
            MergedSources mergedSources,
            PersonalData personalData,
            CurrentPerson currentPerson,
            Cards cards,
            FormContext formContext,
            Organization organization,
            WorkingCalendars calendars,
            Texts texts,
            Clock clock) {
        this.toDos = toDos;
        this.items = items;
        this.records = records;
        this.measureFiles = measureFiles;
        this.deadlineStep = deadlineStep;
        this.declines = declines;
        this.requests = requests;
        this.mergedSources = mergedSources;
        this.personalData = personalData;
        this.currentPerson = currentPerson;
        this.cards = cards;
        this.formContext = formContext;
        this.organization = organization;
        this.calendars = calendars;
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
        data.put("itemFacts", itemFacts(item, toDo));
        if (task instanceof UserTask step) {
            fill(data, step, item, toDo);
        } else if (task == RequestTask.RULE_ON_OBJECTION) {
            data.put("cardFacts", cardFacts(cards.objectedTo(item)));
        } else if (task instanceof RequestTask) {
            data.put("requestFacts", requestFacts(item));
        } else if (task instanceof SupervisionTask supervision) {
            data.put(
                    "cardFacts",
                    cardFacts(
                            supervision == SupervisionTask.DECIDE_ON_CARD ? cards.proposed(item) : cards.issued(item)));
            data.put("earlierCards", earlierCards(item));
        } else if (task instanceof SpotCheckVisitTask) {
            data.put("standing", standing(item));
            data.put("measures", measures(item));
            data.put("verifiers", options(organization.people(Role.VERIFIER)));
        } else {
            data.put("verificationFacts", verificationFacts(item));
            data.put("signOffs", signOffs(item));
        }
        return data;
    }

    private void fill(Map<String, Object> data, UserTask task, Item item, ToDos.ToDo toDo) {
        switch (task) {
            case REVIEW_REGISTRATION -> data.put("similarItems", similarItems(item));
            case AMEND_REGISTRATION -> {
                data.put("units", formContext.units());
                data.put(
                        "returnNotes", note("facts.reviewOpinion", item.review().reviewOpinion()));
                data.putAll(registrationFields(item.registration()));
                put(data, "subject", subject(item, toDo));
            }
            case CLAIM_ITEM -> {
                data.put("units", formContext.units());
                data.put(
                        "handlers",
                        options(organization.people(item.registration().leadUnit(), Role.HANDLER)));
                data.put("coUnits", item.registration().coUnits());
                data.put("declineFacts", declineFacts(item));
            }
            case RULE_ON_DECLINE -> {
                data.put("units", formContext.units());
                data.put("declineFacts", declineFacts(item));
            }
            case DRAFT_PLAN -> data.putAll(planFields(item));
            case APPROVE_PLAN -> {
                data.put("planFacts", planFacts(item));
                data.put("measures", measures(item));
            }
            case RECTIFY -> data.putAll(rectificationFields(item));
            case VERIFY -> {
                data.put("measures", measures(item));
                data.put("verifiers", options(organization.people(Role.VERIFIER)));
            }
            case SIGN_OFF -> {
                data.put("verificationFacts", verificationFacts(item));
                data.put("signOffs", signOffs(item));
            }
        }
    }

    /** What the ledger says, for a visitor to compare with. */
    private List<Map<String, Object>> standing(Item item) {
        Rows rows = new Rows()
                .add("facts.status", texts.label(item.status()))
                .add("facts.result", item.outcome().result())
                .add("facts.extension", item.outcome().extension());
        if (item.outcome().closedAt() != null) {
            rows.add("facts.closedAt", minute(item.outcome().closedAt()));
        }
        return rows.list;
    }

    private List<Map<String, Object>> declineFacts(Item item) {
        Rows rows = new Rows();
        for (Decline decline : declines.of(item)) {
            rows.add(
                            "facts.decline",
                            joined(
                                    unitName(decline.unit()),
                                    personName(decline.declinedBy()),
                                    minute(decline.declinedAt())))
                    .add("facts.declineReason", decline.reason())
                    .add("facts.declineBasis", decline.basis())
                    .add("facts.suggestedUnit", unitName(decline.suggestedUnit()));
            if (decline.ruledAt() != null) {
                rows.add(
                        "facts.ruling",
                        joined(
                                texts.get(decline.upheld() ? "ruling.REDISPATCH" : "ruling.KEEP"),
                                personName(decline.ruledBy()),
                                minute(decline.ruledAt()),
                                decline.opinion()));
            }
        }
        return rows.list;
    }

    private List<Map<String, Object>> cardFacts(Card card) {
        Rows rows = new Rows()
                .add("facts.card", texts.label(card.rung()))
                .add("facts.cardUnit", unitName(card.unit()))
                .add("facts.cardCause", texts.get("card.cause." + card.cause(), lastDay(card.reference())))
                .add("facts.cardLate", overdue(card))
                .add("facts.proposedAt", minute(card.proposedAt()))
                .add(
                        "facts.issuedBy",
                        card.decidedBy() == null
                                ? null
                                : joined(personName(card.decidedBy()), minute(card.decidedAt())));
        if (card.objection() != null) {
            rows.add(
                            "facts.objectedBy",
                            joined(
                                    personName(card.objection().objectedBy()),
                                    minute(card.objection().objectedAt())))
                    .add("facts.objection", card.objection().reason())
                    .add("facts.evidence", card.objection().evidence());
        }
        return rows.list;
    }

    private String overdue(Card card) {
        long days = calendars.current().workingDaysBetween(card.reference(), LocalDate.now(clock));
        return card.cause() == Cause.REJECTION ? null : texts.get("card.late." + card.cause(), days);
    }

    /** What was issued before, so that nobody decides without knowing it. */
    private List<Map<String, Object>> earlierCards(Item item) {
        return cards.of(item).stream()
                .filter(card -> card.state() != CardState.PROPOSED && card.state() != CardState.VOID)
                .map(card -> Map.<String, Object>of(
                        "rung", texts.label(card.rung()),
                        "state", texts.label(card.state()),
                        "by", personName(card.decidedBy()),
                        "at", minute(card.decidedAt()),
                        "opinion", text(card.opinion())))
                .toList();
    }

    /** What is asked now, or what suspends the item. */
    private List<Map<String, Object>> requestFacts(Item item) {
        ItemRequest request = requests.latest(item);
        return new Rows()
                .add("facts.requestKind", texts.label(request.kind()))
                .add("facts.requestedBy", joined(personName(request.requestedBy()), minute(request.requestedAt())))
                .add("facts.ground", texts.label(request.ground()))
                .add("facts.requestReason", request.reason())
                .add("facts.evidence", request.evidence())
                .add("facts.receiptNo", request.receiptNo())
                .add("facts.targetNo", request.targetNo())
                .add("facts.fromDue", day(request.fromDue()))
                .add(
                        request.kind() == RequestKind.SUSPENSION ? "facts.reviewOn" : "facts.newDue",
                        day(request.askedDay()))
                .list;
    }

    private List<Map<String, Object>> itemFacts(Item item, ToDos.ToDo toDo) {
        Registration facts = item.registration();
        Rows rows = new Rows()
                .add("facts.itemNo", item.itemNo())
                .add("facts.title", facts.title())
                .add("facts.factText", facts.factText())
                .add("facts.location", facts.location())
                .add("facts.subject", subject(item, toDo))
                .add("facts.source", joined(texts.label(facts.sourceType()), facts.sourceDocNo(), facts.sourceSeq()))
                .add("facts.found", joined(day(facts.foundDate()), facts.foundBy()))
                .add(
                        "facts.classification",
                        joined(
                                texts.label("Category", facts.category()),
                                texts.label("Level", facts.level()),
                                texts.label(facts.urgency())))
                .add("facts.leadUnit", unitName(facts.leadUnit()))
                .add(
                        "facts.coUnits",
                        facts.coUnits().stream().map(this::unitName).collect(joining("、")));
        if (item.responsibility() != null) {
            rows.add(
                    "facts.responsible",
                    joined(
                            item.responsibility().principal(),
                            item.responsibility().divisionLeader(),
                            personName(item.responsibility().handler())));
        }
        rows.add("facts.originalDue", lastDay(item.originalDue()));
        if (item.currentDue() != null && !item.currentDue().equals(item.originalDue())) {
            rows.add("facts.currentDue", lastDay(item.currentDue()));
        }
        LocalDate taskDue =
                toDo.due() == null ? null : toDo.due().atZone(clock.getZone()).toLocalDate();
        // Tasklist shows the task's date by itself, but not that it may still move.
        if (calendars.current().isProvisional(taskDue) && !taskDue.equals(item.currentDue())) {
            rows.add("facts.taskDue", lastDay(taskDue));
        }
        rows.add(
                "facts.mergedSources",
                mergedSources.of(item).stream()
                        .map(source -> joined(
                                texts.label(source.type()),
                                source.docNo(),
                                source.seq(),
                                source.fromItem(),
                                source.answered() ? source.replyNote() : null))
                        .collect(joining("；")));
        long disputed = declines.of(item).stream()
                .mapToLong(decline -> decline.days(clock.instant()))
                .sum();
        rows.add("facts.disputed", disputed == 0 ? null : texts.get("facts.disputed.days", disputed));
        if (item.round() > 1) {
            rows.add("facts.round", Integer.toString(item.round()));
        }
        return rows.list;
    }

    /** Who looks at the task of others, as an operator can, does not work with the item. */
    private String subject(Item item, ToDos.ToDo toDo) {
        Registration facts = item.registration();
        return currentPerson
                .find()
                .filter(toDo::isFor)
                .map(reader -> personalData.showSubject(item, reader))
                .orElseGet(() -> PersonalData.masked(facts.sourceType(), facts.subject()));
    }

    private List<Map<String, Object>> similarItems(Item item) {
        return items.similarTo(item).stream()
                .map(similar -> Map.<String, Object>of(
                        "itemNo", similar.itemNo(),
                        "title", similar.title(),
                        "status", texts.label(similar.status())))
                .toList();
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
            fields.put("returnNotes", note("facts.planOpinion", plan.planOpinion()));
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
            return texts.get("hint.due-fixed", lastDay(item.originalDue()));
        }
        Object[] latest = Arrays.stream(RectificationType.values())
                .map(type -> lastDay(deadlineStep.latestDue(item, type).due()))
                .toArray();
        return texts.get("hint.due-limits", latest);
    }

    private List<Map<String, Object>> planFacts(Item item) {
        Plan plan = item.plan();
        return new Rows()
                .add("facts.rootCause", plan.rootCause())
                .add("facts.rectType", texts.label(plan.rectType()))
                .add("facts.target", plan.target())
                .add("facts.plannedDue", lastDay(plan.plannedDue()))
                .add(
                        "facts.latestDue",
                        item.isDueFixedBySource()
                                ? null
                                : lastDay(deadlineStep
                                        .latestDue(item, plan.rectType())
                                        .due()))
                .add("facts.fixNowWaiver", plan.fixNowWaiver())
                .add("facts.longTermWaiver", plan.longTermWaiver())
                .add("facts.funds", plan.funds())
                .add("facts.emergencyPlan", plan.emergencyPlan())
                .list;
    }

    private List<Map<String, Object>> measures(Item item) {
        Map<Integer, List<String>> files = measureFiles.names(item);
        return records.measures(item).stream()
                .map(measure -> measure(measure, files.getOrDefault(measure.seq(), List.of())))
                .toList();
    }

    private Map<String, Object> measure(Measure measure, List<String> files) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("seq", measure.seq());
        row.put("content", measure.content());
        row.put("track", texts.label(measure.track()));
        row.put("owner", measure.owner());
        row.put("due", lastDay(measure.due()));
        row.put("expectedResult", measure.expectedResult());
        row.put("evidenceType", texts.label(measure.evidenceType()));
        row.put("state", texts.get(measure.done() ? "measure.done" : "measure.open"));
        row.put("result", text(measure.result()));
        row.put("evidence", evidence(measure, files));
        return row;
    }

    /** What the handler wrote, and the files that they uploaded. */
    private String evidence(Measure measure, List<String> files) {
        String written = text(measure.evidence());
        if (files.isEmpty()) {
            return written;
        }
        String uploaded = texts.get("measure.files", files.size(), String.join(texts.get("list.separator"), files));
        return written.isBlank() ? uploaded : joined(written, uploaded);
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

    private List<Map<String, Object>> verificationFacts(Item item) {
        Verification verification = records.verifications(item).stream()
                .max(Comparator.comparingInt(Verification::round))
                .orElseThrow();
        Outcome outcome = item.outcome();
        return new Rows()
                .add("facts.result", outcome.result())
                .add("facts.extension", outcome.extension())
                .add(
                        "facts.institutions",
                        records.institutions(item).stream()
                                .map(institution ->
                                        joined(institution.name(), institution.docNo(), day(institution.issuedOn())))
                                .collect(joining("；")))
                .add("facts.longTermWaiver", item.plan().longTermWaiver())
                .add("facts.verifyMethod", texts.label(verification.method()))
                .add("facts.verifiedOn", day(verification.verifiedOn()))
                .add(
                        "facts.verifiers",
                        verification.verifiers().stream().map(this::personName).collect(joining("、")))
                .add("facts.verifyResult", texts.label(verification.result()))
                .add("facts.callBack", joined(texts.label(verification.callBack()), verification.callBackNote()))
                .add("facts.verifyOpinion", verification.opinion())
                .add("facts.sourceReply", joined(texts.label(outcome.sourceReply()), outcome.sourceReplyNote()))
                .list;
    }

    private List<Map<String, Object>> signOffs(Item item) {
        return records.signOffs(item).stream()
                .map(signOff -> Map.<String, Object>of(
                        "round", signOff.round(),
                        "approver", personName(signOff.approver()),
                        "decision", texts.get(signOff.approved() ? "signOff.APPROVE" : "signOff.RETURN"),
                        "opinion", signOff.opinion(),
                        "at", minute(signOff.signedAt())))
                .toList();
    }

    private List<Map<String, Object>> note(String label, String text) {
        return new Rows().add(label, text).list;
    }

    private static List<Map<String, String>> options(List<Person> people) {
        return people.stream()
                .map(person -> Map.of("label", person.name(), "value", person.id()))
                .toList();
    }

    private String unitName(String code) {
        return organization.unit(code).map(Unit::name).orElse(code);
    }

    private String personName(String id) {
        return organization.person(id).map(Person::name).orElse(id);
    }

    private String minute(Instant instant) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").format(instant.atZone(clock.getZone()));
    }

    /** A day by which something has to be done, as people read it: with a mark while it may still move. */
    private String lastDay(LocalDate day) {
        return calendars.current().isProvisional(day) ? texts.get("due.provisional", day) : day(day);
    }

    private static String day(LocalDate day) {
        return day == null ? null : day.toString();
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    private static String joined(String... parts) {
        return Arrays.stream(parts)
                .filter(part -> part != null && !part.isBlank())
                .collect(joining(" · "));
    }

    private static void put(Map<String, Object> fields, String name, Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** Rows of a table of facts; what is not known yet has no row. */
    private final class Rows {

        private final List<Map<String, Object>> list = new ArrayList<>();

        Rows add(String label, String value) {
            if (value != null && !value.isBlank()) {
                list.add(Map.of("label", texts.get(label), "value", value));
            }
            return this;
        }
    }
}
