package org.guiling.web.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.guiling.item.SourceType;
import org.guiling.ledger.search.Counted;
import org.guiling.ledger.search.LedgerFilter;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.web.util.UriUtils;

/**
 * The items that the board counts; null or empty means any.
 *
 * @param unit code of a unit; it and those below it
 * @param campaign 专项
 * @param from first day of the registration
 * @param to last day of the registration
 * @param principal 责任领导, as the claim names them
 */
record BoardFilter(
        String unit,
        String campaign,
        SourceType sourceType,
        @DateTimeFormat(iso = ISO.DATE) LocalDate from,
        @DateTimeFormat(iso = ISO.DATE) LocalDate to,
        String principal) {

    /** Every item. */
    static final BoardFilter ALL = new BoardFilter(null, null, null, null, null, null);

    BoardFilter under(String anotherUnit) {
        return new BoardFilter(anotherUnit, campaign, sourceType, from, to, principal);
    }

    BoardFilter of(String anotherPrincipal) {
        return new BoardFilter(unit, campaign, sourceType, from, to, anotherPrincipal);
    }

    LedgerFilter ledger() {
        return LedgerFilter.counting(sourceType, counted());
    }

    /**
     * The address of the ledger with those of these items that meet further conditions.
     *
     * @param conditions names of the ledger's parameters, each with its value; a period within ours narrows it
     */
    String link(Object... conditions) {
        Map<String, Object> parameters = new LinkedHashMap<>(ledger().values());
        for (int i = 0; i < conditions.length; i += 2) {
            parameters.put((String) conditions[i], conditions[i + 1]);
        }
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "="
                        + UriUtils.encode(parameter.getValue().toString(), UTF_8))
                .collect(Collectors.joining("&", "/items?", ""));
    }

    private Counted counted() {
        return new Counted(null, unit, campaign, principal, from, to, null, null, null, null, null, null, null, null);
    }
}
