package org.guiling.engine.form;

import java.util.Map;
import java.util.Set;
import org.guiling.customization.CodeList;
import org.guiling.item.Item;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.workflow.TaskContract;

/** Reads from the record what the forms of some tasks need. {@link FormSources} finds it by the task's contract. */
interface FormSource {

    /** The tasks that are its own; no other source has them. */
    Set<? extends TaskContract> tasks();

    /** Codes in the record that may stay, though they are no longer offered. */
    default Map<CodeList, String> kept(TaskContract task, Item item) {
        return Map.of();
    }

    /** The values to which conditions and options of the form refer beyond those that the person enters. */
    default Map<String, Object> context(TaskContract task, Item item) {
        return Map.of();
    }

    /**
     * Adds what the form shows beside the facts of the item.
     *
     * @param data by the names that the form uses
     */
    void fill(Map<String, Object> data, TaskContract task, Item item, ToDo toDo);
}
