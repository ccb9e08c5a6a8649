package org.guiling.web.item;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.guiling.engine.provisioning.GroupNames;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.text.Texts;
import org.guiling.web.support.Dues;
import org.guiling.web.support.Dues.Due;
import org.guiling.web.support.OpenPoints;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The present state of an item at the head of its pages: number and date, steps, the tasks that wait, what it still lacks. */
@Component
class ItemStanding {

    private final VisibleItems items;
    private final Ledger ledger;
    private final ToDos toDos;
    private final OpenPoints openPoints;
    private final GroupNames groupNames;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final Dues dues;
    private final Texts texts;

    ItemStanding(
            VisibleItems items,
            Ledger ledger,
            ToDos toDos,
            OpenPoints openPoints,
            GroupNames groupNames,
            Organization organization,
            CurrentPerson currentPerson,
            Dues dues,
            Texts texts) {
        this.items = items;
        this.ledger = ledger;
        this.toDos = toDos;
        this.openPoints = openPoints;
        this.groupNames = groupNames;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.dues = dues;
        this.texts = texts;
    }

    /** @param parentNo of which it is a part; null for most */
    record Head(
            String itemNo,
            String title,
            String status,
            Light light,
            String unit,
            Due due,
            int round,
            String parentNo,
            boolean fastLane) {}

    /** The progress of a step. */
    enum Progress {
        ZERO,
        HERE,
        AHEAD
    }

    record StepState(int number, Step step, Progress progress) {}

    /**
     * A task that waits.
     *
     * @param link the task's page; null when it waits for others
     * @param whom whose turn it is, in words
     */
    record Waiting(String name, String whom, String link, Due due) {}

    void addTo(Model model, Item item) {
        model.addAttribute(
                "item", head(item, ledger.find(items.scope(), item.itemNo()).orElseThrow()));
        model.addAttribute("steps", steps(item));
        model.addAttribute("waiting", waiting(item, currentPerson.get()));
        model.addAttribute("openPoints", openPoints.of(item));
    }

    private Head head(Item item, LedgerEntry entry) {
        return new Head(
                item.itemNo(),
                entry.title(),
                texts.label(item.status()),
                entry.light(),
                entry.leadUnitName(),
                item.status().isOpen() ? dues.of(entry) : null,
                item.round(),
                item.parentNo(),
                item.isOnFastLane());
    }

    /** All steps of a closed item are at zero; of any other those before its own. */
    private static List<StepState> steps(Item item) {
        int here = item.status() == ItemStatus.CLOSED
                ? Step.values().length
                : item.step().ordinal();
        return Arrays.stream(Step.values())
                .map(step -> new StepState(
                        step.ordinal() + 1,
                        step,
                        step.ordinal() < here
                                ? Progress.ZERO
                                : step.ordinal() == here ? Progress.HERE : Progress.AHEAD))
                .toList();
    }

    /** The tasks that wait. Confidential ones are shown only to those whose turn it is; a suspended item has none. */
    private List<Waiting> waiting(Item item, Person reader) {
        Map<String, String> groups = groupNames.all();
        return toDos.of(item.itemNo()).stream()
                .filter(toDo -> toDo.isFor(reader) || !contract(toDo).isConfidential())
                .filter(toDo -> item.status() != ItemStatus.SUSPENDED || !(contract(toDo) instanceof UserTask))
                .map(toDo -> new Waiting(
                        texts.label((Enum<?>) contract(toDo)),
                        toDo.assignee() == null
                                ? groups.getOrDefault(toDo.group(), toDo.group())
                                : organization.personName(toDo.assignee()),
                        toDo.isFor(reader) ? "/tasks/" + toDo.taskId() : null,
                        dues.of(toDo)))
                .toList();
    }

    private static TaskContract contract(ToDo toDo) {
        return TaskContract.of(toDo.taskKey()).orElseThrow();
    }
}
