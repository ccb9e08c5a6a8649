package org.guiling.document;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.guiling.document.DocumentContent.CriterionRow;
import org.guiling.document.DocumentContent.DecisionRow;
import org.guiling.document.DocumentContent.DefectRow;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.RequestKind;
import org.guiling.item.record.Criterion;
import org.guiling.item.record.Defect;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.SignOff;
import org.guiling.item.record.Verification;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.ItemRequests;
import org.guiling.item.timeline.DueChange;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.supervision.Rung;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;

/** Reads from the record what a document about an item says; empty where there is no reason for the document yet. */
@Component
class ItemContents {

    private static final Set<Action> RETURNING = Set.of(Action.VERIFY, Action.SIGN_OFF, Action.REOPEN);

    private final ItemRecords records;
    private final ItemRequests requests;
    private final Timeline timeline;
    private final SupervisionLetters letters;
    private final DocumentProperties properties;
    private final ItemRows rows;
    private final Wording wording;
    private final OfficeClock clock;

    ItemContents(
            ItemRecords records,
            ItemRequests requests,
            Timeline timeline,
            SupervisionLetters letters,
            DocumentProperties properties,
            ItemRows rows,
            Wording wording,
            OfficeClock clock) {
        this.records = records;
        this.requests = requests;
        this.timeline = timeline;
        this.letters = letters;
        this.properties = properties;
        this.rows = rows;
        this.wording = wording;
        this.clock = clock;
    }

    Optional<? extends Record> of(DocumentKind kind, Item item, Issue issue) {
        return switch (kind) {
            case ASSIGNMENT -> assignment(item, issue);
            case URGING_LETTER -> letters.urging(item, issue);
            case YELLOW_CARD_LETTER -> letters.ofCard(item, Rung.YELLOW_CARD, issue);
            case RED_CARD_LETTER -> letters.ofCard(item, Rung.RED_CARD, issue);
            case EXTENSION_APPROVAL -> extensionApproval(item);
            case REWORK_NOTICE -> reworkNotice(item, issue);
            case VERIFICATION_FORM -> verificationForm(item);
            case CLOSURE_APPROVAL -> closureApproval(item);
            case RECTIFICATION_REPORT -> Optional.empty();
        };
    }

    /**
     * The action that a document is about, by which one that was issued is found again; empty while it is a form that is still
     * being filled in.
     */
    Optional<String> occasion(DocumentKind kind, Item item) {
        return switch (kind) {
            case ASSIGNMENT ->
                Optional.of(item.registeredAt() + " "
                        + (item.responsibility() == null
                                ? "unclaimed"
                                : item.responsibility().claimedAt()));
            case URGING_LETTER ->
                letters.latestUrged(item).map(urged -> urged.at().toString());
            case YELLOW_CARD_LETTER ->
                letters.card(item, Rung.YELLOW_CARD)
                        .map(card -> card.decidedAt().toString());
            case RED_CARD_LETTER ->
                letters.card(item, Rung.RED_CARD).map(card -> card.decidedAt().toString());
            case EXTENSION_APPROVAL ->
                extension(item).filter(request -> request.granted() != null).map(request -> request.requestedAt()
                        .toString());
            case REWORK_NOTICE -> Optional.of("round " + item.round());
            case VERIFICATION_FORM -> recorded(item).map(found -> "round " + found.round());
            case CLOSURE_APPROVAL ->
                Optional.ofNullable(item.outcome().closedAt()).map(Object::toString);
            case RECTIFICATION_REPORT -> Optional.empty();
        };
    }

    private Optional<DocumentContent.Assignment> assignment(Item item, Issue issue) {
        boolean accepted = item.review() != null
                && item.review().reviewedAt() != null
                && item.status() != ItemStatus.NOT_ACCEPTED
                && item.status() != ItemStatus.REVIEW
                && item.status() != ItemStatus.DRAFT;
        if (!accepted && !item.isOnFastLane()) {
            return Optional.empty();
        }
        LocalDate day = accepted ? wording.dayOf(item.review().reviewedAt()) : wording.dayOf(item.registeredAt());
        return Optional.of(new DocumentContent.Assignment(
                properties.office(),
                wording.year(day),
                wording.documentNumber(issue, day),
                rows.facts(item),
                accepted ? wording.person(item.review().reviewedBy()) : "",
                wording.day(day),
                accepted ? wording.entered(item.review().reviewOpinion()) : ""));
    }

    private Optional<DocumentContent.ExtensionApproval> extensionApproval(Item item) {
        return extension(item)
                .map(request -> new DocumentContent.ExtensionApproval(
                        properties.office(),
                        rows.facts(item),
                        wording.person(request.requestedBy()),
                        wording.day(request.requestedAt()),
                        wording.day(request.fromDue()),
                        wording.day(request.askedDay()),
                        wording.entered(request.reason()),
                        wording.entered(request.evidence()),
                        decisions(request),
                        request.granted() == null ? "" : decision(request.granted()),
                        wording.day(request.decidedAt())));
    }

    private Optional<ItemRequest> extension(Item item) {
        return requests.of(item).stream()
                .filter(request -> request.kind() == RequestKind.EXTENSION && request.takenBackAt() == null)
                .reduce((earlier, later) -> later);
    }

    private List<DecisionRow> decisions(ItemRequest request) {
        List<DecisionRow> decisions = new ArrayList<>();
        requests.approvals(request)
                .forEach(approval -> decisions.add(decision(
                        decisions,
                        approval.approver(),
                        decision(true),
                        approval.opinion(),
                        wording.day(approval.approvedAt()))));
        if (Boolean.FALSE.equals(request.granted())) {
            decisions.add(decision(
                    decisions,
                    request.decidedBy(),
                    decision(false),
                    request.opinion(),
                    wording.day(request.decidedAt())));
        }
        return ItemRows.orBlank(decisions, new DecisionRow("", "", "", "", "", ""));
    }

    private DecisionRow decision(List<DecisionRow> before, String person, String decision, String opinion, String day) {
        return new DecisionRow(
                wording.number(before.size() + 1L),
                wording.person(person),
                wording.unitOf(person),
                decision,
                wording.entered(opinion),
                day);
    }

    private String decision(boolean granted) {
        return wording.text(granted ? "document.granted" : "document.refused");
    }

    private Optional<DocumentContent.ReworkNotice> reworkNotice(Item item, Issue issue) {
        List<Defect> defects = records.defects(item);
        if (defects.isEmpty()) {
            return Optional.empty();
        }
        Optional<TimelineEntry> returned = timeline.of(item).stream()
                .filter(entry -> RETURNING.contains(entry.action()) && entry.round() == item.round() - 1)
                .reduce((earlier, later) -> later);
        LocalDate day = returned.map(entry -> wording.dayOf(entry.at())).orElseGet(clock::today);
        return Optional.of(new DocumentContent.ReworkNotice(
                properties.office(),
                wording.year(issue.dated(day)),
                wording.documentNumber(issue, day),
                rows.facts(item),
                wording.day(issue.dated(day)),
                wording.label(defects.get(0).origin()),
                returned.map(entry -> wording.person(entry.actor())).orElse(""),
                returned.map(entry -> wording.day(entry.at())).orElse(""),
                returned.filter(entry -> entry.action() != Action.REOPEN)
                        .map(entry -> wording.entered(entry.reason()))
                        .orElse(""),
                wording.day(reworkDue(item, returned, issue)),
                defects.stream()
                        .map(defect -> new DefectRow(wording.number(defect.seq()), wording.entered(defect.content())))
                        .toList()));
    }

    /** The date that the return set, whatever became of it since; issued again, the notice has the date of today. */
    private static LocalDate reworkDue(Item item, Optional<TimelineEntry> returned, Issue issue) {
        return issue.day() != null
                ? item.currentDue()
                : returned.map(TimelineEntry::due).map(DueChange::to).orElse(item.currentDue());
    }

    /** The latest verification; empty while the present round waits for its own. */
    private Optional<Verification> recorded(Item item) {
        return latest(records.verifications(item))
                .filter(found -> item.status() != ItemStatus.VERIFYING || found.round() == item.round());
    }

    private Optional<DocumentContent.VerificationForm> verificationForm(Item item) {
        boolean waiting = item.status() == ItemStatus.VERIFYING;
        Optional<Verification> verification = recorded(item);
        if (!waiting && verification.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DocumentContent.VerificationForm(
                properties.office(),
                rows.facts(item),
                rows.measures(item),
                rows.otherEvidence(item),
                rows.institutions(item),
                verification.map(found -> wording.label(found.method())).orElse(""),
                verification.map(found -> wording.day(found.verifiedOn())).orElse(""),
                verification.map(found -> wording.people(found.verifiers())).orElse(""),
                Arrays.stream(Criterion.values())
                        .map(criterion -> new CriterionRow(
                                wording.label(criterion),
                                verification
                                        .map(found -> met(found.criteria().contains(criterion)))
                                        .orElse("")))
                        .toList(),
                verification.map(found -> wording.label(found.result())).orElse(""),
                verification.map(this::callBack).orElse(""),
                verification.map(found -> wording.entered(found.opinion())).orElse("")));
    }

    private String met(boolean met) {
        return wording.text(met ? "document.met" : "document.not-met");
    }

    private String callBack(Verification verification) {
        return withNote(wording.label(verification.callBack()), verification.callBackNote());
    }

    private Optional<DocumentContent.ClosureApproval> closureApproval(Item item) {
        if (item.status() != ItemStatus.CLOSING && item.status() != ItemStatus.CLOSED) {
            return Optional.empty();
        }
        return Optional.of(new DocumentContent.ClosureApproval(
                properties.office(),
                rows.facts(item),
                rows.measures(item),
                rows.otherEvidence(item),
                rows.institutions(item),
                latest(records.verifications(item)).map(this::verification).orElse(""),
                withNote(
                        wording.label(item.outcome().sourceReply()),
                        item.outcome().sourceReplyNote()),
                signOffs(item),
                wording.day(item.outcome().closedAt()),
                wording.day(item.outcome().lookBackOn())));
    }

    private String verification(Verification found) {
        return wording.text(
                "document.verification",
                wording.people(found.verifiers()),
                wording.day(found.verifiedOn()),
                wording.label(found.method()),
                wording.label(found.result()),
                wording.entered(found.opinion()));
    }

    /** Those of the present round: what was signed before a return counts no longer. */
    private List<DecisionRow> signOffs(Item item) {
        List<DecisionRow> decisions = new ArrayList<>();
        records.signOffs(item).stream()
                .filter(signOff -> signOff.round() == item.round())
                .forEach(signOff -> decisions.add(decision(
                        decisions,
                        signOff.approver(),
                        decision(signOff),
                        signOff.opinion(),
                        wording.day(signOff.signedAt()))));
        return ItemRows.orBlank(decisions, new DecisionRow("", "", "", "", "", ""));
    }

    private String decision(SignOff signOff) {
        return wording.text(signOff.approved() ? "signOff.APPROVE" : "signOff.RETURN");
    }

    private static <T> Optional<T> latest(List<T> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private String withNote(String label, String note) {
        return Stream.of(label, wording.entered(note))
                .filter(part -> !part.isBlank())
                .collect(joining("："));
    }
}
