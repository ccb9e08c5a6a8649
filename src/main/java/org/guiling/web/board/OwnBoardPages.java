package org.guiling.web.board;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Optional;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.web.support.TaskLines;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The one page of whoever answers first (第一责任人): the board of what they head, and the decisions that wait for them. */
@Controller
public class OwnBoardPages {

    private static final int RED_SHOWN = 10;

    private final VisibleItems items;
    private final BoardOverview overview;
    private final BoardFigures figures;
    private final BoardStuck stuck;
    private final ToDos toDos;
    private final TaskLines taskLines;
    private final Organization organization;
    private final CurrentPerson currentPerson;

    OwnBoardPages(
            VisibleItems items,
            BoardOverview overview,
            BoardFigures figures,
            BoardStuck stuck,
            ToDos toDos,
            TaskLines taskLines,
            Organization organization,
            CurrentPerson currentPerson) {
        this.items = items;
        this.overview = overview;
        this.figures = figures;
        this.stuck = stuck;
        this.toDos = toDos;
        this.taskLines = taskLines;
        this.organization = organization;
        this.currentPerson = currentPerson;
    }

    /** The decisions that wait for the reader at a task. */
    record Decision(String task, long count, String link) {}

    @GetMapping("/board/mine")
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
        overview.addTo(model, scope, filter);
        model.addAttribute("headed", headed.size() > 1 || ofTheCity ? headed : List.of());
        model.addAttribute("shown", shown);
        model.addAttribute("ofTheCity", ofTheCity);
        model.addAttribute("own", figures.open(scope, own));
        model.addAttribute("red", stuck.red(scope, filter, RED_SHOWN));
        model.addAttribute("decisions", decisions(person));
        return "board-mine";
    }

    private List<Unit> headed(Person person) {
        return person.unitsAs(Role.UNIT_LEADER).stream()
                .map(organization::unit)
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Decision> decisions(Person person) {
        return toDos.countByTask(person).entrySet().stream()
                .map(task ->
                        new Decision(taskLines.name(task.getKey()), task.getValue(), "/todos?task=" + task.getKey()))
                .sorted(comparing(Decision::task))
                .toList();
    }
}
