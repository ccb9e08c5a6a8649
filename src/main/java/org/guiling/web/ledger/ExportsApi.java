package org.guiling.web.ledger;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.item.access.VisibleItems;
import org.guiling.ledger.export.LedgerColumns;
import org.guiling.ledger.export.LedgerExport;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.organization.CurrentPerson;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.web.support.Downloads;
import org.guiling.web.support.SearchWords;
import org.guiling.web.support.SearchWordsFilter;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger out. */
@RestController
@Tag(name = "exports", description = "The ledger out")
class ExportsApi {

    /** In place of the words of a search. */
    private static final String SEARCHED = "*";

    private static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final LedgerExport export;
    private final VisibleItems visibleItems;
    private final AuditTrail auditTrail;
    private final CurrentPerson currentPerson;
    private final Texts texts;
    private final OfficeClock clock;

    ExportsApi(
            LedgerExport export,
            VisibleItems visibleItems,
            AuditTrail auditTrail,
            CurrentPerson currentPerson,
            Texts texts,
            OfficeClock clock) {
        this.export = export;
        this.visibleItems = visibleItems;
        this.auditTrail = auditTrail;
        this.currentPerson = currentPerson;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping("/api/exports/ledger.xlsx")
    @Operation(
            summary = "The ledger as a workbook, filtered and ordered like the list of items",
            description = "columns are keys, in the order to be exported; without them all are. asOf is the past day"
                    + " (Asia/Shanghai) of which the sheet of rates tells; without it today is.")
    @Parameter(
            in = ParameterIn.HEADER,
            name = SearchWordsFilter.HEADER,
            description = SearchWordsFilter.DESCRIPTION,
            schema = @Schema(type = "string"))
    void ledger(
            @ParameterObject LedgerFilter filter,
            @RequestParam(defaultValue = "registered") String sort,
            @RequestParam(required = false) List<String> columns,
            @RequestParam(required = false) LocalDate asOf,
            @Parameter(hidden = true) @RequestParam(required = false) String search,
            HttpServletResponse response)
            throws IOException {
        if (SearchWords.isForgotten(search, filter.text())) {
            throw RefusedException.invalid(SearchWords.KEY, "search.forgotten.export");
        }
        List<String> exported = columns == null ? LedgerColumns.keys() : columns;
        Ledger.Sort order = ItemsApi.sort(sort);
        LocalDate day = asOf == null ? clock.today() : asOf;
        export.check(visibleItems.scope(), filter, exported, day);
        String name = texts.get("export.file", clock.today().format(DateTimeFormatter.BASIC_ISO_DATE));
        response.setContentType(WORKBOOK);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, Downloads.attachment(name));
        // Before anything leaves, so that one that breaks off is there as well.
        auditTrail.record(AuditEventKind.EXPORTED, currentPerson.get().id(), name, details(filter, columns, asOf));
        export.write(response.getOutputStream(), visibleItems.scope(), filter, order, exported, day);
    }

    private static Map<String, String> details(LedgerFilter filter, List<String> columns, LocalDate asOf) {
        Map<String, String> details = new HashMap<>();
        Map<String, String> asked = new LinkedHashMap<>(filter.values());
        // The search words may be a petitioner's name; that there was a search is enough.
        asked.computeIfPresent(SearchWords.WORDS, (name, words) -> SEARCHED);
        details.put("filter", asked.toString());
        if (columns != null) {
            details.put("columns", String.join(",", columns));
        }
        if (asOf != null) {
            details.put("asOf", asOf.toString());
        }
        return details;
    }
}
