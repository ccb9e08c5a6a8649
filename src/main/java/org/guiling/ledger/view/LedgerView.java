package org.guiling.ledger.view;

import java.util.List;
import org.guiling.ledger.search.Ledger;

/**
 * A saved view (视图) of the ledger.
 *
 * @param filter as the address of the ledger carries it; empty for everything
 * @param columns their keys in their order
 * @param first true where the ledger opens with it
 */
public record LedgerView(long id, String name, String filter, Ledger.Sort sort, List<String> columns, boolean first) {

    /** The content of a view, without its name. */
    public record Content(String filter, Ledger.Sort sort, List<String> columns) {}
}
