package org.guiling.web.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import java.util.Optional;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.SignOnWay;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.factor.PendingFactor;
import org.guiling.signon.factor.SecondFactors;
import org.guiling.signon.factor.SecondFactors.Factor;
import org.guiling.signon.session.OpenSessions;
import org.guiling.signon.step.Proofs;
import org.guiling.signon.step.SecondStep;
import org.guiling.text.Texts;
import org.guiling.web.support.Problems;
import org.guiling.web.support.QrCodes;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of a person's own second factor. Whoever has one shows a code of it before anything changes. */
@Controller
public class AccountFactorPages {

    static final String PATH = "/account/second-factor";

    private static final String OFFERED = AccountFactorPages.class.getName() + ".offered";
    private static final String REDIRECT = "redirect:" + PATH;

    private final SecondFactors factors;
    private final SecondStep secondStep;
    private final OpenSessions sessions;
    private final Proofs proofs;
    private final Problems problems;
    private final Texts texts;

    AccountFactorPages(
            SecondFactors factors,
            SecondStep secondStep,
            OpenSessions sessions,
            Proofs proofs,
            Problems problems,
            Texts texts) {
        this.factors = factors;
        this.secondStep = secondStep;
        this.sessions = sessions;
        this.proofs = proofs;
        this.problems = problems;
        this.texts = texts;
    }

    /** @param replaced the id of the factor in whose place it comes; null where there was none */
    private record Offered(PendingFactor pending, Long replaced) {}

    @GetMapping(PATH)
    String page(@AuthenticationPrincipal SignedOnPerson signedOn, HttpSession session, Model model) {
        Optional<Factor> factor = factors.of(signedOn.getName());
        model.addAttribute("factor", factor.orElse(null));
        model.addAttribute("account", signedOn.getName());
        model.addAttribute("required", factors.isRequiredOf(signedOn.person()));
        model.addAttribute("elsewhere", signedOn.way() == SignOnWay.PROVIDER);
        model.addAttribute("proof", proofs.kindFor(signedOn));
        boolean proved = sessions.isProved(session);
        model.addAttribute("proofNeeded", factor.isEmpty() && !proved);
        Offered offered = proved ? offered(session, factor.map(Factor::id).orElse(null)) : null;
        model.addAttribute("secret", offered == null ? null : offered.pending().text());
        return "account-factor";
    }

    /** Made when the page is opened without a factor, or when the code of the one before was right. */
    private Offered offered(HttpSession session, Long factor) {
        Offered offered = (Offered) session.getAttribute(OFFERED);
        if (offered != null && Objects.equals(offered.replaced(), factor)) {
            return offered;
        }
        session.removeAttribute(OFFERED);
        return factor == null ? offer(session, null) : null;
    }

    private Offered offer(HttpSession session, Long replaced) {
        Offered offered = new Offered(factors.offer(), replaced);
        session.setAttribute(OFFERED, offered);
        return offered;
    }

    @GetMapping(PATH + "/picture")
    ResponseEntity<byte[]> picture(@AuthenticationPrincipal SignedOnPerson signedOn, HttpSession session) {
        return Optional.ofNullable((Offered) session.getAttribute(OFFERED))
                .filter(offered -> sessions.isProved(session))
                .map(offered -> QrCodes.picture(offered.pending().uri(texts.get("page.name"), signedOn.getName())))
                .orElse(ResponseEntity.notFound().build());
    }

    @PostMapping(PATH)
    String enrol(
            @AuthenticationPrincipal SignedOnPerson signedOn,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        HttpSession session = request.getSession();
        try {
            Offered offered = (Offered) session.getAttribute(OFFERED);
            if (offered == null) {
                throw RefusedException.conflict("factor.race");
            }
            sessions.requireProof(session);
            model.addAttribute(
                    "recoveryCodes",
                    secondStep
                            .enrol(signedOn, offered.pending(), code, offered.replaced(), request, response)
                            .recoveryCodes());
            session.removeAttribute(OFFERED);
        } catch (RefusedException refused) {
            refuse(refused, response, model);
        }
        return page(signedOn, session, model);
    }

    @PostMapping(PATH + "/replace")
    String replace(
            @AuthenticationPrincipal SignedOnPerson signedOn,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            proofs.prove(signedOn, code, request);
            offer(request.getSession(), factors.idOf(signedOn.getName()).orElse(null));
        } catch (RefusedException refused) {
            refuse(refused, response, model);
            return page(signedOn, request.getSession(), model);
        }
        return REDIRECT;
    }

    @PostMapping(PATH + "/recovery-codes")
    String renewRecoveryCodes(
            @AuthenticationPrincipal SignedOnPerson signedOn,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            secondStep.requireCode(signedOn, code, request);
            model.addAttribute("recoveryCodes", factors.renewRecoveryCodes(signedOn.getName()));
        } catch (RefusedException refused) {
            refuse(refused, response, model);
        }
        return page(signedOn, request.getSession(), model);
    }

    @PostMapping(PATH + "/remove")
    String remove(
            @AuthenticationPrincipal SignedOnPerson signedOn,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes afterwards,
            Model model) {
        try {
            factors.requireRemovable(signedOn.person());
            secondStep.requireCode(signedOn, code, request);
            factors.remove(signedOn.person());
        } catch (RefusedException refused) {
            refuse(refused, response, model);
            return page(signedOn, request.getSession(), model);
        }
        afterwards.addFlashAttribute("done", texts.get("factor.removed"));
        return REDIRECT;
    }

    private void refuse(RefusedException refused, HttpServletResponse response, Model model) {
        response.setStatus(Problems.statusOf(refused).value());
        model.addAttribute("refused", problems.text(refused));
    }
}
