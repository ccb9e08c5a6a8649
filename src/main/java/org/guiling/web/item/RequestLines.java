package org.guiling.web.item;

import java.util.List;
import org.guiling.engine.form.StartFormData;
import org.guiling.item.Item;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.ItemRequests;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Paging.Paged;
import org.springframework.stereotype.Component;

/** The requests about an item on its page: those that were made, and those that the reader may make. */
@Component
class RequestLines {

    private final ItemRequests requests;
    private final StartFormData startFormData;
    private final Organization organization;
    private final Paging paging;
    private final Texts texts;

    RequestLines(
            ItemRequests requests, StartFormData startFormData, Organization organization, Paging paging, Texts texts) {
        this.requests = requests;
        this.startFormData = startFormData;
        this.organization = organization;
        this.paging = paging;
        this.texts = texts;
    }

    record Asked(String kind, String outcome, String by, String at, String reason, String opinion) {}

    record Link(String name, String link) {}

    /** Those that were made, of which the last page is shown first. */
    Paged<Asked> of(Item item) {
        return paging.readLatest(
                requests.count(item), "requests", (offset, limit) -> requests.of(item, offset, limit).stream()
                        .map(this::asked)
                        .toList());
    }

    private Asked asked(ItemRequest request) {
        return new Asked(
                texts.label(request.kind()),
                texts.get(outcome(request)),
                organization.personName(request.requestedBy()),
                texts.minute(request.requestedAt()),
                request.reason(),
                request.opinion());
    }

    private static String outcome(ItemRequest request) {
        if (request.takenBackAt() != null) {
            return "item.request.taken-back";
        }
        if (request.granted() == null) {
            return "item.request.open";
        }
        return request.granted() ? "item.request.granted" : "item.request.refused";
    }

    /** Those that the reader may make, with the pages of their forms. */
    List<Link> askable(Item item) {
        return startFormData.askableOf(item).stream()
                .map(process ->
                        new Link(texts.label(process), "/items/" + item.itemNo() + "/requests/" + process.key()))
                .toList();
    }
}
