package org.guiling.web.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.view.LedgerView;
import org.guiling.web.support.SearchWords;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Addresses of the ledger with what is asked of it; the words of a search are not in them ({@link SearchWords}). */
@Component
class LedgerAddress {

    static final String PAGE = "/items";
    static final String EXPORT = "/api/exports/ledger.xlsx";

    private final SearchWords searchWords;

    LedgerAddress(SearchWords searchWords) {
        this.searchWords = searchWords;
    }

    /** With what the form of the page asks for. */
    String page(HttpServletRequest form) {
        return searchWords.address(PAGE, form);
    }

    /** @param filter values by parameter, or empty */
    String page(Map<String, String> filter, Ledger.Sort sort, Long view) {
        return PAGE + "?" + query(filter) + "sort=" + sort + (view == null ? "" : "&view=" + view);
    }

    String page(LedgerView view) {
        Map<String, String> filter = new LinkedHashMap<>();
        UriComponentsBuilder.newInstance()
                .query(view.filter())
                .build()
                .getQueryParams()
                .forEach((name, values) -> filter.put(decoded(name), decoded(values.get(0))));
        return page(filter, view.sort(), view.id());
    }

    /** @param columns empty for all */
    String export(Map<String, String> filter, Ledger.Sort sort, List<String> columns) {
        return EXPORT + "?" + query(filter) + "sort=" + sort
                + (columns.isEmpty() ? "" : "&columns=" + String.join(",", columns));
    }

    private String query(Map<String, String> filter) {
        String query = SearchWords.query(searchWords.withKey(filter));
        return query.isEmpty() ? "" : query + "&";
    }

    private static String decoded(String text) {
        return text == null ? "" : UriUtils.decode(text, UTF_8);
    }
}
