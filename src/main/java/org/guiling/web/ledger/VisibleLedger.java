package org.guiling.web.ledger;

import java.time.Instant;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.PersonalData;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.organization.CurrentPerson;
import org.springframework.stereotype.Component;

/** Pages of the ledger for whoever is signed on; what a search tells of a masked subject is written down. */
@Component
class VisibleLedger {

    private final Ledger ledger;
    private final VisibleItems items;
    private final PersonalData personalData;
    private final CurrentPerson currentPerson;

    VisibleLedger(Ledger ledger, VisibleItems items, PersonalData personalData, CurrentPerson currentPerson) {
        this.ledger = ledger;
        this.items = items;
        this.personalData = personalData;
        this.currentPerson = currentPerson;
    }

    /** @param cursor null for the first page */
    Ledger.Page page(LedgerFilter filter, Ledger.Sort sort, String cursor, int limit) {
        return page(filter, null, sort, cursor, limit);
    }

    /** @param updatedSince null for all */
    Ledger.Page page(LedgerFilter filter, Instant updatedSince, Ledger.Sort sort, String cursor, int limit) {
        Ledger.Page page = ledger.page(items.scope(), filter, updatedSince, sort, cursor, limit);
        ledger.foundBySubject(page.items(), filter)
                .forEach(itemNo -> personalData.foundBySubject(itemNo, currentPerson.get()));
        return page;
    }

    /** @see Ledger#count */
    long count(LedgerFilter filter) {
        return ledger.count(items.scope(), filter);
    }
}
