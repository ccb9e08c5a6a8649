package org.guiling.web;

import java.util.List;
import org.guiling.notification.Inbox;
import org.guiling.organization.CurrentPerson;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a person was told: all of it on a page, and the buttons of the start page's notices, which lead back to it. */
@Controller
@RequestMapping("/notifications")
class NotificationPages {

    private static final int PAGE = 30;
    private static final String START = "redirect:/";

    private final Inbox inbox;
    private final NoticeTexts noticeTexts;
    private final CurrentPerson currentPerson;

    NotificationPages(Inbox inbox, NoticeTexts noticeTexts, CurrentPerson currentPerson) {
        this.inbox = inbox;
        this.noticeTexts = noticeTexts;
        this.currentPerson = currentPerson;
    }

    @GetMapping
    String all(@RequestParam(defaultValue = "0") int page, Model model) {
        String person = currentPerson.get().id();
        int shown = Math.max(0, Math.min(page, Integer.MAX_VALUE / PAGE - 1));
        List<Inbox.Entry> entries = inbox.of(person, shown * PAGE, PAGE + 1);
        model.addAttribute(
                "notices", entries.stream().limit(PAGE).map(noticeTexts::line).toList());
        model.addAttribute("unread", inbox.unreadCount(person));
        model.addAttribute("page", shown);
        model.addAttribute("more", entries.size() > PAGE);
        return "notifications";
    }

    /** A notice that is gone or somebody else's is as good as read. */
    @PostMapping("/{id}/read")
    String read(@PathVariable long id) {
        inbox.markRead(currentPerson.get().id(), id);
        return START;
    }

    @PostMapping("/read")
    String readAll() {
        inbox.markAllRead(currentPerson.get().id());
        return START;
    }
}
