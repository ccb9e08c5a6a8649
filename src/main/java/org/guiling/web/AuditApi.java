package org.guiling.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import org.guiling.audit.Anchor;
import org.guiling.audit.Anchors;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.audit.AuditVerification;
import org.guiling.audit.VerificationReport;
import org.guiling.evidence.HashSweep;
import org.guiling.item.RefusedException;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail (审计留痕), for those who keep the system. */
@RestController
@RequestMapping("/api/audit")
@Tag(name = "audit", description = "Chains, anchors, events")
class AuditApi {

    private static final int LARGEST_PAGE = 200;

    private final AuditTrail trail;
    private final Anchors anchors;
    private final AuditVerification verification;
    private final HashSweep hashSweep;
    private final CurrentPerson currentPerson;

    AuditApi(
            AuditTrail trail,
            Anchors anchors,
            AuditVerification verification,
            HashSweep hashSweep,
            CurrentPerson currentPerson) {
        this.trail = trail;
        this.anchors = anchors;
        this.verification = verification;
        this.hashSweep = hashSweep;
        this.currentPerson = currentPerson;
    }

    record AnchorList(List<Anchor> anchors) {}

    /** @param next the value of {@code before} for the next page; null on the last */
    record EventPage(List<AuditEvent> events, Long next) {}

    @GetMapping("/anchors")
    @Operation(summary = "The daily anchors, the newest first; for operators and administrators")
    AnchorList anchors(@RequestParam(defaultValue = "31") int limit) {
        requireKeeper();
        return new AnchorList(anchors.newest(size(limit)));
    }

    @GetMapping(path = "/anchors/{day}", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "A day's anchor as its file, for archiving: its SHA-256 is the anchor's digest")
    String anchor(@PathVariable LocalDate day) {
        requireKeeper();
        return anchors.file(day).orElseThrow(() -> RefusedException.notFound("refusal.anchor-unknown"));
    }

    @GetMapping("/verification")
    @Operation(summary = "Verify every chain and anchor now; for operators and administrators")
    VerificationReport verification() {
        requireKeeper();
        return verification.verify();
    }

    @GetMapping("/contents")
    @Operation(summary = "Where the sweep that hashes all contents stands; for operators and administrators")
    HashSweep.Progress contents() {
        requireKeeper();
        return hashSweep.progress();
    }

    @GetMapping("/events")
    @Operation(summary = "What happened beside the items, the newest first; for administrators")
    EventPage events(
            @RequestParam(required = false) AuditEventKind kind,
            @RequestParam(required = false) String actor,
            @RequestParam(required = false) Long before,
            @RequestParam(defaultValue = "50") int limit) {
        if (!currentPerson.get().has(Role.ADMINISTRATOR)) {
            throw RefusedException.forbidden("refusal.role.audit-events");
        }
        int size = size(limit);
        List<AuditEvent> found = trail.page(kind, actor, before, size + 1);
        return found.size() <= size
                ? new EventPage(found, null)
                : new EventPage(
                        List.copyOf(found.subList(0, size)), found.get(size - 1).id());
    }

    private void requireKeeper() {
        Person person = currentPerson.get();
        if (!person.has(Role.OPERATOR) && !person.has(Role.ADMINISTRATOR)) {
            throw RefusedException.forbidden("refusal.role.audit");
        }
    }

    private static int size(int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw RefusedException.invalid("limit", "problem.value", "limit");
        }
        return limit;
    }
}
