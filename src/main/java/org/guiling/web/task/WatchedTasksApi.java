package org.guiling.web.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import org.guiling.engine.WatchedKind;
import org.guiling.item.todo.WatchedTasks;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.web.support.PageSize;
import org.guiling.web.support.WatchedTaskList;
import org.guiling.workflow.TaskContract;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The tasks beside the five steps (回头看、抽查、发牌决定、申请审批), for those to whom they are reported. */
@RestController
@RequestMapping("/api/watched-tasks")
@Tag(name = "supervision", description = "The ladder and its cards")
class WatchedTasksApi {

    private final WatchedTaskList tasks;
    private final Texts texts;
    private final OfficeClock clock;

    WatchedTasksApi(WatchedTaskList tasks, Texts texts, OfficeClock clock) {
        this.tasks = tasks;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * One task.
     *
     * @param task its id in the model
     * @param name what people call it
     * @param group whose turn it is; absent where it was given to somebody from the start
     * @param due its last day, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WatchedTask(
            String itemNo,
            String title,
            String leadUnit,
            WatchedKind kind,
            String task,
            String name,
            String group,
            LocalDate due) {}

    /** @param total how many there are of the kind that was asked for */
    record WatchedTaskPage(List<WatchedTaskList.Count> counts, List<WatchedTask> tasks, long total) {}

    @GetMapping
    @Operation(
            summary = "Look-backs, visits, decisions on cards and on requests that wait: how many, and which",
            description = "kind: of this kind alone. overdue=true: those past their last day alone.")
    WatchedTaskPage list(
            @RequestParam(required = false) WatchedKind kind,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        WatchedTasks.Page page = tasks.page(kind, overdue, PageSize.offset(offset), PageSize.of(limit));
        return new WatchedTaskPage(
                tasks.counts(), page.lines().stream().map(this::task).toList(), page.total());
    }

    private WatchedTask task(WatchedTasks.Line line) {
        return new WatchedTask(
                line.itemNo(),
                line.title(),
                line.leadUnit(),
                WatchedKind.of(line.taskKey()).orElseThrow(),
                line.taskKey(),
                texts.label((Enum<?>) TaskContract.of(line.taskKey()).orElseThrow()),
                line.group(),
                line.due() == null ? null : clock.dayOf(line.due()));
    }
}
