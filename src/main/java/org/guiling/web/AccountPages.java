package org.guiling.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.guiling.item.RefusedException;
import org.guiling.signon.Passwords;
import org.guiling.signon.SignOnWay;
import org.guiling.signon.SignedOnPerson;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a person does about their own account. */
@Controller
class AccountPages {

    static final String PASSWORD = "/account/password";

    private final Passwords passwords;
    private final Problems problems;

    AccountPages(Passwords passwords, Problems problems) {
        this.passwords = passwords;
        this.problems = problems;
    }

    @GetMapping(PASSWORD)
    String password(@AuthenticationPrincipal SignedOnPerson signedOn, Model model) {
        model.addAttribute("account", signedOn.getName());
        model.addAttribute("initial", signedOn.mustChangePassword());
        model.addAttribute("local", signedOn.way() == SignOnWay.PASSWORD);
        model.addAttribute("minimumLength", passwords.minimumLength());
        return "account-password";
    }

    @PostMapping(PASSWORD)
    String changePassword(
            @AuthenticationPrincipal SignedOnPerson signedOn,
            @RequestParam String currentPassword,
            @RequestParam String newPassword,
            @RequestParam String repeatedPassword,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            if (!newPassword.equals(repeatedPassword)) {
                throw RefusedException.invalid("repeatedPassword", "password.not-repeated");
            }
            passwords.change(signedOn, currentPassword, newPassword);
        } catch (RefusedException refused) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", problems.text(refused));
            model.addAttribute("wrongField", refused.problems().get(0).field());
            return password(signedOn, model);
        }
        new SecurityContextLogoutHandler().logout(request, response, null);
        return "redirect:/login?password-changed";
    }
}
