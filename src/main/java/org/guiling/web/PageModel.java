package org.guiling.web;

import org.guiling.organization.Organization;
import org.guiling.signon.SignedOnPerson;
import org.guiling.web.account.AccountFactorPages;
import org.guiling.web.account.AccountPages;
import org.guiling.web.account.AccountSessionPages;
import org.guiling.web.administration.AccountListPages;
import org.guiling.web.administration.AdministeredAccountPages;
import org.guiling.web.administration.AuditPages;
import org.guiling.web.administration.CalendarPages;
import org.guiling.web.administration.FactorRecoveryPages;
import org.guiling.web.administration.OrganizationPages;
import org.guiling.web.administration.PeoplePages;
import org.guiling.web.administration.PersonPages;
import org.guiling.web.administration.PostPages;
import org.guiling.web.administration.SecurityEventPages;
import org.guiling.web.administration.SubstitutePages;
import org.guiling.web.administration.UnitChangePages;
import org.guiling.web.administration.UnitPages;
import org.guiling.web.board.BoardPages;
import org.guiling.web.board.FiguresPages;
import org.guiling.web.board.OwnBoardPages;
import org.guiling.web.customization.CodePages;
import org.guiling.web.customization.DecisionPages;
import org.guiling.web.customization.ProfilePages;
import org.guiling.web.customization.TemplatePages;
import org.guiling.web.customization.TextPages;
import org.guiling.web.imports.BatchReviewPages;
import org.guiling.web.imports.ImportPages;
import org.guiling.web.item.EvidencePages;
import org.guiling.web.item.ItemPages;
import org.guiling.web.item.ItemPathPages;
import org.guiling.web.item.NewItemPages;
import org.guiling.web.item.RequestPages;
import org.guiling.web.ledger.LedgerPages;
import org.guiling.web.notification.ChannelPages;
import org.guiling.web.notification.NotificationPages;
import org.guiling.web.security.LoginPage;
import org.guiling.web.security.SecondFactorPages;
import org.guiling.web.supervision.SpotCheckPages;
import org.guiling.web.support.DemoData;
import org.guiling.web.support.PortalProperties;
import org.guiling.web.task.TaskPages;
import org.guiling.web.task.ToDoPages;
import org.guiling.web.task.WatchedTaskPages;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The model of every page around its content: who is signed on, and whether the data are samples. */
@ControllerAdvice(
        assignableTypes = {
            LoginPage.class,
            StartPage.class,
            ImportPages.class,
            BatchReviewPages.class,
            NotificationPages.class,
            AdministrationPages.class,
            AccountListPages.class,
            AdministeredAccountPages.class,
            PeoplePages.class,
            PersonPages.class,
            PostPages.class,
            SubstitutePages.class,
            UnitPages.class,
            UnitChangePages.class,
            CalendarPages.class,
            OrganizationPages.class,
            AccountPages.class,
            AccountFactorPages.class,
            AccountSessionPages.class,
            SecondFactorPages.class,
            FactorRecoveryPages.class,
            AuditPages.class,
            ToDoPages.class,
            TaskPages.class,
            ItemPages.class,
            ItemPathPages.class,
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
            OwnBoardPages.class,
            FiguresPages.class,
            HelpPages.class,
            SpotCheckPages.class,
            WatchedTaskPages.class,
            SecurityEventPages.class
        })
class PageModel {

    private final Organization organization;
    private final DemoData demoData;
    private final PortalProperties portal;
    private final boolean webApps;
    private final boolean swagger;

    PageModel(
            Organization organization,
            DemoData demoData,
            PortalProperties portal,
            @Value("${camunda.bpm.webapp.enabled:true}") boolean webApps,
            @Value("${springdoc.swagger-ui.enabled:true}") boolean swagger) {
        this.organization = organization;
        this.demoData = demoData;
        this.portal = portal;
        this.webApps = webApps;
        this.swagger = swagger;
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

    /** True where the interface has a page of Swagger's, or its description only. */
    @ModelAttribute("swagger")
    boolean swagger() {
        return swagger;
    }

    /** True where Camunda's web apps are there to be led to. */
    @ModelAttribute("webApps")
    boolean webApps() {
        return webApps;
    }

    /** Tells the page's scripts whether they may leave something in the browser. */
    @ModelAttribute("keptInBrowser")
    String keptInBrowser() {
        return portal.keptInBrowser() ? "pages" : "nothing";
    }

    @ModelAttribute("demo")
    boolean demo() {
        return demoData.isActive();
    }
}
