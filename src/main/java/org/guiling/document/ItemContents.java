package org.guiling.document;

import static java.util.stream.Collectors.joining;

import java.time.Clock;
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
import org.guiling.document.DocumentContent.InstitutionRow;
import org.guiling.document.DocumentContent.ItemFacts;
import org.guiling.document.DocumentContent.MeasureRow;
import org.guiling.escalation.Card;
import org.guiling.escalation.CardState;
import org.guiling.escalation.Cards;
import org.guiling.escalation.Rung;
import org.guiling.item.Action;
import org.guiling.item.Criterion;
import org.guiling.item.Defect;
import org.guiling.item.Item;
import org.guiling.item.ItemRecords;
import org.guiling.item.ItemRequest;
import org.guiling.item.ItemRequests;
import org.guiling.item.ItemStatus;
import org.guiling.item.PersonalData;
import org.guiling.item.Plan;
import org.guiling.item.Registration;
import org.guiling.item.RequestKind;
import org.guiling.item.Responsibility;
import org.guiling.item.SignOff;
import org.guiling.item.Timeline;
import org.guiling.item.TimelineEntry;
import org.guiling.item.Verification;
import org.guiling.organization.Organization;
import org.guiling.process.TaskContract;
import org.springframework.stereotype.Component;

/** Reads from the record what a document about an item says; empty where there is no reason for the document yet. */
@Component
class ItemContents {

    private static final Set<CardState> STANDING = Set.of(CardState.ISSUED, CardState.OBJECTED, CardState.CONFIRMED);
    private static final Set<Action> RETURNING = Set.of(Action.VERIFY, Action.SIGN_OFF, Action.REOPEN);
    private static final String URGED = "URGED";

    private final ItemRecords records;
    private final ItemRequests requests;
    private final Timeline timeline;
    private final Cards cards;
    private final Organization organization;
    private final DocumentProperties properties;
    private final Wording wording;
    private final Clock clock;

    ItemContents(
            ItemRecords records,
            ItemRequests requests,
            Timeline timeline,
            Cards cards,
            Organization organization,
            DocumentProperties properties,
            Wording wording,
            Clock clock) {
        this.records = records;
        this.requests = requests;
        this.timeline = timeline;
        this.cards = cards;
        this.organization = organization;
        this.properties = properties;
        this.wording = wording;
        this.clock = clock;
    }

    Optional<? extends Record> of(DocumentKind kind, Item item) {
        return switch (kind) {
            case ASSIGNMENT -> assignment(item);
            case URGING_LETTER -> urgingLetter(item);
            case YELLOW_CARD_LETTER -> cardLetter(item, Rung.YELLOW_CARD);
            case RED_CARD_LETTER -> cardLetter(item, Rung.RED_CARD);
            case EXTENSION_APPROVAL -> extensionApproval(item);
            case REWORK_NOTICE -> reworkNotice(item);
            case VERIFICATION_FORM -> verificationForm(item);
            case CLOSURE_APPROVAL -> closureApproval(item);
            case RECTIFICATION_REPORT -> Optional.empty();
        };
    }

    private Optional<DocumentContent.Assignment> assignment(Item item) {
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
                facts(item),
                accepted ? wording.person(item.review().reviewedBy()) : "",
                wording.day(day),
                accepted ? wording.entered(item.review().reviewOpinion()) : ""));
    }

    /** Of the unit's own work: those who decide on something are urged too, and get no letter. */
    private Optional<DocumentContent.SupervisionLetter> urgingLetter(Item item) {
        if (!item.status().isOpen()) {
            return Optional.empty();
        }
        return timeline.of(item).stream()
                .filter(entry -> entry.notice() != null && isUrged(item, entry.notice()))
                .reduce((earlier, later) -> later)
                .map(urged -> new DocumentContent.SupervisionLetter(
                        properties.office(),
                        wording.year(wording.dayOf(urged.at())),
                        facts(item),
                        wording.unit(item.registration().leadUnit()),
                        wording.text("document.reason.URGED", wording.label(urged.status())),
                        "",
                        wording.day(urged.at()),
                        "",
                        measures(item)));
    }

    private boolean isUrged(Item item, TimelineEntry.Notice notice) {
        return notice.kind().equals(URGED)
                && notice.recipients().stream()
                        .flatMap(id -> organization.person(id).stream())
                        .anyMatch(person -> person.belongsTo(item.registration().leadUnit()));
    }

    private Optional<DocumentContent.SupervisionLetter> cardLetter(Item item, Rung rung) {
        return cards.of(item).stream()
                .filter(card -> card.rung() == rung && STANDING.contains(card.state()))
                .reduce((earlier, later) -> later)
                .map(card -> new DocumentContent.SupervisionLetter(
                        properties.office(),
                        wording.year(wording.dayOf(card.decidedAt())),
                        facts(item),
                        wording.unit(card.unit()),
                        reason(card),
                        wording.person(card.decidedBy()),
                        wording.day(card.decidedAt()),
                        wording.day(cards.objectionUntil(card)),
                        measures(item)));
    }

    private String reason(Card card) {
        String task = TaskContract.of(card.taskKey())
                .map(contract -> wording.label((Enum<?>) contract))
                .orElse(card.taskKey());
        return wording.text("document.reason." + card.cause(), task, wording.day(card.reference()));
    }

    private Optional<DocumentContent.ExtensionApproval> extensionApproval(Item item) {
        return requests.of(item).stream()
                .filter(request -> request.kind() == RequestKind.EXTENSION)
                .reduce((earlier, later) -> later)
                .map(request -> new DocumentContent.ExtensionApproval(
                        properties.office(),
                        facts(item),
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

    private List<DecisionRow> decisions(ItemRequest request) {
        List<DecisionRow> rows = new ArrayList<>();
        requests.approvals(request)
                .forEach(approval -> rows.add(decision(
                        rows,
                        approval.approver(),
                        decision(true),
                        approval.opinion(),
                        wording.day(approval.approvedAt()))));
        if (Boolean.FALSE.equals(request.granted())) {
            rows.add(decision(
                    rows, request.decidedBy(), decision(false), request.opinion(), wording.day(request.decidedAt())));
        }
        return orBlank(rows, new DecisionRow("", "", "", "", "", ""));
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

    private Optional<DocumentContent.ReworkNotice> reworkNotice(Item item) {
        List<Defect> defects = records.defects(item);
        if (defects.isEmpty()) {
            return Optional.empty();
        }
        Optional<TimelineEntry> returned = timeline.of(item).stream()
                .filter(entry -> RETURNING.contains(entry.action()) && entry.round() == item.round() - 1)
                .reduce((earlier, later) -> later);
        return Optional.of(new DocumentContent.ReworkNotice(
                properties.office(),
                wording.year(returned.map(entry -> wording.dayOf(entry.at())).orElseGet(() -> LocalDate.now(clock))),
                facts(item),
                wording.label(defects.get(0).origin()),
                returned.map(entry -> wording.person(entry.actor())).orElse(""),
                returned.map(entry -> wording.day(entry.at())).orElse(""),
                returned.filter(entry -> entry.action() != Action.REOPEN)
                        .map(entry -> wording.entered(entry.reason()))
                        .orElse(""),
                wording.day(item.currentDue()),
                defects.stream()
                        .map(defect -> new DefectRow(wording.number(defect.seq()), wording.entered(defect.content())))
                        .toList()));
    }

    private Optional<DocumentContent.VerificationForm> verificationForm(Item item) {
        boolean waiting = item.status() == ItemStatus.VERIFYING;
        Optional<Verification> verification =
                latest(records.verifications(item)).filter(found -> !waiting || found.round() == item.round());
        if (!waiting && verification.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DocumentContent.VerificationForm(
                properties.office(),
                facts(item),
                measures(item),
                institutions(item),
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
                facts(item),
                measures(item),
                institutions(item),
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
        List<DecisionRow> rows = new ArrayList<>();
        records.signOffs(item).stream()
                .filter(signOff -> signOff.round() == item.round())
                .forEach(signOff -> rows.add(decision(
                        rows,
                        signOff.approver(),
                        decision(signOff),
                        signOff.opinion(),
                        wording.day(signOff.signedAt()))));
        return orBlank(rows, new DecisionRow("", "", "", "", "", ""));
    }

    private String decision(SignOff signOff) {
        return wording.text(signOff.approved() ? "signOff.APPROVE" : "signOff.RETURN");
    }

    private List<MeasureRow> measures(Item item) {
        List<MeasureRow> rows = records.measures(item).stream()
                .map(measure -> new MeasureRow(
                        wording.number(measure.seq()),
                        wording.entered(measure.content()),
                        wording.label(measure.track()),
                        wording.entered(measure.owner()),
                        wording.day(measure.due()),
                        wording.entered(measure.expectedResult()),
                        wording.text(measure.done() ? "measure.done" : "measure.open"),
                        wording.entered(measure.result()),
                        wording.entered(measure.evidence())))
                .toList();
        return orBlank(rows, new MeasureRow("", "", "", "", "", "", "", "", ""));
    }

    private List<InstitutionRow> institutions(Item item) {
        List<InstitutionRow> rows = records.institutions(item).stream()
                .map(institution -> new InstitutionRow(
                        wording.entered(institution.name()),
                        wording.entered(institution.docNo()),
                        wording.day(institution.issuedOn())))
                .toList();
        return orBlank(rows, new InstitutionRow("", "", ""));
    }

    /** A table keeps one row for the pen. */
    private static <T> List<T> orBlank(List<T> rows, T blank) {
        return rows.isEmpty() ? List.of(blank) : rows;
    }

    private static <T> Optional<T> latest(List<T> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private String withNote(String label, String note) {
        return Stream.of(label, wording.entered(note))
                .filter(part -> !part.isBlank())
                .collect(joining("："));
    }

    private ItemFacts facts(Item item) {
        Registration facts = item.registration();
        Optional<Responsibility> who = Optional.ofNullable(item.responsibility());
        Optional<Plan> plan = Optional.ofNullable(item.plan());
        return new ItemFacts(
                item.itemNo(),
                wording.entered(facts.title()),
                wording.entered(facts.factText()),
                wording.entered(facts.location()),
                wording.entered(PersonalData.masked(facts.sourceType(), facts.subject())),
                wording.amount(facts.amount()),
                wording.label(facts.sourceType()),
                wording.entered(facts.sourceDocNo()),
                wording.day(facts.foundDate()),
                wording.entered(facts.foundBy()),
                wording.label("Category", facts.category()),
                wording.label("Level", facts.level()),
                wording.label(facts.urgency()),
                wording.day(item.registeredAt()),
                wording.unit(facts.leadUnit()),
                wording.units(facts.coUnits()),
                who.map(Responsibility::principal).orElse(""),
                who.map(Responsibility::divisionLeader).orElse(""),
                who.map(Responsibility::handler).map(wording::person).orElse(""),
                who.map(Responsibility::claimedAt).map(wording::day).orElse(""),
                plan.map(Plan::rootCause).orElse(""),
                plan.map(Plan::rectType).map(wording::label).orElse(""),
                plan.map(Plan::target).orElse(""),
                wording.day(item.originalDue()),
                wording.day(item.currentDue()),
                wording.entered(item.dueBasis()),
                wording.number(item.round()),
                wording.label(item.status()),
                wording.label(item.step()),
                wording.entered(item.outcome().result()),
                wording.entered(item.outcome().extension()),
                wording.day(item.outcome().selfDoneAt()));
    }
}
