package org.guiling.engine.form;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Item;
import org.guiling.item.Outcome;
import org.guiling.item.Plan;
import org.guiling.item.Registration;
import org.guiling.item.RequestKind;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.JointFinding;
import org.guiling.item.record.Measure;
import org.guiling.item.record.MeasureFiles;
import org.guiling.item.record.Verification;
import org.guiling.item.record.VerificationResult;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.ItemRequests;
import org.guiling.item.request.MergedSources;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.step.Decline;
import org.guiling.item.step.Declines;
import org.guiling.organization.Organization;
import org.guiling.supervision.Card;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Cause;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The facts of an item in the words of the reader: tables of {@code label} and {@code value}, or with the
 * columns that the forms name. Forms and pages show the same.
 */
@Component
@Transactional(readOnly = true)
public class ItemFacts {

    private final ItemRecords records;
    private final MeasureFiles measureFiles;
    private final DueDateRule dueDateRule;
    private final Declines declines;
    private final ItemRequests requests;
    private final MergedSources mergedSources;
    private final Cards cards;
    private final Organization organization;
    private final WorkingCalendars calendars;
    private final Texts texts;
    private final OfficeClock clock;

    ItemFacts(
            ItemRecords records,
            MeasureFiles measureFiles,
            DueDateRule dueDateRule,
            Declines declines,
            ItemRequests requests,
            MergedSources mergedSources,
            Cards cards,
            Organization organization,
            WorkingCalendars calendars,
            Texts texts,
            OfficeClock clock) {
        this.records = records;
        this.measureFiles = measureFiles;
        this.dueDateRule = dueDateRule;
        this.declines = declines;
        this.requests = requests;
        this.mergedSources = mergedSources;
        this.cards = cards;
        this.organization = organization;
        this.calendars = calendars;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * The item's subject, the people and units that it belongs to, and its dates.
     *
     * @param subject as far as the reader may know it, or null
     * @param taskDue the last day of the task for whose form it is, or null
     */
    public List<Map<String, Object>> of(Item item, String subject, LocalDate taskDue) {
        Registration facts = item.registration();
        Rows rows = new Rows()
                .add("facts.itemNo", item.itemNo())
                .add("facts.title", facts.title())
                .add("facts.factText", facts.factText())
                .add("facts.location", facts.location())
                .add("facts.subject", subject)
                .add("facts.source", joined(texts.label(facts.sourceType()), facts.sourceDocNo(), facts.sourceSeq()))
                .add("facts.found", joined(day(facts.foundDate()), facts.foundBy()))
                .add("facts.classification", classification(facts))
                .add("facts.leadUnit", organization.unitName(facts.leadUnit()))
                .add("facts.coUnits", coUnits(facts))
                .add("facts.responsible", responsible(item));
        rows.add("facts.claimedLate", claimedLate(item));
        rows.add("facts.originalDue", lastDay(item.originalDue()));
        if (item.currentDue() != null && !item.currentDue().equals(item.originalDue())) {
            rows.add("facts.currentDue", lastDay(item.currentDue()));
        }
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

    /** The facts to be read at a glance: the item's weight, who helps, and who answers for it. */
    public List<Map<String, Object>> brief(Item item) {
        return new Rows()
                .add("facts.classification", classification(item.registration()))
                .add("facts.coUnits", coUnits(item.registration()))
                .add("facts.responsible", responsible(item))
                .list;
    }

    private String classification(Registration facts) {
        return joined(
                texts.label("Category", facts.category()),
                texts.label("Level", facts.level()),
                texts.label(facts.urgency()));
    }

    private String coUnits(Registration facts) {
        return facts.coUnits().stream().map(organization::unitName).collect(joining("、"));
    }

    /** Null where the claim was in time, or there was none. */
    private String claimedLate(Item item) {
        return item.responsibility() == null || !item.responsibility().isClaimedLate(clock.getZone())
                ? null
                : texts.get(
                        "facts.claimedLate.days",
                        clock.dayOf(item.responsibility().claimedAt()),
                        item.responsibility().claimDue());
    }

    /** Null while no unit has claimed the item. */
    private String responsible(Item item) {
        return item.responsibility() == null
                ? null
                : joined(
                        item.responsibility().principal(),
                        item.responsibility().divisionLeader(),
                        organization.personName(item.responsibility().handler()));
    }

    /** The item's state according to the ledger, for a visitor to compare with. */
    public List<Map<String, Object>> standing(Item item) {
        Rows rows = new Rows()
                .add("facts.status", texts.label(item.status()))
                .add("facts.result", item.outcome().result())
                .add("facts.extension", item.outcome().extension());
        if (item.outcome().closedAt() != null) {
            rows.add("facts.closedAt", texts.minute(item.outcome().closedAt()));
        }
        return rows.list;
    }

    /** The outcome of the work: its result, what was mended elsewhere for it (举一反三), and the rules that it left. */
    public List<Map<String, Object>> outcome(Item item) {
        return new Rows()
                .add("facts.result", item.outcome().result())
                .add("facts.extension", item.outcome().extension())
                .add("facts.institutions", institutions(item))
                .list;
    }

    private String institutions(Item item) {
        return records.institutions(item).stream()
                .map(institution -> joined(institution.name(), institution.docNo(), day(institution.issuedOn())))
                .collect(joining("；"));
    }

    /** The defects of every round: {@code round}, {@code content}, and at which step they were found ({@code from}). */
    public List<Map<String, Object>> defects(Item item) {
        return records.defectsOfAllRounds(item).stream()
                .map(defect -> Map.<String, Object>of(
                        "round", defect.round(), "content", defect.content(), "from", texts.label(defect.origin())))
                .toList();
    }

    /** The plan; the item has to have one. */
    public List<Map<String, Object>> plan(Item item) {
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
                                : lastDay(dueDateRule
                                        .latestPlanned(item, plan.rectType())
                                        .due()))
                .add("facts.fixNowWaiver", plan.fixNowWaiver())
                .add("facts.longTermWaiver", plan.longTermWaiver())
                .add("facts.funds", plan.funds())
                .add("facts.emergencyPlan", plan.emergencyPlan())
                .list;
    }

    /** The measures, one after the other, with what was reported and the files that show it. */
    public List<Map<String, Object>> measures(Item item) {
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
        row.put("written", text(measure.evidence()));
        row.put("evidence", evidence(measure, files));
        return row;
    }

    /** The handler's text, and the files that they uploaded. */
    private String evidence(Measure measure, List<String> files) {
        String written = text(measure.evidence());
        if (files.isEmpty()) {
            return written;
        }
        String uploaded = texts.get("measure.files", files.size(), String.join(texts.get("list.separator"), files));
        return written.isBlank() ? uploaded : joined(written, uploaded);
    }

    /** True where it has been verified in any round. */
    public boolean isVerified(Item item) {
        return !records.verifications(item).isEmpty();
    }

    /** The latest verification and what it was about; there has to be one. */
    public List<Map<String, Object>> verification(Item item) {
        Verification verification = latestVerification(item).orElseThrow();
        Rows rows = new Rows()
                .add("facts.result", item.outcome().result())
                .add("facts.extension", item.outcome().extension())
                .add("facts.institutions", institutions(item))
                .add("facts.longTermWaiver", item.plan().longTermWaiver());
        return inspection(rows, verification, item).list;
    }

    /** The course of the latest verification, without its subject; empty before the first. */
    public List<Map<String, Object>> inspection(Item item) {
        return latestVerification(item)
                .map(verification -> inspection(new Rows(), verification, item).list)
                .orElse(List.of());
    }

    private Optional<Verification> latestVerification(Item item) {
        return records.verifications(item).stream().max(Comparator.comparingInt(Verification::round));
    }

    private Rows inspection(Rows rows, Verification verification, Item item) {
        Outcome outcome = item.outcome();
        return rows.add("facts.verifyMethod", texts.label(verification.method()))
                .add("facts.verifiedOn", day(verification.verifiedOn()))
                .add(
                        "facts.verifiers",
                        verification.verifiers().stream()
                                .map(organization::personName)
                                .collect(joining("、")))
                .add("facts.verifyResult", texts.label(verification.result()))
                .add("facts.callBack", joined(texts.label(verification.callBack()), verification.callBackNote()))
                .add("facts.verifyOpinion", verification.opinion())
                .add("facts.sourceReply", joined(texts.label(outcome.sourceReply()), outcome.sourceReplyNote()));
    }

    /**
     * The findings of two verifiers on site in the item's present round with the second one's answers, the oldest
     * first.
     */
    public List<Map<String, Object>> findings(Item item) {
        Rows rows = new Rows();
        List<JointFinding> findings = records.jointFindings(item).stream()
                .filter(finding -> finding.round() == item.round())
                .toList();
        for (JointFinding finding : findings) {
            rows.add(
                            "facts.finding",
                            joined(organization.personName(finding.first()), texts.minute(finding.recordedAt())))
                    .add("facts.verifyMethod", texts.label(finding.method()))
                    .add("facts.verifiedOn", day(finding.verifiedOn()))
                    .add(
                            "facts.coVerifiers",
                            finding.others().stream()
                                    .map(organization::personName)
                                    .collect(joining("、")))
                    .add("facts.verifyResult", texts.label(VerificationResult.PASS))
                    .add("facts.callBack", joined(texts.label(finding.callBack()), finding.callBackNote()))
                    .add("facts.verifyOpinion", finding.opinion());
            if (finding.answer() != null) {
                rows.add(
                        "facts.findingAnswer",
                        joined(
                                texts.get(finding.answer().confirmed() ? "finding.CONFIRM" : "finding.REFUSE"),
                                organization.personName(finding.answer().by()),
                                texts.minute(finding.answer().at()),
                                finding.answer().opinion()));
            }
        }
        return rows.list;
    }

    /** The sign-offs and returns with the people who decided them, the oldest first. */
    public List<Map<String, Object>> signOffs(Item item) {
        return records.signOffs(item).stream()
                .map(signOff -> Map.<String, Object>of(
                        "round", signOff.round(),
                        "approver", organization.personName(signOff.approver()),
                        "decision", texts.get(signOff.approved() ? "signOff.APPROVE" : "signOff.RETURN"),
                        "opinion", signOff.opinion(),
                        "at", texts.minute(signOff.signedAt())))
                .toList();
    }

    /** The units that declined it, and the rulings. */
    public List<Map<String, Object>> declines(Item item) {
        Rows rows = new Rows();
        for (Decline decline : declines.of(item)) {
            rows.add(
                            "facts.decline",
                            joined(
                                    organization.unitName(decline.unit()),
                                    organization.personName(decline.declinedBy()),
                                    texts.minute(decline.declinedAt())))
                    .add("facts.declineReason", decline.reason())
                    .add("facts.declineBasis", decline.basis())
                    .add("facts.suggestedUnit", organization.unitName(decline.suggestedUnit()));
            if (decline.ruledAt() != null) {
                rows.add(
                        "facts.ruling",
                        joined(
                                texts.get(decline.upheld() ? "ruling.REDISPATCH" : "ruling.KEEP"),
                                organization.personName(decline.ruledBy()),
                                texts.minute(decline.ruledAt()),
                                decline.opinion()));
            }
        }
        return rows.list;
    }

    /** The open request, or the suspension in force. */
    public List<Map<String, Object>> request(Item item) {
        ItemRequest request = requests.latest(item);
        return new Rows()
                .add("facts.requestKind", texts.label(request.kind()))
                .add(
                        "facts.requestedBy",
                        joined(organization.personName(request.requestedBy()), texts.minute(request.requestedAt())))
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

    /** One card, with the objection and the answer where there are any. */
    public List<Map<String, Object>> card(Card card) {
        Rows rows = new Rows()
                .add("facts.card", texts.label(card.rung()))
                .add("facts.cardUnit", organization.unitName(card.unit()))
                .add("facts.cardCause", texts.get("card.cause." + card.cause(), lastDay(card.reference())))
                .add("facts.cardLate", overdue(card))
                .add("facts.proposedAt", texts.minute(card.proposedAt()))
                .add(
                        "facts.issuedBy",
                        card.decidedBy() == null
                                ? null
                                : joined(organization.personName(card.decidedBy()), texts.minute(card.decidedAt())));
        if (card.objection() != null) {
            rows.add(
                            "facts.objectedBy",
                            joined(
                                    organization.personName(card.objection().objectedBy()),
                                    texts.minute(card.objection().objectedAt())))
                    .add("facts.objection", card.objection().reason())
                    .add("facts.evidence", card.objection().evidence());
        }
        if (card.awaitsReply()) {
            rows.add("facts.replyUntil", lastDay(card.replyUntil()));
        }
        rows.list.addAll(reply(card));
        return rows.list;
    }

    /** The unit's answer to a card; empty before there is one. */
    public List<Map<String, Object>> reply(Card card) {
        Rows rows = new Rows();
        if (card.reply() != null) {
            rows.add(
                            "facts.repliedBy",
                            joined(
                                    organization.personName(card.reply().repliedBy()),
                                    texts.minute(card.reply().repliedAt())))
                    .add("facts.replyCause", card.reply().cause())
                    .add("facts.replyDone", card.reply().done())
                    .add("facts.replyNext", card.reply().next());
        }
        return rows.list;
    }

    private String overdue(Card card) {
        long days = calendars.current().workingDaysBetween(card.reference(), clock.today());
        return card.cause() == Cause.REJECTION ? null : texts.get("card.late." + card.cause(), days);
    }

    /** The cards that were issued before one, so that nobody decides without knowing them. */
    public List<Map<String, Object>> earlierCards(Item item, Card later) {
        return cards.of(item).stream()
                .filter(card -> card.id() < later.id())
                .filter(card -> card.state() != CardState.PROPOSED && card.state() != CardState.VOID)
                .map(card -> Map.<String, Object>of(
                        "rung", texts.label(card.rung()),
                        "state", texts.label(card.state()),
                        "by", organization.personName(card.decidedBy()),
                        "at", texts.minute(card.decidedAt()),
                        "opinion", text(card.opinion()),
                        "reply", card.reply() == null ? "" : card.reply().done()))
                .toList();
    }

    List<Map<String, Object>> note(String label, String text) {
        return new Rows().add(label, text).list;
    }

    /** A day by which something has to be done, as people read it: with a mark while it may still move. */
    String lastDay(LocalDate day) {
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
