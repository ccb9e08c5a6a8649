package org.guiling.engine.form;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.todo.PersonalData;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.CurrentPerson;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The data of a task's form, read from the record when the form is opened: always current, and no row in the engine.
 */
@Component
public class TaskFormData {

    private final ToDos toDos;
    private final Items items;
    private final FormContext formContext;
    private final FormSources sources;
    private final ItemFacts itemFacts;
    private final PersonalData personalData;
    private final CurrentPerson currentPerson;
    private final OfficeClock clock;

    TaskFormData(
            ToDos toDos,
            Items items,
            FormContext formContext,
            FormSources sources,
            ItemFacts itemFacts,
            PersonalData personalData,
            CurrentPerson currentPerson,
            OfficeClock clock) {
        this.toDos = toDos;
        this.items = items;
        this.formContext = formContext;
        this.sources = sources;
        this.itemFacts = itemFacts;
        this.personalData = personalData;
        this.currentPerson = currentPerson;
        this.clock = clock;
    }

    /**
     * The data by the names that the form uses; empty for a task of another model. The caller has to know that the
     * person may see the task.
     */
    @Transactional(readOnly = true)
    public Map<String, Object> of(String taskId) {
        return toDos.find(taskId).map(this::of).orElse(Map.of());
    }

    private Map<String, Object> of(ToDo toDo) {
        TaskContract task = TaskContract.of(toDo.taskKey()).orElseThrow();
        Item item = items.get(toDo.itemNo());
        Map<String, Object> data = new HashMap<>(formContext.of(task, item));
        String subject = personalData.showSubject(item, toDo, currentPerson.find());
        data.put("itemFacts", itemFacts.of(item, subject, day(toDo)));
        sources.of(task).fill(data, task, item, toDo);
        return data;
    }

    private LocalDate day(ToDo toDo) {
        return toDo.due() == null ? null : clock.dayOf(toDo.due());
    }
}
