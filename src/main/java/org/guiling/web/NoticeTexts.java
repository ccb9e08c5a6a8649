package org.guiling.web;

import java.util.Optional;
import org.guiling.escalation.Card;
import org.guiling.escalation.Cards;
import org.guiling.item.Decline;
import org.guiling.item.Declines;
import org.guiling.item.Item;
import org.guiling.item.ItemRecords;
import org.guiling.item.ItemRequest;
import org.guiling.item.ItemRequests;
import org.guiling.item.RequestKind;
import org.guiling.item.VisibleItems;
import org.guiling.notification.Inbox;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/**
 * Puts a notice into words for who reads it here: of what item, what came of it, and where to go. Read from the record, as
 * far as the reader may see the item; what leaves the house stays with number and link (DOMAIN.md §3).
 */
@Component
class NoticeTexts {

    private final VisibleItems items;
    private final ItemRequests requests;
    private final ItemRecords records;
    private final Declines declines;
    private final Cards cards;
    private final Dues dues;
    private final Texts texts;

    NoticeTexts(
            VisibleItems items,
            ItemRequests requests,
            ItemRecords records,
            Declines declines,
            Cards cards,
            Dues dues,
            Texts texts) {
        this.items = items;
        this.requests = requests;
        this.records = records;
        this.declines = declines;
        this.cards = cards;
        this.dues = dues;
        this.texts = texts;
    }

    /**
     * A notice in words.
     *
     * @param kind in words, with what came of it where the notice is of a decision
     * @param itemNo null where several are one
     * @param title of the item, or of several how many; null where the notice is about none that the reader may see
     * @param link null likewise
     * @param at when it was told, as people read it
     */
    record Line(long id, String kind, String itemNo, String title, String link, String at, boolean unread) {}

    /** What a person is shown as one: of several their number, and where they are listed. */
    Line line(Inbox.Bundle bundle) {
        Inbox.Entry shown = bundle.shown();
        return bundle.isSeveral()
                ? new Line(
                        shown.id(),
                        texts.label(shown.kind()),
                        null,
                        texts.get("notice.several", bundle.told()),
                        "/notifications?together=" + shown.id(),
                        texts.minute(shown.createdAt()),
                        bundle.unread() > 0)
                : line(shown);
    }

    Line line(Inbox.Entry notice) {
        Optional<Item> item = Optional.of(notice)
                .filter(told -> told.kind().isAboutItem() && items.isVisible(told.itemNo()))
                .map(told -> items.get(told.itemNo()));
        String kind = texts.label(notice.kind());
        return new Line(
                notice.id(),
                item.flatMap(about -> outcome(about, notice))
                        .map(outcome -> texts.get("notice.outcome", kind, outcome))
                        .orElse(kind),
                notice.itemNo(),
                item.map(about -> about.registration().title()).orElse(null),
                item.map(about -> "/items/" + about.itemNo()).orElse(null),
                texts.minute(notice.createdAt()),
                notice.readAt() == null);
    }

    /** What came of it; empty where the kind says it all. */
    Optional<String> outcome(Item item, Inbox.Entry notice) {
        return switch (notice.kind()) {
            case DECIDED -> decision(item, notice.occasion());
            case CARD_ANSWERED -> cardOf(item, which(notice.occasion())).map(this::answer);
            case YELLOW_CARD, RED_CARD, SUMMONS, CIRCULAR ->
                cardOf(item, which(notice.occasion()))
                        .filter(Card::awaitsReply)
                        .map(card -> texts.get("notice.reply-until", card.replyUntil()));
            case RETURNED ->
                Optional.of(
                        texts.get("notice.returned", dues.of(item.currentDue()).words()));
            case REMINDER, URGED ->
                item.status().isOpen() && item.currentDue() != null
                        ? Optional.of(dues.of(item.currentDue()).words())
                        : Optional.of(texts.label(item.status()));
            default -> Optional.empty();
        };
    }

    /** The occasion names what was decided on: {@code request 12}. */
    private Optional<String> decision(Item item, String occasion) {
        String which = which(occasion);
        return switch (occasion.substring(0, Math.max(occasion.indexOf(' '), 0))) {
            case "request" ->
                requests.of(item).stream()
                        .filter(request -> Long.toString(request.id()).equals(which))
                        .findFirst()
                        .map(this::decision);
            case "decline" ->
                declines.of(item).stream()
                        .filter(decline -> Long.toString(decline.seq()).equals(which))
                        .findFirst()
                        .map(this::ruling);
            case "finding" ->
                records.jointFindings(item).stream()
                        .filter(finding -> Long.toString(finding.id()).equals(which) && finding.answer() != null)
                        .findFirst()
                        .map(finding -> texts.get(
                                finding.answer().confirmed() ? "notice.finding.CONFIRM" : "notice.finding.REFUSE"));
            case "card" -> cardOf(item, which).map(this::ruling);
            default -> Optional.empty();
        };
    }

    private static String which(String occasion) {
        return occasion.substring(occasion.indexOf(' ') + 1);
    }

    private Optional<Card> cardOf(Item item, String id) {
        return cards.of(item).stream()
                .filter(card -> Long.toString(card.id()).equals(id))
                .findFirst();
    }

    private String answer(Card card) {
        return texts.get(
                "notice.answered", texts.label(card.rung()), card.reply().done());
    }

    private String decision(ItemRequest request) {
        String kind = texts.label(request.kind());
        if (!Boolean.TRUE.equals(request.granted())) {
            return texts.get("notice.refused", kind);
        }
        return request.kind() == RequestKind.EXTENSION
                ? texts.get("notice.extended", kind, request.askedDay().toString())
                : texts.get("notice.granted", kind);
    }

    private String ruling(Decline decline) {
        return texts.get(decline.upheld() ? "ruling.REDISPATCH" : "ruling.KEEP");
    }

    private String ruling(Card card) {
        return texts.get("notice.card", texts.label(card.rung()), texts.label(card.state()));
    }
}
