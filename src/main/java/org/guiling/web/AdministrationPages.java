package org.guiling.web;

import java.util.List;
import java.util.stream.Stream;
import org.guiling.web.administration.AuditPages;
import org.guiling.web.administration.AuditReading;
import org.guiling.web.administration.FactorRecoveryPages;
import org.guiling.web.administration.SecurityEventPages;
import org.guiling.web.customization.CodePages;
import org.guiling.web.customization.DecisionPages;
import org.guiling.web.customization.ProfilePages;
import org.guiling.web.customization.TemplatePages;
import org.guiling.web.customization.TextPages;
import org.guiling.web.notification.ChannelPages;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The start page of the administration (管理): a card for each area. */
@Controller
class AdministrationPages {

    /** In the order of the page. A further section is a line here and its two texts in the bundles. */
    private static final List<Section> SECTIONS = List.of(
            new Section("/administration/units", "units"),
            new Section("/administration/people", "people"),
            new Section("/administration/substitutes", "substitutes"),
            new Section("/administration/accounts", "accounts"),
            new Section(SecurityEventPages.PATH, "security"),
            new Section(FactorRecoveryPages.PATH, "second-factors"),
            new Section("/calendar", "calendar"),
            new Section("/organization", "import"),
            new Section(DecisionPages.PATH, "decisions"),
            new Section(TemplatePages.PATH, "templates"),
            new Section(ProfilePages.PATH, "profiles"),
            new Section(ChannelPages.PATH, "channels"),
            new Section(TextPages.PATH, "texts"),
            new Section(CodePages.PATH, "codes"));

    /**
     * One card.
     *
     * @param link the page's path
     * @param key {@code administration.section.<key>} is its name, {@code administration.section.<key>.hint} what it is for
     */
    record Section(String link, String key) {}

    private final AuditReading auditReading;
    private final SecurityEventPages securityEvents;

    AdministrationPages(AuditReading auditReading, SecurityEventPages securityEvents) {
        this.auditReading = auditReading;
        this.securityEvents = securityEvents;
    }

    @GetMapping("/administration")
    String sections(Model model) {
        model.addAttribute("attack", securityEvents.latestAttack().orElse(null));
        // Only as long as the office has nobody else to read the audit trail.
        Stream<Section> audit =
                auditReading.mayRead() ? Stream.of(new Section(AuditPages.PATH, "audit")) : Stream.empty();
        model.addAttribute("sections", Stream.concat(SECTIONS.stream(), audit).toList());
        return "administration";
    }
}
