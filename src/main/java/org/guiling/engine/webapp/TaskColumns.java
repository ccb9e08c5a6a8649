package org.guiling.engine.webapp;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.Organization;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.springframework.stereotype.Component;

/** The columns of Tasklist's list: number, title and lead unit, as the record has them. */
@Component
class TaskColumns {

    private final ToDos toDos;
    private final Organization organization;

    TaskColumns(ToDos toDos, Organization organization) {
        this.toDos = toDos;
        this.organization = organization;
    }

    /** Name and value of each task's columns, by the tasks' ids. */
    Map<String, Map<String, String>> of(Collection<String> taskIds) {
        Map<String, Map<String, String>> columns = new LinkedHashMap<>();
        toDos.withIds(taskIds).forEach(toDo -> columns.put(toDo.taskId(), columns(toDo)));
        return columns;
    }

    private Map<String, String> columns(ToDos.ToDo toDo) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(Variables.ITEM_NO, toDo.itemNo());
        values.put(Variables.TITLE, toDo.title());
        values.put(Variables.UNIT_NAME, organization.unitName(toDo.leadUnit()));
        return values;
    }
}
