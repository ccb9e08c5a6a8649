package org.guiling.web.notification;

import java.util.Optional;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.notification.Inbox;
import org.guiling.notification.NoticeKind;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Role;
import org.guiling.text.Texts;
import org.guiling.web.administration.SecurityEventPages;
import org.springframework.stereotype.Component;

/**
 * Puts a notice into words for who reads it here: of what item, what came of it, and where to go. Read from the record, as
 * far as the reader may see the item; what leaves the house stays with number and link (DOMAIN.md §3).
 */
@Component
public class NoticeTexts {

    private final VisibleItems items;
    private final NoticeOutcomes outcomes;
    private final CurrentPerson currentPerson;
    private final Texts texts;

    NoticeTexts(VisibleItems items, NoticeOutcomes outcomes, CurrentPerson currentPerson, Texts texts) {
        this.items = items;
        this.outcomes = outcomes;
        this.currentPerson = currentPerson;
        this.texts = texts;
    }

    /**
     * A notice in words.
     *
     * @param kind in words, with what came of it where the notice is of a decision
     * @param itemNo null where several are one, and where it is about none
     * @param title of the item, of several how many, else the part of the system; null of an item that the reader may not see
     * @param link null likewise
     * @param at when it was told, as people read it
     */
    public record Line(long id, String kind, String itemNo, String title, String link, String at, boolean unread) {}

    /** The line for a bundle: for several notices their number, and the address that lists them. */
    public Line line(Inbox.Bundle bundle) {
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
        return notice.kind().isAboutItem()
                ? ofItem(notice)
                : ofSystem(notice, texts.get("notice.system." + notice.kind().name()));
    }

    private Line ofItem(Inbox.Entry notice) {
        Optional<Item> item =
                Optional.of(notice.itemNo()).filter(items::isVisible).map(items::get);
        if (notice.kind() == NoticeKind.CONTENT_DAMAGED && item.isEmpty()) {
            return ofSystem(notice, texts.get("notice.damaged"));
        }
        String kind = texts.label(notice.kind());
        return new Line(
                notice.id(),
                item.flatMap(about -> outcomes.of(about, notice))
                        .map(outcome -> texts.get("notice.outcome", kind, outcome))
                        .orElse(kind),
                notice.itemNo(),
                item.map(about -> about.registration().title()).orElse(null),
                item.map(about -> "/items/" + about.itemNo()).orElse(null),
                texts.minute(notice.createdAt()),
                notice.readAt() == null);
    }

    /**
     * In the place of an item's number stands the part of the system, or the account. An administrator, who hears of a damaged
     * file and sees no item, has its number.
     */
    private Line ofSystem(Inbox.Entry notice, String outcome) {
        return new Line(
                notice.id(),
                texts.get("notice.outcome", texts.label(notice.kind()), outcome),
                null,
                notice.itemNo(),
                switch (notice.kind()) {
                    case SECOND_FACTOR_REMOVED -> "/account";
                    default -> currentPerson.get().has(Role.ADMINISTRATOR) ? SecurityEventPages.PATH : "/";
                },
                texts.minute(notice.createdAt()),
                notice.readAt() == null);
    }
}
