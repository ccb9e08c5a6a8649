package org.guiling.engine.form;

import static java.util.stream.Collectors.joining;
import static org.guiling.engine.form.FactTexts.day;
import static org.guiling.engine.form.FactTexts.joined;
import static org.guiling.engine.form.FactTexts.text;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.guiling.engine.form.FactTexts.Rows;
import org.guiling.item.Item;
import org.guiling.item.Outcome;
import org.guiling.item.Plan;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.JointFinding;
import org.guiling.item.record.Measure;
import org.guiling.item.record.MeasureFiles;
import org.guiling.item.record.Verification;
import org.guiling.item.record.VerificationResult;
import org.guiling.item.rule.DueDateRule;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The facts of the work on an item in the words of the reader: plan, measures and outcome, and what verifiers and signers
 * found. Tables of {@code label} and {@code value}, or with the columns that the forms name.
 */
@Component
@Transactional(readOnly = true)
public class WorkFacts {

    private final ItemRecords records;
    private final MeasureFiles measureFiles;
    private final DueDateRule dueDateRule;
    private final Organization organization;
    private final FactTexts factTexts;
    private final Texts texts;

    WorkFacts(
            ItemRecords records,
            MeasureFiles measureFiles,
            DueDateRule dueDateRule,
            Organization organization,
            FactTexts factTexts,
            Texts texts) {
        this.records = records;
        this.measureFiles = measureFiles;
        this.dueDateRule = dueDateRule;
        this.organization = organization;
        this.factTexts = factTexts;
        this.texts = texts;
    }

    /** The measures, the outcome and the defects: nobody verifies or signs without having seen what was done. */
    Map<String, Object> done(Item item) {
        return Map.of("measures", measures(item), "outcomeFacts", outcome(item), "defectsOfAllRounds", defects(item));
    }

    /** The outcome of the work: its result, what was mended elsewhere for it (举一反三), and the rules that it left. */
    public List<Map<String, Object>> outcome(Item item) {
        return factTexts
                .rows()
                .add("facts.result", item.outcome().result())
                .add("facts.extension", item.outcome().extension())
                .add("facts.institutions", institutions(item))
                .list();
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
        return factTexts
                .rows()
                .add("facts.rootCause", plan.rootCause())
                .add("facts.rectType", texts.label(plan.rectType()))
                .add("facts.target", plan.target())
                .add("facts.plannedDue", factTexts.lastDay(plan.plannedDue()))
                .add(
                        "facts.latestDue",
                        item.isDueFixedBySource()
                                ? null
                                : factTexts.lastDay(dueDateRule
                                        .latestPlanned(item, plan.rectType())
                                        .due()))
                .add("facts.fixNowWaiver", plan.fixNowWaiver())
                .add("facts.longTermWaiver", plan.longTermWaiver())
                .add("facts.funds", plan.funds())
                .add("facts.emergencyPlan", plan.emergencyPlan())
                .list();
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
        row.put("due", factTexts.lastDay(measure.due()));
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
        Rows rows = factTexts
                .rows()
                .add("facts.result", item.outcome().result())
                .add("facts.extension", item.outcome().extension())
                .add("facts.institutions", institutions(item))
                .add("facts.longTermWaiver", item.plan().longTermWaiver());
        return inspection(rows, verification, item).list();
    }

    /** The course of the latest verification, without its subject; empty before the first. */
    public List<Map<String, Object>> inspection(Item item) {
        return latestVerification(item)
                .map(verification ->
                        inspection(factTexts.rows(), verification, item).list())
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
        Rows rows = factTexts.rows();
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
        return rows.list();
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
}
