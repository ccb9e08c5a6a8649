package org.guiling.web;

import org.guiling.notification.Inbox;
import org.guiling.organization.CurrentPerson;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The buttons of the start page's notices; each leads back to it. */
@Controller
@RequestMapping("/notifications")
class NotificationPages {

    private static final String START = "redirect:/";

    private final Inbox inbox;
    private final CurrentPerson currentPerson;

    NotificationPages(Inbox inbox, CurrentPerson currentPerson) {
        this.inbox = inbox;
        this.currentPerson = currentPerson;
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
