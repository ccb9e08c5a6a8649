package org.guiling.web.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Step;
import org.guiling.item.todo.ToDoFilter;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.CurrentPerson;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.web.support.PageSize;
import org.guiling.web.support.form.FormFiles;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The work that waits for whoever is signed on. */
@RestController
@RequestMapping("/api/tasks")
@Tag(name = "tasks", description = "What waits for you and your groups")
public class TasksApi {

    private final Tasks tasks;
    private final ToDos toDos;
    private final FormFiles formFiles;
    private final CurrentPerson currentPerson;
    private final WorkingCalendars calendars;
    private final Texts texts;
    private final OfficeClock clock;

    TasksApi(
            Tasks tasks,
            ToDos toDos,
            FormFiles formFiles,
            CurrentPerson currentPerson,
            WorkingCalendars calendars,
            Texts texts,
            OfficeClock clock) {
        this.tasks = tasks;
        this.toDos = toDos;
        this.formFiles = formFiles;
        this.currentPerson = currentPerson;
        this.calendars = calendars;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * One task.
     *
     * @param task its id in the model, {@code claim-item}
     * @param name what people call it
     * @param step the step that it belongs to; absent for what is asked beside the steps
     * @param assignee null while the group may claim it
     * @param due its last day, or null
     * @param dueProvisional whether that may still move because its year is not loaded; null without a due date
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TaskDocument(
            String id,
            String itemNo,
            String title,
            String leadUnit,
            String task,
            String name,
            Step step,
            String form,
            String assignee,
            String group,
            LocalDate due,
            Boolean dueProvisional) {}

    record TaskPage(List<TaskDocument> tasks, long total) {}

    /**
     * A task with its form.
     *
     * @param schema the form file
     * @param data what the form shows and what its fields start with
     */
    record TaskWithForm(TaskDocument task, String form, JsonNode schema, Map<String, Object> data) {}

    @GetMapping
    @Operation(
            summary = "Tasks of yours and of your groups, the most urgent first",
            description = "itemNo: those of this item alone.")
    TaskPage list(
            @RequestParam(required = false) String itemNo,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        ToDos.Page page = toDos.waitingFor(
                currentPerson.get(),
                new ToDoFilter(null, null, null, null, itemNo),
                PageSize.offset(offset),
                PageSize.of(limit));
        return new TaskPage(page.toDos().stream().map(this::document).toList(), page.total());
    }

    @GetMapping("/{id}")
    @Operation(summary = "A task with its form: id, schema and data")
    TaskWithForm get(@PathVariable String id) {
        Tasks.TaskForm form = tasks.form(id);
        return new TaskWithForm(
                document(toDos.find(id).orElseThrow()), form.form(), formFiles.schema(form.form()), form.data());
    }

    @PostMapping("/{id}/claim")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take a task of your group")
    void claim(@PathVariable String id) {
        tasks.claim(id);
    }

    @PostMapping("/{id}/complete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Complete a task with the fields of its form, a flat object")
    void complete(@PathVariable String id, @RequestBody Map<String, Object> fields) {
        tasks.complete(id, fields);
    }

    private TaskDocument document(ToDo toDo) {
        TaskContract contract = TaskContract.of(toDo.taskKey()).orElseThrow();
        LocalDate due = toDo.due() == null ? null : clock.dayOf(toDo.due());
        return new TaskDocument(
                toDo.taskId(),
                toDo.itemNo(),
                toDo.title(),
                toDo.leadUnit(),
                toDo.taskKey(),
                texts.label((Enum<?>) contract),
                contract instanceof UserTask step ? step.step() : null,
                contract.form(),
                toDo.assignee(),
                toDo.group(),
                due,
                due == null ? null : calendars.current().isProvisional(due));
    }
}
