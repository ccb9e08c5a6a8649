package org.guiling.web.board;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Optional;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.ToDos;
import org.guiling.ledger.board.Board;
import org.guiling.ledger.search.CountedSet;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The to-zero board (归零看板), and the one page of whoever answers first (第一责任人). */
@Controller
@RequestMapping("/board")
public class BoardPages {

    private static final int RED_SHOWN = 10;

    private final VisibleItems items;
    private final Board board;
    private final BoardFigures figures;
    private final BoardCourse course;
    private final BoardStuck stuck;
    private final ToDos toDos;
    private final Organization organization;
    private final BoardChoices choices;
    private final CurrentPerson currentPerson;
    private final Texts texts;
    private final OfficeClock clock;

    BoardPages(
            VisibleItems items,
            Board board,
            BoardFigures figures,
            BoardCourse course,
            BoardStuck stuck,
            ToDos toDos,
            Organization organization,
            BoardChoices choices,
            CurrentPerson currentPerson,
            Texts texts,
            OfficeClock clock) {
        this.items = items;
        this.board = board;
        this.figures = figures;
        this.course = course;
        this.stuck = stuck;
        this.toDos = toDos;
        this.organization = organization;
        this.choices = choices;
        this.currentPerson = currentPerson;
        this.texts = texts;
        this.clock = clock;
    }

    /** The decisions that wait for the reader at a task. */
    record Decision(String task, long count, String link) {}

    @GetMapping
    String board(@ModelAttribute("filter") BoardFilter asked, Model model) {
        BoardFilter filter = asked.of(null);
        DataScope scope = items.scope();
        addStanding(model, scope, filter);
        model.addAttribute("ofTheCity", items.areOfTheCity());
        model.addAttribute("stuck", stuck.of(scope, filter));
        choices.addTo(model, scope, filter);
        return "board";
    }

    @GetMapping("/mine")
    String mine(@RequestParam(required = false) String unit, Model model) {
        Person person = currentPerson.get();
        DataScope scope = items.scope();
        List<Unit> headed = headed(person);
        boolean ofTheCity = person.has(Role.LEADER) || person.has(Role.GROUP_HEAD);
        Unit shown = headed.stream()
                .filter(each -> each.code().equals(unit))
                .findFirst()
                .orElse(headed.isEmpty() || ofTheCity ? null : headed.get(0));
        BoardFilter own = BoardFilter.ALL.under(person.unitCode()).of(person.name());
        BoardFilter filter = shown != null ? BoardFilter.ALL.under(shown.code()) : ofTheCity ? BoardFilter.ALL : own;
        addStanding(model, scope, filter);
        model.addAttribute("headed", headed.size() > 1 || ofTheCity ? headed : List.of());
        model.addAttribute("shown", shown);
        model.addAttribute("ofTheCity", ofTheCity);
        model.addAttribute(
                "own",
                new LinkedCount(
                        board.cells(scope, own.ledger(), clock.today()).stream()
                                .mapToLong(Board.Cell::items)
                                .sum(),
                        own.link("counted.set", CountedSet.OPEN)));
        model.addAttribute("red", stuck.red(scope, filter, RED_SHOWN));
        model.addAttribute("decisions", decisions(person));
        return "board-mine";
    }

    private void addStanding(Model model, DataScope scope, BoardFilter filter) {
        BoardFigures.Standing standing = figures.of(scope, filter);
        model.addAttribute("today", clock.today());
        model.addAttribute("standing", standing);
        model.addAttribute("chart", course.of(scope, filter, standing.registeredSince(), standing.dueUntil()));
        model.addAttribute("queues", stuck.queues(scope, filter));
    }

    private List<Unit> headed(Person person) {
        return person.unitsAs(Role.UNIT_LEADER).stream()
                .map(organization::unit)
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Decision> decisions(Person person) {
        return toDos.countByTask(person).entrySet().stream()
                .map(task -> new Decision(
                        texts.label((Enum<?>) TaskContract.of(task.getKey()).orElseThrow()),
                        task.getValue(),
                        "/todos?task=" + task.getKey()))
                .sorted(comparing(Decision::task))
                .toList();
    }
}
