package org.guiling.web.administration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.text.Texts;
import org.guiling.web.support.Makers;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page for an administrator who suspects that something is wrong (安全事件): what was tried and refused, the newest
 * first. The rest of the audit trail is for those who audit ({@link AuditPages}).
 */
@Controller
public class SecurityEventPages {

    public static final String PATH = "/administration/security";

    /** For so long the overview reminds of an attack. */
    private static final Duration RECENT = Duration.ofDays(7);

    private static final int PAGE = 50;

    /** Shown until a kind is chosen: somebody tried something that they may not. */
    private static final Set<AuditEventKind> TRIED = EnumSet.of(
            AuditEventKind.QUERY_REFUSED,
            AuditEventKind.REFUSED,
            AuditEventKind.INPUT_REFUSED,
            AuditEventKind.CONTENT_REFUSED,
            AuditEventKind.SIGN_ON_FAILED,
            AuditEventKind.ACCOUNT_LOCKED);

    private final AuditTrail trail;
    private final Makers makers;
    private final Texts texts;
    private final Clock clock;

    SecurityEventPages(AuditTrail trail, Makers makers, Texts texts, Clock clock) {
        this.trail = trail;
        this.makers = makers;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * One event.
     *
     * @param who a name; that nobody was signed on, where nobody is known
     * @param details as they were written down, {@code address: 127.0.0.1}
     */
    record Line(String when, AuditEventKind kind, String who, String subject, String details) {}

    @GetMapping(PATH)
    String events(
            @RequestParam(required = false) AuditEventKind kind,
            @RequestParam(required = false) Long before,
            Model model) {
        List<AuditEvent> found =
                kind == null ? trail.newest(TRIED, null, null, PAGE) : trail.page(kind, null, before, PAGE + 1);
        List<AuditEvent> shown = found.subList(0, Math.min(PAGE, found.size()));
        model.addAttribute("lines", shown.stream().map(this::line).toList());
        model.addAttribute(
                "next", shown.size() < found.size() ? shown.get(PAGE - 1).id() : null);
        model.addAttribute("kinds", TRIED);
        model.addAttribute("kind", kind);
        return "security-events";
    }

    /** Of the last days; empty where there was none. */
    public Optional<Line> latestAttack() {
        Instant since = clock.instant().minus(RECENT);
        return trail.newest(Set.of(AuditEventKind.QUERY_REFUSED), null, null, 1).stream()
                .filter(event -> event.at().isAfter(since))
                .map(this::line)
                .findFirst();
    }

    private Line line(AuditEvent event) {
        return new Line(
                texts.minute(event.at()),
                event.kind(),
                event.actor() == null ? texts.get("security.nobody") : makers.name(event.actor()),
                event.subject(),
                event.details().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(detail -> detail.getKey() + ": " + detail.getValue())
                        .collect(Collectors.joining("; ")));
    }
}
