package org.guiling.web.notification;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.guiling.item.Item;
import org.guiling.item.RequestKind;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.SignOff;
import org.guiling.item.record.Verification;
import org.guiling.item.record.VerificationResult;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.ItemRequests;
import org.guiling.item.step.Declines;
import org.guiling.item.todo.ToDos;
import org.guiling.notification.Inbox;
import org.guiling.organization.Organization;
import org.guiling.spotcheck.SpotChecks;
import org.guiling.supervision.Card;
import org.guiling.supervision.Cards;
import org.guiling.text.Texts;
import org.guiling.web.support.Dues;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** The outcome of what a notice is about: read from the record when the notice is read, with the reason where there is one. */
@Component
class NoticeOutcomes {

    /** So much of a reason is read in a list; all of it is behind the link. */
    private static final int LONGEST_REASON = 80;

    private final ItemRequests requests;
    private final ItemRecords records;
    private final Declines declines;
    private final Cards cards;
    private final SpotChecks spotChecks;
    private final ToDos toDos;
    private final Organization organization;
    private final Dues dues;
    private final Texts texts;

    NoticeOutcomes(
            ItemRequests requests,
            ItemRecords records,
            Declines declines,
            Cards cards,
            SpotChecks spotChecks,
            ToDos toDos,
            Organization organization,
            Dues dues,
            Texts texts) {
        this.requests = requests;
        this.records = records;
        this.declines = declines;
        this.cards = cards;
        this.spotChecks = spotChecks;
        this.toDos = toDos;
        this.organization = organization;
        this.dues = dues;
        this.texts = texts;
    }

    /** In words; empty where the record has none. */
    Optional<String> of(Item item, Inbox.Entry notice) {
        String occasion = notice.occasion();
        return switch (notice.kind()) {
            case TASK_WAITING -> Optional.of(waiting(notice.task()));
            case REMINDER, URGED, REPORTED -> Optional.of(late(item, notice));
            case YELLOW_CARD, RED_CARD, SUMMONS, CIRCULAR ->
                card(item, occasion).map(this::issued);
            case CARD_ANSWERED ->
                card(item, occasion)
                        .map(card -> because(
                                texts.label(card.rung()),
                                card.reply() == null ? null : card.reply().done()));
            case CARD_TAKEN_BACK ->
                card(item, occasion).map(card -> because(texts.label(card.rung()), card.takeBackReason()));
            case SUPERVISION_STUCK -> Optional.of(texts.get("notice.stuck", standing(item)));
            case CONTENT_DAMAGED -> Optional.of(texts.get("notice.damaged"));
            case RETURNED ->
                Optional.of(because(
                        texts.get("notice.returned", dues.of(item.currentDue()).words()), whyReturned(item, occasion)));
            case REOPENED ->
                Optional.of(because(texts.get("notice.reopened", standing(item)), whyReopened(item, occasion)));
            case DECIDED -> decision(item, occasion);
            case REQUEST_TAKEN_BACK ->
                Optional.of(requests.of(item).stream()
                        .filter(request -> request.takenBackAt() != null)
                        .max(Comparator.comparing(ItemRequest::takenBackAt))
                        .map(request -> because(
                                texts.get(
                                        "notice.taken-back",
                                        texts.label(request.kind()),
                                        organization.personName(request.requestedBy())),
                                request.reason()))
                        .orElseGet(() -> texts.get("notice.nothing-to-decide")));
            case MERGED_IN -> Optional.of(texts.get("notice.merged", occasion, standing(item)));
            case SPOT_CHECKED ->
                spotChecks
                        .visit(occasion, item.itemNo())
                        .filter(visit -> visit.result() != null)
                        .map(visit -> because(
                                Boolean.TRUE.equals(visit.falsified())
                                        ? texts.label("SpotCheckResult", "FALSIFIED")
                                        : texts.label(visit.result()),
                                visit.opinion()));
            case WOKEN_UP -> Optional.of(texts.get("notice.woken-up", standing(item)));
            case SECOND_FACTOR_REMOVED, AUDIT_LOG_BEHIND, MALWARE_FOUND, TEST -> Optional.empty();
        };
    }

    /** Of a task that is done by now nothing remains but that it is. */
    private String waiting(String task) {
        return toDos.withIds(List.of(task)).stream()
                .findFirst()
                .flatMap(toDo -> TaskContract.of(toDo.taskKey()))
                .map(contract -> texts.label((Enum<?>) contract))
                .orElseGet(() -> texts.get("notice.done"));
    }

    /** The task that somebody is late with, or soon will be, and its own date, which need not be the item's. */
    private String late(Item item, Inbox.Entry notice) {
        return TaskContract.of(notice.task())
                .map(contract -> texts.get(
                        "notice.of-task",
                        texts.label((Enum<?>) contract),
                        toDos.of(item.itemNo()).stream()
                                .filter(toDo -> toDo.taskKey().equals(contract.id()) && toDo.due() != null)
                                .min(Comparator.comparing(ToDos.ToDo::due))
                                .map(toDo -> due(dues.of(toDo)))
                                .orElseGet(() -> texts.get("notice.done"))))
                .orElseGet(() -> standing(item));
    }

    private String due(Dues.Due due) {
        return texts.get("notice.due", due.day().toString(), due.words());
    }

    /** The date while there is one to keep, or where the item has come to. */
    private String standing(Item item) {
        return item.status().isOpen() && item.currentDue() != null
                ? due(dues.of(item.currentDue()))
                : texts.label(item.status());
    }

    private String because(String outcome, String reason) {
        if (reason == null || reason.isBlank()) {
            return outcome;
        }
        String shown = reason.strip();
        return texts.get(
                "notice.because",
                outcome,
                shown.codePointCount(0, shown.length()) <= LONGEST_REASON
                        ? shown
                        : shown.substring(0, shown.offsetByCodePoints(0, LONGEST_REASON)) + "…");
    }

    /** Whoever did not sign says why, or else whoever verified. */
    private String whyReturned(Item item, String occasion) {
        int round = number(occasion) - 1;
        return records.signOffs(item).stream()
                .filter(signature -> signature.round() == round && !signature.approved())
                .map(SignOff::opinion)
                .findFirst()
                .or(() -> records.verifications(item).stream()
                        .filter(verification ->
                                verification.round() == round && verification.result() != VerificationResult.PASS)
                        .map(Verification::opinion)
                        .filter(Objects::nonNull)
                        .findFirst())
                .orElse(null);
    }

    private String whyReopened(Item item, String occasion) {
        int round = number(occasion) - 1;
        return requests.of(item).stream()
                .filter(request -> request.kind() == RequestKind.REOPENING
                        && request.round() == round
                        && Boolean.TRUE.equals(request.granted()))
                .map(ItemRequest::reason)
                .findFirst()
                .orElse(null);
    }

    private Optional<Card> card(Item item, String occasion) {
        return cards.of(item).stream()
                .filter(card -> occasion.equals("card " + card.id()))
                .findFirst();
    }

    private String issued(Card card) {
        String issued = texts.get(
                "notice.issued", texts.label(card.cause()), card.reference().toString(), texts.label(card.state()));
        return card.awaitsReply() ? texts.get("notice.reply-until", issued, card.replyUntil()) : issued;
    }

    /** Of {@code round 2}; 0 where it has none. */
    private static int number(String occasion) {
        String last = occasion.substring(occasion.indexOf(' ') + 1);
        return last.matches("[0-9]{1,9}") ? Integer.parseInt(last) : 0;
    }

    /** The occasion names what was decided on: {@code request 12}. */
    private Optional<String> decision(Item item, String occasion) {
        int space = occasion.indexOf(' ');
        String which = occasion.substring(space + 1);
        return switch (occasion.substring(0, Math.max(space, 0))) {
            case "request" ->
                requests.of(item).stream()
                        .filter(request -> Long.toString(request.id()).equals(which))
                        .findFirst()
                        .map(request -> because(decision(request), request.opinion()));
            case "decline" ->
                declines.of(item).stream()
                        .filter(decline -> Long.toString(decline.seq()).equals(which) && decline.upheld() != null)
                        .findFirst()
                        .map(decline -> because(
                                texts.get(decline.upheld() ? "ruling.REDISPATCH" : "ruling.KEEP"), decline.opinion()));
            case "finding" ->
                records.jointFindings(item).stream()
                        .filter(finding -> Long.toString(finding.id()).equals(which) && finding.answer() != null)
                        .findFirst()
                        .map(finding -> because(
                                texts.get(
                                        finding.answer().confirmed()
                                                ? "notice.finding.CONFIRM"
                                                : "notice.finding.REFUSE"),
                                finding.answer().opinion()));
            case "card" ->
                card(item, occasion)
                        .map(card -> because(
                                texts.get("notice.card", texts.label(card.rung()), texts.label(card.state())),
                                card.objection() == null
                                        ? null
                                        : card.objection().ruling()));
            default -> Optional.empty();
        };
    }

    private String decision(ItemRequest request) {
        String kind = texts.label(request.kind());
        if (!Boolean.TRUE.equals(request.granted())) {
            return texts.get("notice.refused", kind);
        }
        return switch (request.kind()) {
            case EXTENSION ->
                request.fromDue() == null
                        ? texts.get("notice.extended", kind, request.askedDay().toString())
                        : texts.get(
                                "notice.extended-from",
                                kind,
                                request.askedDay().toString(),
                                request.fromDue().toString());
            case SUSPENSION ->
                texts.get("notice.suspended", kind, request.askedDay().toString());
            default -> texts.get("notice.granted", kind);
        };
    }
}
