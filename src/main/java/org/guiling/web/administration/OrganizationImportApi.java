package org.guiling.web.administration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.guiling.ledger.organization.OrganizationImport;
import org.guiling.ledger.organization.OrganizationReport;
import org.guiling.ledger.organization.OrganizationReport.Line;
import org.guiling.ledger.organization.OrganizationReport.Outcome;
import org.guiling.ledger.organization.OrganizationTemplate;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.text.Texts;
import org.guiling.web.support.Downloads;
import org.guiling.web.support.HeldUploads;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Units and people from a workbook, for administrators. */
@RestController
@RequestMapping("/api/organization")
@Tag(name = "organization", description = "Units, people, posts, substitutes; for administrators")
class OrganizationImportApi {

    private static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final OrganizationImport organizationImport;
    private final OrganizationTemplate template;
    private final OrganizationChanges changes;
    private final HeldUploads held;
    private final Texts texts;

    OrganizationImportApi(
            OrganizationImport organizationImport,
            OrganizationTemplate template,
            OrganizationChanges changes,
            HeldUploads held,
            Texts texts) {
        this.organizationImport = organizationImport;
        this.template = template;
        this.changes = changes;
        this.held = held;
        this.texts = texts;
    }

    /** @param stored false in a dry run, when a row is wrong, and when nothing is new or changed */
    record Report(
            boolean stored,
            long created,
            long changed,
            long unchanged,
            long wrong,
            List<Line> rows,
            List<String> ignored) {

        static Report of(OrganizationReport report) {
            return new Report(
                    report.stored(),
                    report.count(Outcome.NEW),
                    report.count(Outcome.CHANGED),
                    report.count(Outcome.UNCHANGED),
                    report.count(Outcome.WRONG),
                    report.rows(),
                    report.ignored());
        }
    }

    @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Import units and people from a workbook, or check it (dryRun)",
            description = "All of it or nothing. Units and people that the workbook leaves out stay as they are.")
    Report run(@RequestPart MultipartFile file, @RequestParam(defaultValue = "false") boolean dryRun) {
        changes.requireAdministrator();
        String token = held.hold(file);
        try {
            return Report.of(organizationImport.run(held.get(token), HeldUploads.name(file), dryRun));
        } finally {
            held.drop(token);
        }
    }

    @GetMapping("/template.xlsx")
    @Operation(summary = "The empty workbook, with an example row and an explanation of each column")
    void template(HttpServletResponse response) throws IOException {
        changes.requireAdministrator();
        response.setContentType(WORKBOOK);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, Downloads.attachment(texts.get("organization.template.file")));
        template.write(response.getOutputStream());
    }
}
