package org.guiling.web.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.session.OpenSessions;
import org.guiling.signon.step.Proofs;
import org.guiling.text.Texts;
import org.guiling.web.support.Problems;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A person's own sessions, and the proof that comes before they change how they are let in. */
@Controller
public class AccountSessionPages {

    private static final String ACCOUNT = "redirect:/account";

    private final OpenSessions sessions;
    private final Proofs proofs;
    private final Problems problems;
    private final Texts texts;

    AccountSessionPages(OpenSessions sessions, Proofs proofs, Problems problems, Texts texts) {
        this.sessions = sessions;
        this.proofs = proofs;
        this.problems = problems;
        this.texts = texts;
    }

    /** @param device whether it leads back to the page of the second factor */
    @PostMapping("/account/proof")
    String prove(
            @AuthenticationPrincipal SignedOnPerson signedOn,
            @RequestParam(defaultValue = "") String proof,
            @RequestParam(defaultValue = "false") boolean device,
            HttpServletRequest request,
            RedirectAttributes afterwards) {
        try {
            proofs.prove(signedOn, proof, request);
        } catch (RefusedException refused) {
            afterwards.addFlashAttribute("refused", problems.text(refused));
        }
        return device ? "redirect:" + AccountFactorPages.PATH : ACCOUNT;
    }

    @PostMapping("/account/sessions/{id}/end")
    String end(
            @AuthenticationPrincipal SignedOnPerson signedOn,
            @PathVariable long id,
            HttpSession session,
            RedirectAttributes afterwards) {
        try {
            sessions.requireProof(session);
            sessions.end(signedOn.getName(), id);
            afterwards.addFlashAttribute("done", texts.get("session.ended"));
        } catch (RefusedException refused) {
            afterwards.addFlashAttribute("refused", problems.text(refused));
        }
        return ACCOUNT;
    }

    @PostMapping("/account/sessions/end-others")
    String endOthers(
            @AuthenticationPrincipal SignedOnPerson signedOn, HttpSession session, RedirectAttributes afterwards) {
        try {
            sessions.requireProof(session);
            sessions.endOthers(signedOn.getName(), session);
            afterwards.addFlashAttribute("done", texts.get("session.others-ended"));
        } catch (RefusedException refused) {
            afterwards.addFlashAttribute("refused", problems.text(refused));
        }
        return ACCOUNT;
    }
}
