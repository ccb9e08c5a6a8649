package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.guiling.item.step.Handovers;
import org.guiling.item.step.Handovers.OpenItem;
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
import org.guiling.web.administration.OrganizationView.ItemLine;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Paging.Paged;
import org.guiling.web.support.form.AdministrationForms;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lets an administrator look after others' accounts: lock-outs, passwords, tokens, work of ended accounts. */
@Controller
@RequestMapping("/administration/accounts")
public class AdministeredAccountPages {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");

    private final LockOuts lockOuts;
    private final Passwords passwords;
    private final AccessTokens tokens;
    private final Handovers handovers;
    private final Organization organization;
    private final OrganizationChanges changes;
    private final CurrentPerson currentPerson;
    private final OrganizationView view;
    private final ChangeHistory history;
    private final AdministrationForms forms;
    private final Paging paging;
    private final Texts texts;
    private final Clock clock;

    AdministeredAccountPages(
            LockOuts lockOuts,
            Passwords passwords,
            AccessTokens tokens,
            Handovers handovers,
            Organization organization,
            OrganizationChanges changes,
            CurrentPerson currentPerson,
            OrganizationView view,
            ChangeHistory history,
            AdministrationForms forms,
            Paging paging,
            Texts texts,
            Clock clock) {
        this.lockOuts = lockOuts;
        this.passwords = passwords;
        this.tokens = tokens;
        this.handovers = handovers;
        this.organization = organization;
        this.changes = changes;
        this.currentPerson = currentPerson;
        this.view = view;
        this.history = history;
        this.forms = forms;
        this.paging = paging;
        this.texts = texts;
        this.clock = clock;
    }

    /** @param source where; null for wherever the account has never signed on from */
    record Locked(String id, String name, String source, String until) {}

    record LockedAddress(String source, String until) {}

    /** Somebody who has left and in whose name items are open. */
    record Left(String id, String name, List<ItemLine> items) {}

    /** Nothing of when it was used: that would be the person's activity. */
    record TokenLine(long id, String name, String created, String expires) {}

    @GetMapping
    String accounts(Model model) {
        changes.requireAdministrator();
        model.addAttribute(
                "locked",
                paging.read(
                        lockOuts.countCurrent(), "locked", (offset, limit) -> lockOuts.current(offset, limit).stream()
                                .map(account -> new Locked(
                                        account.account(),
                                        organization.personName(account.account()),
                                        account.source(),
                                        texts.minute(account.lockedUntil())))
                                .toList()));
        model.addAttribute(
                "sources",
                paging.read(
                        lockOuts.countSources(), "sources", (offset, limit) -> lockOuts.sources(offset, limit).stream()
                                .map(source -> new LockedAddress(source.source(), texts.minute(source.lockedUntil())))
                                .toList()));
        Paged<OpenItem> left = paging.read(handovers.countOpenOfThoseWhoLeft(), "left", handovers::openOfThoseWhoLeft);
        model.addAttribute("leftOpen", left);
        model.addAttribute("leftPeople", handovers.countThoseWhoLeft());
        model.addAttribute("left", byPerson(left.rows()));
        return "administration-accounts";
    }

    private List<Left> byPerson(List<OpenItem> items) {
        Map<String, List<OpenItem>> byHandler = items.stream()
                .collect(Collectors.groupingBy(OpenItem::handler, LinkedHashMap::new, Collectors.toList()));
        return byHandler.entrySet().stream()
                .map(each ->
                        new Left(each.getKey(), organization.personName(each.getKey()), view.items(each.getValue())))
                .toList();
    }

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
        model.addAttribute("tokens", tokens.of(id).stream().map(this::line).toList());
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

    @PostMapping("/unlock-source")
    String unlockSource(@RequestParam String source, RedirectAttributes next) {
        changes.requireAdministrator();
        if (!lockOuts.liftSource(source, administrator())) {
            throw RefusedException.conflict("source.not-locked", source);
        }
        next.addFlashAttribute("done", texts.get("administration.account.source-unlocked", source));
        return "redirect:/administration/accounts";
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

    private TokenLine line(AccessToken token) {
        return new TokenLine(
                token.id(),
                token.name(),
                DAY.format(token.createdAt().atZone(clock.getZone())),
                DAY.format(token.expiresAt().atZone(clock.getZone())));
    }
}
