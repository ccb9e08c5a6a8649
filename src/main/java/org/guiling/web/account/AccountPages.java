package org.guiling.web.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.SignOnWay;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.factor.SecondFactors;
import org.guiling.signon.password.Passwords;
import org.guiling.signon.session.OpenSessions;
import org.guiling.signon.step.Proofs;
import org.guiling.signon.token.AccessTokens;
import org.guiling.web.support.Problems;
import org.guiling.web.support.form.OnceForms;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Pages on which people look after their own accounts. */
@Controller
public class AccountPages {

    private static final String ACCOUNT = "/account";

    public static final String PASSWORD = "/account/password";

    private final Passwords passwords;
    private final AccessTokens tokens;
    private final SecondFactors factors;
    private final OpenSessions sessions;
    private final Proofs proofs;
    private final Problems problems;
    private final OnceForms onceForms;

    AccountPages(
            Passwords passwords,
            AccessTokens tokens,
            SecondFactors factors,
            OpenSessions sessions,
            Proofs proofs,
            Problems problems,
            OnceForms onceForms) {
        this.passwords = passwords;
        this.tokens = tokens;
        this.factors = factors;
        this.sessions = sessions;
        this.proofs = proofs;
        this.problems = problems;
        this.onceForms = onceForms;
    }

    @GetMapping(ACCOUNT)
    String account(@AuthenticationPrincipal SignedOnPerson signedOn, HttpSession session, Model model) {
        model.addAttribute("person", signedOn.person());
        model.addAttribute("way", signedOn.way());
        model.addAttribute("local", signedOn.way() == SignOnWay.PASSWORD);
        model.addAttribute("factor", factors.idOf(signedOn.getName()).isPresent());
        model.addAttribute("tokens", tokens.of(signedOn.getName()));
        model.addAttribute("longest", tokens.longest());
        model.addAttribute("sessions", sessions.of(signedOn.getName()));
        model.addAttribute("ownSession", sessions.idOf(session));
        model.addAttribute("proved", sessions.isProved(session));
        model.addAttribute("proof", proofs.kindFor(signedOn));
        return "account";
    }

    @PostMapping(ACCOUNT + "/tokens")
    String createToken(
            @AuthenticationPrincipal SignedOnPerson signedOn,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "0") long days,
            HttpSession session,
            HttpServletResponse response,
            RedirectAttributes afterwards,
            Model model) {
        try {
            sessions.requireProof(session);
            // The token is told once: who sends the form again is not told it, and gets no second one.
            onceForms.once(() -> {
                afterwards.addFlashAttribute("newToken", tokens.create(signedOn, name, days));
                return "redirect:" + ACCOUNT;
            });
        } catch (RefusedException refused) {
            response.setStatus(Problems.statusOf(refused).value());
            model.addAttribute("refused", problems.text(refused));
            model.addAttribute("name", name);
            return account(signedOn, session, model);
        }
        return "redirect:" + ACCOUNT;
    }

    @PostMapping(ACCOUNT + "/tokens/{id}/revoke")
    String revokeToken(
            @AuthenticationPrincipal SignedOnPerson signedOn,
            @PathVariable long id,
            HttpSession session,
            HttpServletResponse response,
            Model model) {
        try {
            tokens.revoke(signedOn.getName(), id, signedOn.getName());
        } catch (RefusedException refused) {
            response.setStatus(Problems.statusOf(refused).value());
            model.addAttribute("refused", problems.text(refused));
            return account(signedOn, session, model);
        }
        return "redirect:" + ACCOUNT;
    }

    @GetMapping(PASSWORD)
    String password(@AuthenticationPrincipal SignedOnPerson signedOn, Model model) {
        model.addAttribute("account", signedOn.getName());
        model.addAttribute("initial", signedOn.mustChangePassword());
        model.addAttribute("local", signedOn.way() == SignOnWay.PASSWORD);
        model.addAttribute("tokens", tokens.of(signedOn.getName()).size());
        model.addAttribute("endTokens", true);
        model.addAttribute("minimumLength", passwords.minimumLength());
        return "account-password";
    }

    @PostMapping(PASSWORD)
    String changePassword(
            @AuthenticationPrincipal SignedOnPerson signedOn,
            @RequestParam String currentPassword,
            @RequestParam String newPassword,
            @RequestParam String repeatedPassword,
            @RequestParam(defaultValue = "false") boolean endTokens,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            if (!newPassword.equals(repeatedPassword)) {
                throw RefusedException.invalid("repeatedPassword", "password.not-repeated");
            }
            passwords.change(signedOn, currentPassword, newPassword, endTokens, request.getRemoteAddr());
        } catch (RefusedException refused) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", problems.text(refused));
            model.addAttribute("wrongField", refused.problems().get(0).field());
            password(signedOn, model);
            model.addAttribute("endTokens", endTokens);
            return "account-password";
        }
        new SecurityContextLogoutHandler().logout(request, response, null);
        return "redirect:/login?password-changed";
    }
}
