package org.guiling.web.item;

import org.guiling.item.Item;
import org.guiling.item.Light;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.text.Texts;
import org.guiling.web.support.Dues;
import org.guiling.web.support.Dues.Due;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Paging.Paged;
import org.springframework.stereotype.Component;

/** The parts of an item on its pages, as far as the reader may see them. */
@Component
class PartLines {

    private final VisibleItems items;
    private final Ledger ledger;
    private final Paging paging;
    private final Dues dues;
    private final Texts texts;

    PartLines(VisibleItems items, Ledger ledger, Paging paging, Dues dues, Texts texts) {
        this.items = items;
        this.ledger = ledger;
        this.paging = paging;
        this.dues = dues;
        this.texts = texts;
    }

    record Line(String itemNo, String title, String unit, String status, Light light, Due due) {}

    Paged<Line> of(Item item) {
        DataScope scope = items.scope();
        return paging.read(
                ledger.countParts(scope, item.itemNo()),
                "parts",
                (offset, limit) -> ledger.parts(scope, item.itemNo(), offset, limit).stream()
                        .map(this::line)
                        .toList());
    }

    private Line line(LedgerEntry entry) {
        return new Line(
                entry.itemNo(),
                entry.title(),
                entry.leadUnitName(),
                texts.label(entry.status()),
                entry.light(),
                entry.status().isOpen() ? dues.of(entry) : null);
    }
}
