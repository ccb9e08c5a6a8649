package org.guiling.web.administration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.audit.AuditVerification;
import org.guiling.audit.Findings;
import org.guiling.audit.VerificationReport;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The audit trail (审计) as pages: what happened beside the items, page by page, and the verification of all chains. */
@Controller
@RequestMapping(AuditPages.PATH)
public class AuditPages {

    public static final String PATH = "/audit";

    private static final int PAGE = 50;

    private final AuditTrail trail;
    private final AuditVerification verification;
    private final Findings findings;
    private final AuditReading reading;
    private final Organization organization;
    private final Texts texts;

    AuditPages(
            AuditTrail trail,
            AuditVerification verification,
            Findings findings,
            AuditReading reading,
            Organization organization,
            Texts texts) {
        this.trail = trail;
        this.verification = verification;
        this.findings = findings;
        this.reading = reading;
        this.organization = organization;
        this.texts = texts;
    }

    /** @param actor a name; null where the system acted by itself or nobody was signed on */
    record Line(String at, AuditEventKind kind, String actor, String actorId, String subject, String details) {}

    @GetMapping
    String events(
            @RequestParam(required = false) AuditEventKind kind,
            @RequestParam(required = false) String actor,
            @RequestParam(required = false) Long before,
            Model model) {
        reading.requireReader();
        String who = actor == null || actor.isBlank() ? null : actor.strip();
        reading.listed(kind, who);
        List<AuditEvent> found = trail.page(kind, who, before, PAGE + 1);
        List<AuditEvent> shown = found.subList(0, Math.min(PAGE, found.size()));
        model.addAttribute("kinds", AuditEventKind.values());
        model.addAttribute("kind", kind);
        model.addAttribute("actor", who);
        model.addAttribute("events", shown.stream().map(this::line).toList());
        model.addAttribute("next", found.size() > PAGE ? shown.get(PAGE - 1).id() : null);
        return "audit";
    }

    @PostMapping("/verification")
    String verify(Model model) {
        reading.requireVerifier();
        reading.read("verification", Map.of());
        VerificationReport report = verification.verify();
        model.addAttribute("sound", report.isSound());
        model.addAttribute(
                "verified",
                texts.get(
                        report.isSound() ? "audit.sound" : "audit.unsound",
                        Long.toString(report.rows()),
                        Long.toString(report.chains()),
                        Long.toString(report.anchors()),
                        Long.toString(report.total())));
        model.addAttribute(
                "findings",
                report.findings().stream().limit(PAGE).map(findings::text).toList());
        return events(null, null, null, model);
    }

    private Line line(AuditEvent event) {
        return new Line(
                texts.minute(event.at()),
                event.kind(),
                event.actor() == null ? null : organization.personName(event.actor()),
                event.actor(),
                event.subject(),
                details(event.details()));
    }

    private static String details(Map<String, Object> details) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(details).forEach((name, value) -> text.append(text.isEmpty() ? "" : " · ")
                .append(name)
                .append(": ")
                .append(value));
        return text.toString();
    }
}
