package org.guiling.web;

import org.guiling.help.Suggestions;
import org.guiling.help.Tour;
import org.guiling.item.todo.ToDos;
import org.guiling.ledger.imports.ImportReviews;
import org.guiling.notification.Inbox;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.web.notification.NoticeTexts;
import org.guiling.web.support.TaskLines;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The start page: open items, urgent ones, and the tasks that wait for the reader. */
@Controller
class StartPage {

    private static final int TASKS = 5;
    private static final int NOTICES = 5;

    private final StartFigures figures;
    private final ImportReviews importReviews;
    private final ToDos toDos;
    private final TaskLines taskLines;
    private final Inbox inbox;
    private final NoticeTexts noticeTexts;
    private final Tour tour;
    private final Suggestions suggestions;
    private final CurrentPerson currentPerson;

    StartPage(
            StartFigures figures,
            ImportReviews importReviews,
            ToDos toDos,
            TaskLines taskLines,
            Inbox inbox,
            NoticeTexts noticeTexts,
            Tour tour,
            Suggestions suggestions,
            CurrentPerson currentPerson) {
        this.figures = figures;
        this.importReviews = importReviews;
        this.toDos = toDos;
        this.taskLines = taskLines;
        this.inbox = inbox;
        this.noticeTexts = noticeTexts;
        this.tour = tour;
        this.suggestions = suggestions;
        this.currentPerson = currentPerson;
    }

    @GetMapping("/")
    String start(@RequestParam(name = "tour", required = false) String again, Model model) {
        Person person = currentPerson.get();
        ToDos.Page waiting = toDos.waitingFor(person, 0, TASKS);
        model.addAttribute("tour", again != null || tour.isOffered(person));
        model.addAttribute("waitingSuggestions", suggestions.isReader(person) ? suggestions.waiting() : 0);
        figures.addTo(model);
        model.addAttribute("tasks", waiting.toDos().stream().map(taskLines::of).toList());
        model.addAttribute("taskCount", waiting.total());
        model.addAttribute(
                "notices",
                inbox.unreadBundles(person.id(), NOTICES).stream()
                        .map(noticeTexts::line)
                        .toList());
        model.addAttribute("noticeCount", inbox.unreadBundleCount(person.id()));
        model.addAttribute("waitingImports", person.has(Role.REVIEWER) ? importReviews.countWaiting() : 0);
        return "start";
    }
}
