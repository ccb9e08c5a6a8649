package org.guiling.web.support;

import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Puts waiting tasks into words for the pages that list or show them. */
@Component
public class TaskLines {

    private final Organization organization;
    private final Dues dues;
    private final Texts texts;

    TaskLines(Organization organization, Dues dues, Texts texts) {
        this.organization = organization;
        this.dues = dues;
        this.texts = texts;
    }

    public TaskLine of(ToDo toDo) {
        return new TaskLine(
                toDo.taskId(),
                name(toDo.taskKey()),
                toDo.itemNo(),
                toDo.title(),
                organization.unitName(toDo.leadUnit()),
                toDo.assignee() != null,
                dues.of(toDo),
                dues.ofItem(toDo));
    }

    /** The name of a task by its id in the model. */
    public String name(String taskKey) {
        return texts.label((Enum<?>) TaskContract.of(taskKey).orElseThrow());
    }
}
