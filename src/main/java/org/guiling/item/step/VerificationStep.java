package org.guiling.item.step;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.Track;
import org.guiling.item.record.CallBack;
import org.guiling.item.record.Criterion;
import org.guiling.item.record.FourEyes;
import org.guiling.item.record.Institution;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.JointFinding;
import org.guiling.item.record.Measure;
import org.guiling.item.record.MeasureFiles;
import org.guiling.item.record.Verification;
import org.guiling.item.record.VerificationMethod;
import org.guiling.item.record.VerificationResult;
import org.guiling.item.record.VerificationTeam;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Step 4, 核查验收: a conclusion with grounds (DOMAIN.md §1); holds the rectification that leads to it. */
@Component
@Transactional
public class VerificationStep {

    private final Items items;
    private final ItemRecords records;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final VerificationTeam team;
    private final MeasureFiles measureFiles;
    private final DueDateRule dueDateRule;
    private final OfficeClock clock;

    VerificationStep(
            Items items,
            ItemRecords records,
            Timeline timeline,
            FourEyes fourEyes,
            VerificationTeam team,
            MeasureFiles measureFiles,
            DueDateRule dueDateRule,
            OfficeClock clock) {
        this.items = items;
        this.records = records;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.team = team;
        this.measureFiles = measureFiles;
        this.dueDateRule = dueDateRule;
        this.clock = clock;
    }

    /** Report on one measure. */
    public record MeasureReport(boolean done, String result, String evidence) {}

    /**
     * A report of the handler.
     *
     * @param measures by sequence number; a measure that is not named stays as it was
     * @param submitted whether verification is asked for; otherwise this only reports progress
     * @param result null unless submitted
     * @param extension 举一反三, null unless submitted
     */
    public record Report(
            Map<Integer, MeasureReport> measures,
            String progress,
            boolean submitted,
            String result,
            String extension,
            List<Institution> institutions) {}

    /**
     * Result of a verification.
     *
     * @param coVerifiers ids of the others
     * @param callBack null unless the item is public-facing
     * @param defects what to mend; empty when passed
     * @param reworkDue the due date of the next round; null when passed
     */
    public record Finding(
            VerificationMethod method,
            LocalDate verifiedOn,
            List<String> coVerifiers,
            Set<Criterion> criteria,
            VerificationResult result,
            CallBack callBack,
            String callBackNote,
            List<String> defects,
            LocalDate reworkDue,
            String opinion) {}

    public void report(Item item, Report report, Person handler) {
        Action action = report.submitted() ? Action.SUBMIT_RECTIFICATION : Action.REPORT_PROGRESS;
        fourEyes.check(item, action, handler);
        List<Measure> measures = applied(records.measures(item), report.measures());
        if (report.submitted()) {
            checkSubmission(item, report, measures);
        }
        records.reportMeasures(item, measures);
        records.addProgress(item, handler.id(), OffsetDateTime.now(clock), report.progress());
        timeline.append(item, action, handler, new TimelineFact.Words(report.progress()));
        if (report.submitted()) {
            records.replaceInstitutions(item, report.institutions());
            item.write(item.outcome().declaredDone(report.result(), report.extension(), clock.instant()));
            items.save(item);
        }
    }

    /**
     * Records what was found on site by two (双人核查) and passes: it counts once the second has confirmed it.
     *
     * @return who is asked to confirm it
     */
    public Person recordForConfirmation(Item item, Finding finding, Person verifier) {
        List<Person> verifiers = checked(item, finding, verifier);
        List<Person> others = verifiers.subList(1, verifiers.size());
        records.add(
                item,
                new JointFinding(
                        0,
                        item.round(),
                        verifier.id(),
                        others.stream().map(Person::id).toList(),
                        finding.method(),
                        finding.verifiedOn(),
                        finding.criteria(),
                        finding.callBack(),
                        finding.callBackNote(),
                        finding.opinion(),
                        clock.instant(),
                        null));
        Person second = others.get(0);
        timeline.appendAction(
                item,
                Action.RECORD_FINDING,
                verifier,
                new TimelineFact.OtherVerifier(second.id()).because(finding.opinion()));
        return second;
    }

    /** True where a finding counts only when the second of those who went there has confirmed it (DOMAIN.md §1, step 4). */
    public boolean needsConfirmation(Item item, VerificationResult result) {
        return result == VerificationResult.PASS && VerificationTeam.goesOnSite(item);
    }

    /**
     * The second verifier on site says what they think of what the first found.
     *
     * @param opinion what they looked at themselves, or why they do not confirm it
     * @return what was found
     */
    public JointFinding confirm(Item item, boolean confirmed, String opinion, Person second) {
        fourEyes.check(item, Action.VERIFY, second);
        JointFinding finding =
                records.findingToConfirm(item).orElseThrow(() -> RefusedException.conflict("refusal.task-gone"));
        Gate gate = new Gate()
                .require(team.isFromOutside(second, item), null, "refusal.verification.own-unit", second.name());
        if (confirmed) {
            // A part may have been reopened since the first recorded it.
            gate.refuse(item.whilePartsAreOpen());
        }
        gate.pass();
        records.answerFinding(item, new JointFinding.Answer(second.id(), confirmed, opinion, clock.instant()));
        if (confirmed) {
            records.add(item, finding.confirmedBy(second.id()), OffsetDateTime.now(clock));
            timeline.appendAction(
                    item,
                    Action.VERIFY,
                    second,
                    TimelineFact.Outcome.of(VerificationResult.PASS).because(opinion));
        } else {
            timeline.appendAction(
                    item,
                    Action.REFUSE_FINDING,
                    second,
                    new TimelineFact.OtherVerifier(finding.first()).because(opinion));
        }
        return finding;
    }

    private List<Person> checked(Item item, Finding finding, Person verifier) {
        fourEyes.check(item, Action.VERIFY, verifier);
        List<Person> verifiers = team.of(verifier, finding.coVerifiers());
        checkFinding(item, finding, verifiers);
        return verifiers;
    }

    /** Records what was found; what did not pass is returned for rework at once. */
    public void verify(Item item, Finding finding, Person verifier) {
        List<Person> verifiers = checked(item, finding, verifier);
        records.add(
                item,
                new Verification(
                        item.round(),
                        finding.method(),
                        verifiers.stream().map(Person::id).toList(),
                        finding.verifiedOn(),
                        finding.criteria(),
                        finding.result(),
                        finding.callBack(),
                        finding.callBackNote(),
                        finding.opinion()),
                OffsetDateTime.now(clock));
        boolean returned = finding.result() != VerificationResult.PASS;
        timeline.appendAction(
                item,
                Action.VERIFY,
                verifier,
                TimelineFact.Outcome.of(finding.result())
                        .because(finding.opinion())
                        .moving(item.currentDue(), returned ? finding.reworkDue() : item.currentDue(), null));
        if (returned) {
            returnForRework(item, Action.VERIFY, finding.defects(), finding.reworkDue());
        }
    }

    /** Opens the next round: defects itemised, a due date of its own, the original one kept. */
    public void returnForRework(Item item, Action origin, List<String> defects, LocalDate reworkDue) {
        item.beginNextRound(reworkDue, clock.today());
        records.addDefects(item, origin, defects);
        items.save(item);
    }

    private static List<Measure> applied(List<Measure> measures, Map<Integer, MeasureReport> reports) {
        return measures.stream()
                .map(measure -> {
                    MeasureReport report = reports.get(measure.seq());
                    return report == null
                            ? measure
                            : measure.reported(report.done(), report.result(), report.evidence());
                })
                .toList();
    }

    private void checkSubmission(Item item, Report report, List<Measure> measures) {
        Gate gate = new Gate();
        requireRectified(gate, item, measures, report.institutions(), report.result(), report.extension());
        LocalDate today = clock.today();
        report.institutions()
                .forEach(institution -> gate.require(
                        !institution.issuedOn().isAfter(today), "institution1IssuedOn", "refusal.date.future"));
        gate.pass();
    }

    /** Preconditions for sending a verifier (DOMAIN.md §1, step 4). */
    private void requireRectified(
            Gate gate,
            Item item,
            List<Measure> measures,
            List<Institution> institutions,
            String result,
            String extension) {
        gate.refuse(item.whilePartsAreOpen());
        Set<Integer> withFiles = measureFiles.names(item).keySet();
        for (Measure measure : measures) {
            gate.require(
                            measure.done(),
                            Measure.field(measure.seq(), "Done"),
                            "refusal.rectification.not-done",
                            measure.seq())
                    .require(
                            measure.hasEvidenceInWords() || withFiles.contains(measure.seq()),
                            Measure.field(measure.seq(), "Evidence"),
                            "refusal.rectification.no-evidence",
                            measure.seq());
        }
        boolean lasting = measures.stream().anyMatch(measure -> measure.track() == Track.LONG_TERM);
        gate.require(!lasting || !institutions.isEmpty(), "institution1Name", "refusal.rectification.no-institution")
                .require(Gate.given(result), "result", "refusal.rectification.no-result")
                .require(Gate.given(extension), "extension", "refusal.rectification.no-extension");
    }

    /** The preconditions that the handler still has to meet, as far as the record knows. */
    void lackingRectification(Gate gate, Item item) {
        requireRectified(
                gate,
                item,
                records.measures(item),
                records.institutions(item),
                item.outcome().result(),
                item.outcome().extension());
    }

    /** The preconditions that the verifiers still have to meet. */
    void lackingVerification(Gate gate, Item item) {
        gate.refuse(item.whilePartsAreOpen())
                .require(
                        false,
                        null,
                        VerificationTeam.goesOnSite(item) ? "criterion.verification-on-site" : "criterion.verification")
                .require(!item.registration().sourceType().isPublicFacing(), null, "refusal.verification.call-back");
    }

    /** Words stand in for a photo or a document only where the verifiers saw the thing itself. */
    private void requireSeen(Gate gate, Item item, VerificationMethod method) {
        // From level 2 on nobody verifies on paper anyway.
        if (method.isOnSite() || VerificationTeam.goesOnSite(item)) {
            return;
        }
        Set<Integer> withFiles = measureFiles.names(item).keySet();
        records.measures(item).stream()
                .filter(measure -> measure.evidenceType().isFile() && !withFiles.contains(measure.seq()))
                .forEach(measure -> gate.require(
                        false, "verifyMethod", "refusal.verification.unseen", measure.seq(), measure.evidenceType()));
    }

    private void checkFinding(Item item, Finding finding, List<Person> verifiers) {
        LocalDate today = clock.today();
        LocalDate submitted = clock.dayOf(item.outcome().selfDoneAt());
        Gate gate = new Gate()
                .require(!finding.verifiedOn().isAfter(today), "verifiedOn", "refusal.date.future")
                .require(
                        !finding.verifiedOn().isBefore(submitted),
                        "verifiedOn",
                        "refusal.verification.before-submission",
                        submitted);
        team.require(gate, item, Action.VERIFY, verifiers, finding.method());
        if (item.registration().sourceType().isPublicFacing()) {
            gate.require(finding.callBack() != null, "callBack", "refusal.verification.call-back");
        }
        if (finding.result() == VerificationResult.PASS) {
            // A part may have been reopened since the whole was handed in.
            gate.refuse(item.whilePartsAreOpen());
            requireSeen(gate, item, finding.method());
            gate.require(
                    finding.criteria().containsAll(EnumSet.allOf(Criterion.class)),
                    "criteriaPassed",
                    "refusal.verification.criteria");
        } else {
            dueDateRule.requireRework(gate, item, finding.defects(), finding.reworkDue());
        }
        gate.pass();
    }
}
