package org.guiling.web.administration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.guiling.item.step.Handovers;
import org.guiling.item.step.Handovers.OpenItem;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.throttle.LockOuts;
import org.guiling.text.Texts;
import org.guiling.web.administration.OrganizationView.ItemLine;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Paging.Paged;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The accounts that need an administrator: locked ones, locked addresses, and those whose people left work open. */
@Controller
@RequestMapping("/administration/accounts")
public class AccountListPages {

    private final LockOuts lockOuts;
    private final Handovers handovers;
    private final Organization organization;
    private final OrganizationChanges changes;
    private final CurrentPerson currentPerson;
    private final OrganizationView view;
    private final Paging paging;
    private final Texts texts;

    AccountListPages(
            LockOuts lockOuts,
            Handovers handovers,
            Organization organization,
            OrganizationChanges changes,
            CurrentPerson currentPerson,
            OrganizationView view,
            Paging paging,
            Texts texts) {
        this.lockOuts = lockOuts;
        this.handovers = handovers;
        this.organization = organization;
        this.changes = changes;
        this.currentPerson = currentPerson;
        this.view = view;
        this.paging = paging;
        this.texts = texts;
    }

    /** @param source where; null for wherever the account has never signed on from */
    record Locked(String id, String name, String source, String until) {}

    record LockedAddress(String source, String until) {}

    /** Somebody who has left and in whose name items are open. */
    record Left(String id, String name, List<ItemLine> items) {}

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

    @PostMapping("/unlock-source")
    String unlockSource(@RequestParam String source, RedirectAttributes next) {
        changes.requireAdministrator();
        if (!lockOuts.liftSource(source, currentPerson.get().id())) {
            throw RefusedException.conflict("source.not-locked", source);
        }
        next.addFlashAttribute("done", texts.get("administration.account.source-unlocked", source));
        return "redirect:/administration/accounts";
    }
}
