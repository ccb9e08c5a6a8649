package org.guiling.web.administration;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.audit.Anchor;
import org.guiling.audit.Anchors;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.audit.AuditVerification;
import org.guiling.audit.VerificationReport;
import org.guiling.evidence.content.HashSweep;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.Downloads;
import org.guiling.web.support.PageSize;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail (审计留痕), for whoever may read it: {@link AuditReading}. */
@RestController
@RequestMapping("/api/audit")
@Tag(name = "audit", description = "Chains, anchors, events")
class AuditApi {

    private static final int EXPORTED_AT_ONCE = 1000;
    private static final String NDJSON = "application/x-ndjson";

    private final AuditTrail trail;
    private final Anchors anchors;
    private final AuditVerification verification;
    private final HashSweep hashSweep;
    private final AuditReading reading;
    private final ObjectMapper json;

    AuditApi(
            AuditTrail trail,
            Anchors anchors,
            AuditVerification verification,
            HashSweep hashSweep,
            AuditReading reading,
            ObjectMapper json) {
        this.trail = trail;
        this.anchors = anchors;
        this.verification = verification;
        this.hashSweep = hashSweep;
        this.reading = reading;
        this.json = json;
    }

    record AnchorList(List<Anchor> anchors) {}

    /** @param next the value of {@code before} for the next page; null on the last */
    record EventPage(List<AuditEvent> events, Long next) {}

    @GetMapping("/anchors")
    @Operation(summary = "The daily anchors, the newest first; for operators and audit administrators")
    AnchorList anchors(@RequestParam(defaultValue = "31") int limit) {
        reading.requireKeeper();
        return new AnchorList(anchors.newest(PageSize.of(limit)));
    }

    @GetMapping(path = "/anchors/{day}", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "A day's anchor as its file, for archiving: its SHA-256 is the anchor's digest")
    String anchor(@PathVariable LocalDate day) {
        reading.requireKeeper();
        return anchors.file(day).orElseThrow(() -> RefusedException.notFound("refusal.anchor-unknown"));
    }

    @GetMapping("/verification")
    @Operation(summary = "Verify every chain and anchor now; for audit administrators")
    VerificationReport verification() {
        reading.requireVerifier();
        reading.read("verification", Map.of());
        return verification.verify();
    }

    @GetMapping("/contents")
    @Operation(summary = "Where the sweep that hashes all contents stands; for operators and audit administrators")
    HashSweep.Progress contents() {
        reading.requireKeeper();
        return hashSweep.progress();
    }

    @GetMapping("/events")
    @Operation(summary = "What happened beside the items, the newest first; for audit administrators")
    EventPage events(
            @RequestParam(required = false) AuditEventKind kind,
            @RequestParam(required = false) String actor,
            @RequestParam(required = false) Long before,
            @RequestParam(defaultValue = "50") int limit) {
        reading.requireReader();
        int size = PageSize.of(limit);
        reading.listed(kind, actor);
        List<AuditEvent> found = trail.page(kind, actor, before, size + 1);
        return found.size() <= size
                ? new EventPage(found, null)
                : new EventPage(
                        List.copyOf(found.subList(0, size)), found.get(size - 1).id());
    }

    @GetMapping(path = "/events/export", produces = NDJSON)
    @Operation(
            summary = "All of these events, one JSON object a line, the newest first; for audit administrators",
            description = "As many as there were when it began. The export itself is written down before it.")
    void export(
            @RequestParam(required = false) AuditEventKind kind,
            @RequestParam(required = false) String actor,
            HttpServletResponse response)
            throws IOException {
        reading.requireReader();
        List<AuditEvent> page = trail.page(kind, actor, null, EXPORTED_AT_ONCE);
        reading.read("export", Map.of("kind", kind == null ? "*" : kind.name(), "actor", actor == null ? "*" : actor));
        response.setContentType(NDJSON);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, Downloads.attachment("audit-events.ndjson"));
        OutputStream out = response.getOutputStream();
        while (!page.isEmpty()) {
            for (AuditEvent event : page) {
                out.write(json.writeValueAsBytes(event));
                out.write('\n');
            }
            page = trail.page(kind, actor, page.get(page.size() - 1).id(), EXPORTED_AT_ONCE);
        }
    }
}
