package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.RegisteredPerson;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.password.Passwords;
import org.guiling.signon.throttle.LockOuts;
import org.guiling.signon.token.AccessTokens;
import org.guiling.signon.token.AccessTokens.AccessToken;
import org.guiling.text.Texts;
import org.guiling.web.support.form.AdministrationForms;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lets an administrator look after somebody's account: lock-out, password, tokens. */
@Controller
@RequestMapping("/administration/accounts")
public class AdministeredAccountPages {

    private final LockOuts lockOuts;
    private final Passwords passwords;
    private final AccessTokens tokens;
    private final Organization organization;
    private final OrganizationChanges changes;
    private final CurrentPerson currentPerson;
    private final ChangeHistory history;
    private final AdministrationForms forms;
    private final Texts texts;

    AdministeredAccountPages(
            LockOuts lockOuts,
            Passwords passwords,
            AccessTokens tokens,
            Organization organization,
            OrganizationChanges changes,
            CurrentPerson currentPerson,
            ChangeHistory history,
            AdministrationForms forms,
            Texts texts) {
        this.lockOuts = lockOuts;
        this.passwords = passwords;
        this.tokens = tokens;
        this.organization = organization;
        this.changes = changes;
        this.currentPerson = currentPerson;
        this.history = history;
        this.forms = forms;
        this.texts = texts;
    }

    /** Nothing of when it was used: that would be the person's activity. */
    record TokenLine(long id, String name, Instant createdAt, Instant expiresAt) {}

    @GetMapping("/{id}")
    String account(@PathVariable String id, Model model) {
        changes.requireAdministrator();
        RegisteredPerson registered =
                organization.registered(id).orElseThrow(() -> RefusedException.notFound("account.unknown", id));
        model.addAttribute("person", registered.person());
        model.addAttribute("here", registered.active());
        // Their session would end before they read the initial password.
        model.addAttribute("own", administrator().equals(id));
        model.addAttribute("unit", organization.unitName(registered.person().unitCode()));
        model.addAttribute(
                "lockedUntil", lockOuts.lockedUntil(id).map(texts::minute).orElse(null));
        model.addAttribute(
                "tokens",
                tokens.of(id).stream().map(AdministeredAccountPages::line).toList());
        model.addAttribute("history", history.ofAccount(id));
        return "administration-account";
    }

    @PostMapping("/{id}/unlock")
    String unlock(@PathVariable String id, Model model, HttpServletResponse response, RedirectAttributes next) {
        return change(
                id,
                () -> {
                    if (!lockOuts.lift(id, administrator())) {
                        throw RefusedException.conflict("account.not-locked", id);
                    }
                },
                "administration.account.unlocked",
                model,
                response,
                next);
    }

    @PostMapping("/{id}/initial-password")
    String reset(@PathVariable String id, Model model, HttpServletResponse response, RedirectAttributes next) {
        AtomicReference<String> initial = new AtomicReference<>();
        String answer = change(
                id,
                () -> initial.set(passwords.reset(id, administrator())),
                "administration.account.reset",
                model,
                response,
                next);
        next.addFlashAttribute("initialPassword", initial.get());
        return answer;
    }

    @PostMapping("/{id}/tokens/{token}/revoke")
    String revoke(
            @PathVariable String id,
            @PathVariable long token,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return change(
                id,
                () -> tokens.revoke(id, token, administrator()),
                "administration.account.revoked",
                model,
                response,
                next);
    }

    private String change(
            String id,
            Runnable change,
            String done,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        changes.requireAdministrator();
        if (!forms.attemptOnce(change, model, response)) {
            return account(id, model);
        }
        next.addFlashAttribute("done", texts.get(done, organization.personName(id)));
        return "redirect:/administration/accounts/" + id;
    }

    private String administrator() {
        return currentPerson.get().id();
    }

    private static TokenLine line(AccessToken token) {
        return new TokenLine(token.id(), token.name(), token.createdAt(), token.expiresAt());
    }
}
