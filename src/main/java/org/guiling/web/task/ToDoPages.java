package org.guiling.web.task;

import static java.util.Comparator.comparing;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.service.Tasks;
import org.guiling.item.todo.ToDoFilter;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.web.support.Dues;
import org.guiling.web.support.Problems;
import org.guiling.web.support.SearchWords;
import org.guiling.web.support.TaskLines;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The to-dos of whoever is signed on (我的待办): filtered, opened, and claimed several at once. */
@Controller
@RequestMapping("/todos")
public class ToDoPages {

    private static final int PAGE = 30;
    private static final int LAST_PAGE = 10_000;

    /** More than a page shows; each is asked for by itself. */
    public static final int MAX_AT_ONCE = 200;

    private final ToDos toDos;
    private final Tasks tasks;
    private final TaskLines taskLines;
    private final SearchWords searchWords;
    private final CurrentPerson currentPerson;
    private final WorkingCalendars calendars;
    private final Problems problems;
    private final Texts texts;
    private final OfficeClock clock;

    ToDoPages(
            ToDos toDos,
            Tasks tasks,
            TaskLines taskLines,
            SearchWords searchWords,
            CurrentPerson currentPerson,
            WorkingCalendars calendars,
            Problems problems,
            Texts texts,
            OfficeClock clock) {
        this.toDos = toDos;
        this.tasks = tasks;
        this.taskLines = taskLines;
        this.searchWords = searchWords;
        this.currentPerson = currentPerson;
        this.calendars = calendars;
        this.problems = problems;
        this.texts = texts;
        this.clock = clock;
    }

    /** The choices of the filter by whose turn it is. */
    enum Whose {
        ALL,
        MINE,
        GROUP
    }

    /** The choices of the filter by due date. */
    enum When {
        ANY,
        SOON,
        OVERDUE
    }

    /** @param task the task's id in the model; null for any */
    record Choice(Whose whose, When when, String task, String text) {

        public boolean isEverything() {
            return whose == Whose.ALL && when == When.ANY && task == null && (text == null || text.isBlank());
        }
    }

    record TaskCount(String key, String name, long count) {}

    @GetMapping
    String list(
            @RequestParam(defaultValue = "ALL") Whose whose,
            @RequestParam(defaultValue = "ANY") When when,
            @RequestParam(required = false) String task,
            @RequestParam(required = false) String text,
            @RequestParam(required = false) String search,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        Person person = currentPerson.get();
        Choice choice = new Choice(whose, when, task == null || task.isBlank() ? null : task, text);
        int shown = Math.min(Math.max(0, page), LAST_PAGE);
        int from = shown * PAGE;
        ToDos.Page found = toDos.waitingFor(person, filter(choice), from, PAGE);
        List<String> ids = found.toDos().stream().map(ToDo::taskId).toList();
        Set<String> unseen = new HashSet<>(ids);
        unseen.removeAll(toDos.seenBy(person.id(), ids));
        model.addAttribute("choice", choice);
        model.addAttribute("words", searchWords.parameter(text));
        model.addAttribute("forgotten", SearchWords.isForgotten(search, text));
        model.addAttribute("lines", found.toDos().stream().map(taskLines::of).toList());
        model.addAttribute("unseen", unseen);
        model.addAttribute("total", found.total());
        model.addAttribute("page", shown);
        model.addAttribute("more", from + found.toDos().size() < found.total());
        model.addAttribute("kinds", kinds(person));
        model.addAttribute("whoses", Whose.values());
        model.addAttribute("whens", When.values());
        return "todos";
    }

    /** Searches by the form, which sends its words in the body, and leads to the list. */
    @PostMapping("/search")
    String search(HttpServletRequest form) {
        return "redirect:" + searchWords.address("/todos", form);
    }

    @PostMapping("/claim")
    String claim(@RequestParam(defaultValue = "") List<String> id, RedirectAttributes next) {
        if (id.size() > MAX_AT_ONCE) {
            throw RefusedException.invalid("id", "todos.too-many", MAX_AT_ONCE);
        }
        List<String> refusals = new ArrayList<>();
        int claimed = 0;
        for (String task : id) {
            String title = toDos.find(task).map(ToDo::title).orElse("");
            try {
                tasks.claim(task);
                claimed++;
            } catch (RefusedException refusal) {
                refusals.add(texts.get("todos.not-claimed", title, problems.text(refusal)));
            }
        }
        next.addFlashAttribute(
                "done", id.isEmpty() ? texts.get("todos.none-chosen") : texts.get("todos.claimed", claimed));
        next.addFlashAttribute("refusals", refusals);
        return "redirect:/todos";
    }

    private ToDoFilter filter(Choice choice) {
        Boolean assigned =
                switch (choice.whose()) {
                    case ALL -> null;
                    case MINE -> true;
                    case GROUP -> false;
                };
        LocalDate today = clock.today();
        Instant before =
                switch (choice.when()) {
                    case ANY -> null;
                    case SOON -> endOf(calendars.current().workingDayAfter(today, Dues.SOON_WORKING_DAYS));
                    case OVERDUE -> clock.startOf(today);
                };
        return new ToDoFilter(assigned, choice.task(), before, choice.text(), null);
    }

    private Instant endOf(LocalDate day) {
        return clock.startOf(day.plusDays(1));
    }

    private List<TaskCount> kinds(Person person) {
        Map<String, Long> counts = toDos.countByTask(person);
        return counts.entrySet().stream()
                .map(count -> new TaskCount(count.getKey(), taskLines.name(count.getKey()), count.getValue()))
                .sorted(comparing(TaskCount::name))
                .toList();
    }
}
