package org.guiling.web;

import org.guiling.organization.Organization;
import org.guiling.signon.SignedOnPerson;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows around its content: who is signed on, and whether the data are samples. */
@ControllerAdvice(
        assignableTypes = {
            LoginPage.class,
            StartPage.class,
            ImportPages.class,
            AdministrationPages.class,
            AdministeredAccountPages.class,
            PeoplePages.class,
            SubstitutePages.class,
            UnitPages.class,
            CalendarPages.class,
            OrganizationPages.class,
            AccountPages.class,
            AccountFactorPages.class,
            SecondFactorPages.class,
            FactorRecoveryPages.class,
            AuditPages.class,
            ToDoPages.class,
            TaskPages.class,
            ItemPages.class,
            EvidencePages.class,
            LedgerPages.class,
            NewItemPages.class,
            RequestPages.class,
            DecisionPages.class,
            TemplatePages.class,
            ProfilePages.class,
            ChannelPages.class,
            CodePages.class,
            TextPages.class,
            BoardPages.class,
            HelpPages.class,
            SpotCheckPages.class,
            SecurityEventPages.class
        })
class PageModel {

    private final Organization organization;
    private final DemoData demoData;

    PageModel(Organization organization, DemoData demoData) {
        this.organization = organization;
        this.demoData = demoData;
    }

    /** The person in the page's head. */
    record Visitor(String name, String unit) {}

    @ModelAttribute("visitor")
    Visitor visitor(Authentication authentication) {
        if (authentication == null || !(authentication.getPrincipal() instanceof SignedOnPerson signedOn)) {
            return null;
        }
        String unit = signedOn.person().unitCode();
        return new Visitor(signedOn.person().name(), organization.unitName(unit));
    }

    @ModelAttribute("demo")
    boolean demo() {
        return demoData.isActive();
    }
}
