package org.guiling.web.administration;

import jakarta.servlet.http.HttpSession;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.guiling.item.step.Handovers;
import org.guiling.ledger.organization.OrganizationImport;
import org.guiling.ledger.organization.OrganizationReport;
import org.guiling.ledger.organization.OrganizationReport.Line;
import org.guiling.ledger.organization.OrganizationReport.Outcome;
import org.guiling.organization.Organization;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.HeldUploads;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Problems;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.WebUtils;

/**
 * Units and people from a workbook, for an administrator: template, check, report, import. The file waits in between as
 * that of a ledger does; the session knows its token.
 */
@Controller
@RequestMapping("/organization")
public class OrganizationPages {

    private static final String CHECKED = "organization.checked";
    private static final int ROWS_SHOWN = 200;
    private static final String START = "redirect:/organization";

    private final OrganizationImport organizationImport;
    private final Organization organization;
    private final Handovers handovers;
    private final HeldUploads held;
    private final Problems problems;
    private final Paging paging;
    private final Texts texts;
    private final long largestUpload;

    OrganizationPages(
            OrganizationImport organizationImport,
            Organization organization,
            Handovers handovers,
            HeldUploads held,
            Problems problems,
            Paging paging,
            Texts texts,
            MultipartProperties multipart) {
        this.organizationImport = organizationImport;
        this.organization = organization;
        this.handovers = handovers;
        this.held = held;
        this.problems = problems;
        this.paging = paging;
        this.texts = texts;
        this.largestUpload = multipart.getMaxFileSize().toMegabytes();
    }

    /** A file that was checked and may be imported with its token. */
    record Checked(String token, String fileName, OrganizationReport report) {}

    @GetMapping
    String start(Model model) {
        model.addAttribute("units", organization.units().size());
        model.addAttribute("people", organization.countPeople());
        model.addAttribute(
                "leftOpen", paging.read(handovers.countOpenOfThoseWhoLeft(), "left", handovers::openOfThoseWhoLeft));
        model.addAttribute("largestUpload", largestUpload);
        return "organization";
    }

    @PostMapping("/check")
    String check(@RequestParam MultipartFile file, HttpSession session, RedirectAttributes next) {
        take(session).ifPresent(checked -> held.drop(checked.token()));
        String token = null;
        try {
            token = held.hold(file);
            String name = HeldUploads.name(file);
            OrganizationReport report = organizationImport.run(held.get(token), name, true);
            session.setAttribute(CHECKED, new Checked(token, name, report));
            return "redirect:/organization/check";
        } catch (RefusedException refused) {
            if (token != null) {
                held.drop(token);
            }
            next.addFlashAttribute("refused", problems.text(refused));
            return START;
        }
    }

    @GetMapping("/check")
    String checked(@SessionAttribute(name = CHECKED, required = false) Checked checked, Model model) {
        if (checked == null) {
            return START;
        }
        model.addAttribute("checked", checked);
        model.addAttribute("report", checked.report());
        show(checked.report(), model);
        return "organization-check";
    }

    @PostMapping("/import")
    String run(@RequestParam String token, HttpSession session, RedirectAttributes next) {
        try {
            Checked checked =
                    take(session).filter(each -> each.token().equals(token)).orElseThrow(HeldUploads::over);
            try {
                OrganizationReport report = organizationImport.run(held.get(token), checked.fileName(), false);
                next.addFlashAttribute(report.stored() ? "imported" : "changedMeanwhile", report);
            } finally {
                held.drop(token);
            }
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
        } catch (ConcurrencyFailureException race) {
            next.addFlashAttribute("refused", texts.get("organization.import.race"));
        }
        return START;
    }

    /** Shows the wrong rows first, then those that change something; unchanged rows are only counted. */
    private static void show(OrganizationReport report, Model model) {
        List<Line> told = report.rows().stream()
                .filter(row -> row.outcome() != Outcome.UNCHANGED)
                .sorted(Comparator.comparing(row -> row.outcome() != Outcome.WRONG))
                .toList();
        model.addAttribute("rows", told.stream().limit(ROWS_SHOWN).toList());
        model.addAttribute("told", told.size());
        for (Outcome outcome : Outcome.values()) {
            model.addAttribute("count" + outcome, report.count(outcome));
        }
    }

    /** The checked file of the session, which then has none. */
    private static Optional<Checked> take(HttpSession session) {
        synchronized (WebUtils.getSessionMutex(session)) {
            Optional<Checked> checked = Optional.ofNullable((Checked) session.getAttribute(CHECKED));
            session.removeAttribute(CHECKED);
            return checked;
        }
    }
}
