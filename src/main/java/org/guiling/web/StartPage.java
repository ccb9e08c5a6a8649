package org.guiling.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.guiling.help.Suggestions;
import org.guiling.help.Tour;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.ledger.board.Figures;
import org.guiling.ledger.imports.ImportReviews;
import org.guiling.notification.Inbox;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.web.notification.NoticeTexts;
import org.guiling.web.support.Dues;
import org.guiling.web.support.Dues.Due;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The start page: open items, urgent ones, and the tasks that wait for the reader. */
@Controller
class StartPage {

    private static final int URGENT = 10;
    private static final int TASKS = 5;
    private static final int NOTICES = 5;
    private final Figures figures;
    private final VisibleItems visibleItems;
    private final ImportReviews importReviews;
    private final ToDos toDos;
    private final Inbox inbox;
    private final NoticeTexts noticeTexts;
    private final Tour tour;
    private final Suggestions suggestions;
    private final CurrentPerson currentPerson;
    private final Texts texts;
    private final Dues dues;
    private final OfficeClock clock;

    StartPage(
            Figures figures,
            VisibleItems visibleItems,
            ImportReviews importReviews,
            ToDos toDos,
            Inbox inbox,
            NoticeTexts noticeTexts,
            Tour tour,
            Suggestions suggestions,
            CurrentPerson currentPerson,
            Texts texts,
            Dues dues,
            OfficeClock clock) {
        this.figures = figures;
        this.visibleItems = visibleItems;
        this.importReviews = importReviews;
        this.toDos = toDos;
        this.inbox = inbox;
        this.noticeTexts = noticeTexts;
        this.tour = tour;
        this.suggestions = suggestions;
        this.currentPerson = currentPerson;
        this.texts = texts;
        this.dues = dues;
        this.clock = clock;
    }

    /** One of the four totals; alarming when it is not zero and should be. */
    record Total(String name, long count, boolean alarming) {}

    record LightCount(Light light, long count) {}

    record StepCard(int number, Step step, long count, List<LightCount> lights) {}

    record UrgentItem(String itemNo, String title, String unit, Step step, Due due, Light light) {}

    /** @param claimed whether it is the person's own already */
    record Task(String link, String name, String itemNo, String title, boolean claimed, Due due) {}

    @GetMapping("/")
    String start(@RequestParam(name = "tour", required = false) String again, Model model) {
        Person person = currentPerson.get();
        DataScope scope = visibleItems.scope();
        ToDos.Page waiting = toDos.waitingFor(person, 0, TASKS);
        model.addAttribute("tour", again != null || tour.isOffered(person));
        model.addAttribute("waitingSuggestions", suggestions.isReader(person) ? suggestions.waiting() : 0);
        model.addAttribute("today", clock.today());
        model.addAttribute("ofTheCity", visibleItems.areOfTheCity());
        model.addAttribute("totals", totals(scope));
        model.addAttribute("steps", steps(scope));
        model.addAttribute("urgent", urgent(scope));
        model.addAttribute("tasks", waiting.toDos().stream().map(this::task).toList());
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

    private List<Total> totals(DataScope scope) {
        Figures.Totals totals = figures.totals(scope);
        return List.of(
                new Total("registered", totals.registered(), false),
                new Total("open", totals.open(), false),
                new Total("closed", totals.closed(), false),
                new Total("overdue", totals.overdue(), totals.overdue() > 0));
    }

    private List<StepCard> steps(DataScope scope) {
        Map<Step, Map<Light, Long>> open = figures.openByStepAndLight(scope, clock.today());
        return Arrays.stream(Step.values())
                .map(step -> stepCard(step, open.getOrDefault(step, Map.of())))
                .toList();
    }

    private static StepCard stepCard(Step step, Map<Light, Long> counts) {
        List<LightCount> lights = Arrays.stream(Light.values())
                .map(light -> new LightCount(light, counts.getOrDefault(light, 0L)))
                .toList();
        long count = lights.stream().mapToLong(LightCount::count).sum();
        return new StepCard(step.ordinal() + 1, step, count, lights);
    }

    private List<UrgentItem> urgent(DataScope scope) {
        return figures.mostUrgent(scope, URGENT).stream()
                .map(item -> new UrgentItem(
                        item.itemNo(), item.title(), item.leadUnitName(), item.step(), dues.of(item), item.light()))
                .toList();
    }

    private Task task(ToDo toDo) {
        return new Task(
                "/tasks/" + toDo.taskId(),
                texts.label((Enum<?>) TaskContract.of(toDo.taskKey()).orElseThrow()),
                toDo.itemNo(),
                toDo.title(),
                toDo.assignee() != null,
                dues.of(toDo));
    }
}
