package org.guiling.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.guiling.ledger.LedgerExport;
import org.guiling.ledger.LedgerFilter;
import org.guiling.text.Texts;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The ledger out. */
@RestController
@Tag(name = "exports", description = "The ledger out")
class ExportsApi {

    private static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final LedgerExport export;
    private final Texts texts;
    private final Clock clock;

    ExportsApi(LedgerExport export, Texts texts, Clock clock) {
        this.export = export;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping("/api/exports/ledger.xlsx")
    @Operation(summary = "The ledger as a workbook, filtered like the list of items")
    void ledger(@ParameterObject LedgerFilter filter, HttpServletResponse response) throws IOException {
        String name = texts.get("export.file", LocalDate.now(clock).format(DateTimeFormatter.BASIC_ISO_DATE));
        response.setContentType(WORKBOOK);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        export.write(response.getOutputStream(), filter);
    }
}
