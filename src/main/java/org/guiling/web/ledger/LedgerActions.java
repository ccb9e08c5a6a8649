package org.guiling.web.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.guiling.engine.service.Tasks;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.ledger.view.LedgerView;
import org.guiling.ledger.view.LedgerViews;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.Problems;
import org.guiling.web.support.SearchWords;
import org.guiling.web.task.ToDoPages;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The actions of the ledger's page: choosing columns, saving views, claiming or exporting selected items. Nothing that
 * ends an item is done to several at once.
 */
@Controller
class LedgerActions {

    private final LedgerViews views;
    private final VisibleItems items;
    private final ToDos toDos;
    private final Tasks tasks;
    private final LedgerAddress address;
    private final CurrentPerson currentPerson;
    private final Problems problems;
    private final Texts texts;

    LedgerActions(
            LedgerViews views,
            VisibleItems items,
            ToDos toDos,
            Tasks tasks,
            LedgerAddress address,
            CurrentPerson currentPerson,
            Problems problems,
            Texts texts) {
        this.views = views;
        this.items = items;
        this.toDos = toDos;
        this.tasks = tasks;
        this.address = address;
        this.currentPerson = currentPerson;
        this.problems = problems;
        this.texts = texts;
    }

    /** The outcome for one item, in words. */
    record Outcome(String itemNo, boolean done, String text) {}

    /** Chooses columns: of the view that is open, or of the person where none is. */
    @PostMapping("/items/columns")
    String chooseColumns(
            @ModelAttribute("filter") LedgerFilter filter,
            @RequestParam(defaultValue = "") List<String> columns,
            @RequestParam(defaultValue = "false") boolean usual,
            @RequestParam Ledger.Sort sort,
            @RequestParam(required = false) Long view,
            RedirectAttributes next) {
        String person = currentPerson.get().id();
        String back = address.page(filter.values(), sort, view);
        return tell(next, back, "ledger.columns.chosen", () -> {
            if (view != null) {
                LedgerView open =
                        views.find(person, view).orElseThrow(() -> RefusedException.notFound("ledger.view.unknown"));
                views.overwrite(
                        person,
                        view,
                        new LedgerView.Content(open.filter(), open.sort(), usual ? views.columnsOf(person) : columns));
            } else if (usual) {
                views.forgetColumns(person);
            } else {
                views.chooseColumns(person, columns);
            }
        });
    }

    /** Keeps what is shown under a name. */
    @PostMapping("/items/views")
    String save(
            @ModelAttribute("filter") LedgerFilter filter,
            @RequestParam String name,
            @RequestParam Ledger.Sort sort,
            @RequestParam List<String> columns,
            @RequestParam(required = false) Long view,
            RedirectAttributes next) {
        try {
            long id = views.save(currentPerson.get().id(), name, new LedgerView.Content(query(filter), sort, columns));
            next.addFlashAttribute("done", texts.get("ledger.view.saved", name.strip()));
            return "redirect:" + address.page(filter.values(), sort, id);
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            next.addFlashAttribute("viewName", name);
            return "redirect:" + address.page(filter.values(), sort, view);
        }
    }

    /**
     * Changes a view as its form says. The forms are told apart here and not by conditions of the mappings, for which Spring
     * would read the body of whoever calls before it is known who that is.
     *
     * @param action {@code rename}, {@code overwrite}, {@code first} or {@code delete}
     */
    @PostMapping("/items/views/{id}")
    String change(
            @PathVariable long id,
            @RequestParam String action,
            @ModelAttribute("filter") LedgerFilter filter,
            @RequestParam(defaultValue = "DUE") Ledger.Sort sort,
            @RequestParam(required = false) String name,
            @RequestParam(required = false) List<String> columns,
            @RequestParam(required = false) Boolean first,
            RedirectAttributes next) {
        String person = currentPerson.get().id();
        String back = address.page(filter.values(), sort, id);
        return switch (action) {
            case "rename" -> {
                String renamed = required("name", name);
                yield tell(next, back, "ledger.view.renamed", () -> views.rename(person, id, renamed));
            }
            case "overwrite" -> {
                LedgerView.Content content = new LedgerView.Content(query(filter), sort, required("columns", columns));
                yield tell(next, back, "ledger.view.overwritten", () -> views.overwrite(person, id, content));
            }
            case "first" -> {
                boolean isFirst = required("first", first);
                String done = isFirst ? "ledger.view.is-first" : "ledger.view.not-first";
                yield tell(next, back, done, () -> views.setFirst(person, id, isFirst));
            }
            case "delete" ->
                tell(
                        next,
                        address.page(Map.of(), Ledger.Sort.DUE, null),
                        "ledger.view.deleted",
                        () -> views.delete(person, id));
            default -> throw RefusedException.invalid("action", "problem.value", "action");
        };
    }

    private static <T> T required(String field, T value) {
        if (value == null) {
            throw RefusedException.invalid(field, "problem.missing", field);
        }
        return value;
    }

    /** @param action {@code claim} or {@code export} */
    @PostMapping("/items/selection")
    String withSelection(
            @RequestParam String action,
            @RequestParam(defaultValue = "") List<String> selected,
            @RequestParam(required = false) List<String> columns,
            @ModelAttribute("filter") LedgerFilter filter,
            @RequestParam Ledger.Sort sort,
            @RequestParam(required = false) Long view,
            RedirectAttributes next) {
        return switch (action) {
            case "claim" -> claim(selected, filter, sort, view, next);
            case "export" -> export(selected, required("columns", columns), filter, sort, view, next);
            default -> throw RefusedException.invalid("action", "problem.value", "action");
        };
    }

    /** Claims what waits for the reader's groups at each of the items; one that fails leaves the others alone. */
    private String claim(
            List<String> selected, LedgerFilter filter, Ledger.Sort sort, Long view, RedirectAttributes next) {
        if (selected.size() > ToDoPages.MAX_AT_ONCE) {
            throw RefusedException.invalid("selected", "todos.too-many", ToDoPages.MAX_AT_ONCE);
        }
        List<Outcome> outcomes = new ArrayList<>();
        selected.stream().distinct().forEach(itemNo -> outcomes.addAll(claim(itemNo)));
        if (selected.isEmpty()) {
            next.addFlashAttribute("refused", texts.get("ledger.selection.none"));
        }
        next.addFlashAttribute("outcomes", outcomes);
        return "redirect:" + address.page(filter.values(), sort, view);
    }

    private String export(
            List<String> selected,
            List<String> columns,
            LedgerFilter filter,
            Ledger.Sort sort,
            Long view,
            RedirectAttributes next) {
        if (selected.isEmpty()) {
            next.addFlashAttribute("refused", texts.get("ledger.selection.none"));
            return "redirect:" + address.page(filter.values(), sort, view);
        }
        Map<String, String> chosen = Map.of("itemNo", String.join(",", selected));
        return "redirect:" + address.export(chosen, sort, columns);
    }

    private List<Outcome> claim(String itemNo) {
        Person person = currentPerson.get();
        List<ToDo> waiting = items.isVisible(itemNo)
                ? toDos.of(itemNo).stream()
                        .filter(toDo -> toDo.assignee() == null && toDo.isFor(person))
                        .toList()
                : List.of();
        if (waiting.isEmpty()) {
            return List.of(new Outcome(itemNo, false, texts.get("ledger.selection.nothing-waits")));
        }
        return waiting.stream().map(toDo -> claim(itemNo, toDo)).toList();
    }

    private Outcome claim(String itemNo, ToDo toDo) {
        String task = texts.label((Enum<?>) TaskContract.of(toDo.taskKey()).orElseThrow());
        try {
            tasks.claim(toDo.taskId());
            return new Outcome(itemNo, true, texts.get("ledger.selection.claimed", task));
        } catch (RefusedException refused) {
            return new Outcome(itemNo, false, texts.get("ledger.selection.not-claimed", task, problems.text(refused)));
        }
    }

    private String tell(RedirectAttributes next, String back, String done, Runnable change) {
        try {
            change.run();
            next.addFlashAttribute("done", texts.get(done));
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
        }
        return "redirect:" + back;
    }

    private static String query(LedgerFilter filter) {
        return SearchWords.query(filter.values());
    }
}
