package org.guiling.ledger;

import java.util.List;

/**
 * What somebody looks at again and again (视图).
 *
 * @param filter as the address of the ledger carries it; empty for everything
 * @param columns their keys in their order
 * @param first whether the ledger opens with it
 */
public record LedgerView(long id, String name, String filter, Ledger.Sort sort, List<String> columns, boolean first) {

    /** What a view shows, without its name. */
    public record Content(String filter, Ledger.Sort sort, List<String> columns) {}
}
