package org.guiling.web.notification;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.item.todo.ToDos;
import org.guiling.notification.Inbox;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Paging.Paged;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The notices of a person: all of them on a page, and the buttons of the start page's notices, which lead back to it.
 */
@Controller
@RequestMapping("/notifications")
public class NotificationPages {

    private static final int PAGE = 30;
    private static final String START = "redirect:/";

    private final Inbox inbox;
    private final ToDos toDos;
    private final Paging paging;
    private final NoticeTexts noticeTexts;
    private final CurrentPerson currentPerson;

    NotificationPages(Inbox inbox, ToDos toDos, Paging paging, NoticeTexts noticeTexts, CurrentPerson currentPerson) {
        this.inbox = inbox;
        this.toDos = toDos;
        this.paging = paging;
        this.noticeTexts = noticeTexts;
        this.currentPerson = currentPerson;
    }

    @GetMapping
    String all(@RequestParam(defaultValue = "0") int page, @RequestParam(required = false) Long together, Model model) {
        if (together != null) {
            return together(currentPerson.get(), together, model);
        }
        String person = currentPerson.get().id();
        model.addAttribute("unread", inbox.unreadBundleCount(person));
        int shown = Math.max(0, Math.min(page, Integer.MAX_VALUE / PAGE - 1));
        List<Inbox.Bundle> bundles = inbox.bundles(person, shown * PAGE, PAGE + 1);
        model.addAttribute(
                "notices", bundles.stream().limit(PAGE).map(noticeTexts::line).toList());
        model.addAttribute("page", shown);
        model.addAttribute("more", bundles.size() > PAGE);
        return "notifications";
    }

    /** Lists the notices of a bundle one by one. */
    private String together(Person person, long id, Model model) {
        int total = inbox.countTogether(person.id(), id);
        if (total == 0) {
            throw RefusedException.notFound("refusal.notice-unknown");
        }
        Paged<Inbox.Entry> shown =
                paging.read(total, "page", (offset, limit) -> inbox.together(person.id(), id, offset, limit));
        model.addAttribute("together", shown);
        model.addAttribute("toDos", toDos(person, shown.rows()));
        model.addAttribute("unread", inbox.unreadBundleCount(person.id()));
        model.addAttribute(
                "notices", shown.rows().stream().map(noticeTexts::line).toList());
        return "notifications";
    }

    /** The address of the notices' tasks among the reader's to-dos; null where none of them waits for the reader. */
    private String toDos(Person person, List<Inbox.Entry> notices) {
        Set<String> tasks = toDos
                .withIds(notices.stream().map(Inbox.Entry::task).collect(Collectors.toSet()))
                .stream()
                .filter(toDo -> toDo.isFor(person))
                .map(ToDos.ToDo::taskKey)
                .collect(Collectors.toSet());
        if (tasks.isEmpty()) {
            return null;
        }
        return tasks.size() == 1 ? "/todos?task=" + tasks.iterator().next() : "/todos";
    }

    /** A notice that is gone or somebody else's is as good as read. */
    @PostMapping("/{id}/read")
    String read(@PathVariable long id) {
        inbox.markBundleRead(currentPerson.get().id(), id);
        return START;
    }

    @PostMapping("/read")
    String readAll() {
        inbox.markAllRead(currentPerson.get().id());
        return START;
    }
}
