package org.guiling.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.guiling.item.RefusedException;
import org.guiling.item.ToDos;
import org.guiling.item.ToDos.ToDo;
import org.guiling.item.VisibleItems;
import org.guiling.ledger.Ledger;
import org.guiling.ledger.LedgerFilter;
import org.guiling.ledger.LedgerView;
import org.guiling.ledger.LedgerViews;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.process.TaskContract;
import org.guiling.process.Tasks;
import org.guiling.text.Texts;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What is done on the ledger's page: columns chosen, views kept, selected items claimed or exported. Nothing that ends
 * an item is done to several at once.
 */
@Controller
class LedgerActions {

    private final LedgerViews views;
    private final VisibleItems items;
    private final ToDos toDos;
    private final Tasks tasks;
    private final CurrentPerson currentPerson;
    private final Problems problems;
    private final Texts texts;

    LedgerActions(
            LedgerViews views,
            VisibleItems items,
            ToDos toDos,
            Tasks tasks,
            CurrentPerson currentPerson,
            Problems problems,
            Texts texts) {
        this.views = views;
        this.items = items;
        this.toDos = toDos;
        this.tasks = tasks;
        this.currentPerson = currentPerson;
        this.problems = problems;
        this.texts = texts;
    }

    /** What came of one item, in words. */
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
        String back = LedgerAddress.page(query(filter), sort, view);
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
            return "redirect:" + LedgerAddress.page(query(filter), sort, id);
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            next.addFlashAttribute("viewName", name);
            return "redirect:" + LedgerAddress.page(query(filter), sort, view);
        }
    }

    @PostMapping(path = "/items/views/{id}", params = "action=rename")
    String rename(
            @PathVariable long id,
            @ModelAttribute("filter") LedgerFilter filter,
            @RequestParam Ledger.Sort sort,
            @RequestParam String name,
            RedirectAttributes next) {
        return tell(
                next,
                LedgerAddress.page(query(filter), sort, id),
                "ledger.view.renamed",
                () -> views.rename(currentPerson.get().id(), id, name));
    }

    @PostMapping(path = "/items/views/{id}", params = "action=overwrite")
    String overwrite(
            @PathVariable long id,
            @ModelAttribute("filter") LedgerFilter filter,
            @RequestParam Ledger.Sort sort,
            @RequestParam List<String> columns,
            RedirectAttributes next) {
        return tell(
                next,
                LedgerAddress.page(query(filter), sort, id),
                "ledger.view.overwritten",
                () -> views.overwrite(
                        currentPerson.get().id(), id, new LedgerView.Content(query(filter), sort, columns)));
    }

    @PostMapping(
            path = "/items/views/{id}",
            params = {"action=first", "first"})
    String setFirst(
            @PathVariable long id,
            @ModelAttribute("filter") LedgerFilter filter,
            @RequestParam Ledger.Sort sort,
            @RequestParam boolean first,
            RedirectAttributes next) {
        return tell(
                next,
                LedgerAddress.page(query(filter), sort, id),
                first ? "ledger.view.is-first" : "ledger.view.not-first",
                () -> views.setFirst(currentPerson.get().id(), id, first));
    }

    @PostMapping(path = "/items/views/{id}", params = "action=delete")
    String delete(@PathVariable long id, RedirectAttributes next) {
        return tell(
                next,
                LedgerAddress.page("", Ledger.Sort.DUE, null),
                "ledger.view.deleted",
                () -> views.delete(currentPerson.get().id(), id));
    }

    /** Claims what waits for the reader's groups at each of the items; one that fails leaves the others alone. */
    @PostMapping(path = "/items/selection", params = "action=claim")
    String claim(
            @RequestParam(defaultValue = "") List<String> selected,
            @ModelAttribute("filter") LedgerFilter filter,
            @RequestParam Ledger.Sort sort,
            @RequestParam(required = false) Long view,
            RedirectAttributes next) {
        if (selected.size() > ToDoPages.MOST_AT_ONCE) {
            throw RefusedException.invalid("selected", "todos.too-many", ToDoPages.MOST_AT_ONCE);
        }
        List<Outcome> outcomes = new ArrayList<>();
        selected.stream().distinct().forEach(itemNo -> outcomes.addAll(claim(itemNo)));
        if (selected.isEmpty()) {
            next.addFlashAttribute("refused", texts.get("ledger.selection.none"));
        }
        next.addFlashAttribute("outcomes", outcomes);
        return "redirect:" + LedgerAddress.page(query(filter), sort, view);
    }

    @PostMapping(path = "/items/selection", params = "action=export")
    String export(
            @RequestParam(defaultValue = "") List<String> selected,
            @RequestParam List<String> columns,
            @ModelAttribute("filter") LedgerFilter filter,
            @RequestParam Ledger.Sort sort,
            @RequestParam(required = false) Long view,
            RedirectAttributes next) {
        if (selected.isEmpty()) {
            next.addFlashAttribute("refused", texts.get("ledger.selection.none"));
            return "redirect:" + LedgerAddress.page(query(filter), sort, view);
        }
        String chosen = LedgerAddress.query(Map.of("itemNo", String.join(",", selected)));
        return "redirect:" + LedgerAddress.export(chosen, sort, columns);
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
        return LedgerAddress.query(filter.values());
    }
}
