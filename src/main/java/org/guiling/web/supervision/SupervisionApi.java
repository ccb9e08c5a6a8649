package org.guiling.web.supervision;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.engine.service.Requests;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.supervision.Card;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Cause;
import org.guiling.supervision.Rung;
import org.guiling.web.support.PageSize;
import org.guiling.web.support.form.FormBody;
import org.guiling.workflow.RequestProcess;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The supervision of an item. Cards are issued, dropped, taken back and answered as tasks are completed. */
@RestController
@RequestMapping("/api/items/{itemNo}")
@Tag(name = "supervision", description = "The ladder and its cards")
class SupervisionApi {

    private final Requests requests;
    private final VisibleItems items;
    private final Cards cards;

    SupervisionApi(Requests requests, VisibleItems items, Cards cards) {
        this.requests = requests;
        this.items = items;
        this.cards = cards;
    }

    /**
     * @param nextLook when the ladder looks at the item next; null when nobody has to do anything about it
     * @param total how many cards there are, as on the other pages
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SupervisionDocument(String itemNo, LocalDate nextLook, List<CardDocument> cards, int total) {}

    /** @param replyUntil the last day for the unit's answer; null where none is awaited and none was given */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CardDocument(
            Rung rung,
            Cause cause,
            LocalDate reference,
            int round,
            String unit,
            CardState state,
            Instant proposedAt,
            String decidedBy,
            Instant decidedAt,
            String opinion,
            Instant takenBackAt,
            String takeBackReason,
            LocalDate replyUntil,
            ReplyDocument reply,
            ObjectionDocument objection) {

        static CardDocument of(Card card) {
            return new CardDocument(
                    card.rung(),
                    card.cause(),
                    card.reference(),
                    card.round(),
                    card.unit(),
                    card.state(),
                    card.proposedAt(),
                    card.decidedBy(),
                    card.decidedAt(),
                    card.opinion(),
                    card.takenBackAt(),
                    card.takeBackReason(),
                    card.awaitsReply() || card.reply() != null ? card.replyUntil() : null,
                    card.reply() == null ? null : ReplyDocument.of(card.reply()),
                    card.objection() == null ? null : ObjectionDocument.of(card.objection()));
        }
    }

    /**
     * The unit's reply.
     *
     * @param cause of the delay
     * @param done what has been done since
     * @param next what will be done, and by when
     */
    record ReplyDocument(String repliedBy, Instant repliedAt, String cause, String done, String next) {

        static ReplyDocument of(Card.Reply reply) {
            return new ReplyDocument(reply.repliedBy(), reply.repliedAt(), reply.cause(), reply.done(), reply.next());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ObjectionDocument(
            String objectedBy,
            Instant objectedAt,
            String reason,
            String evidence,
            String ruledBy,
            Instant ruledAt,
            Boolean upheld,
            String ruling) {

        static ObjectionDocument of(Card.Objection objection) {
            return new ObjectionDocument(
                    objection.objectedBy(),
                    objection.objectedAt(),
                    objection.reason(),
                    objection.evidence(),
                    objection.ruledBy(),
                    objection.ruledAt(),
                    objection.upheld(),
                    objection.ruling());
        }
    }

    @GetMapping("/supervision")
    @Operation(summary = "When the ladder looks at the item next, and all cards, the oldest first")
    SupervisionDocument supervision(
            @PathVariable String itemNo,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        Item item = items.get(itemNo);
        return document(item, cards.count(item), PageSize.offset(offset), PageSize.of(limit));
    }

    private SupervisionDocument document(Item item, int total, int offset, int limit) {
        return new SupervisionDocument(
                item.itemNo(),
                item.nextLook(),
                cards.of(item, offset, limit).stream().map(CardDocument::of).toList(),
                total);
    }

    @PostMapping("/objection")
    @FormBody(value = "objection-request", without = "itemNo")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "The unit objects to the last card of a rung: rung, reason, evidence")
    SupervisionDocument object(@PathVariable String itemNo, @RequestBody Map<String, Object> fields) {
        requests.raise(RequestProcess.OBJECTION, itemNo, fields);
        Item item = items.get(itemNo);
        int total = cards.count(item);
        return document(item, total, PageSize.last(total), PageSize.LARGEST);
    }
}
