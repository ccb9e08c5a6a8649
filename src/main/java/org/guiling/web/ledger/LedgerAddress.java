package org.guiling.web.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.view.LedgerView;
import org.springframework.web.util.UriUtils;

/** Addresses of the ledger with what is asked of it. */
final class LedgerAddress {

    static final String PAGE = "/items";
    static final String EXPORT = "/api/exports/ledger.xlsx";

    private LedgerAddress() {}

    /** The values as a query; empty for none. */
    static String query(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> UriUtils.encode(value.getKey(), UTF_8) + "=" + UriUtils.encode(value.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** @param filter a query, or empty */
    static String page(String filter, Ledger.Sort sort, Long view) {
        return PAGE + "?" + (filter.isEmpty() ? "" : filter + "&") + "sort=" + sort
                + (view == null ? "" : "&view=" + view);
    }

    static String page(LedgerView view) {
        return page(view.filter(), view.sort(), view.id());
    }

    /** @param columns empty for all */
    static String export(String filter, Ledger.Sort sort, List<String> columns) {
        return EXPORT + "?" + (filter.isEmpty() ? "" : filter + "&") + "sort=" + sort
                + (columns.isEmpty() ? "" : "&columns=" + String.join(",", columns));
    }
}
