package org.guiling.web.task;

import java.util.Map;
import org.guiling.engine.WatchedKind;
import org.guiling.engine.provisioning.GroupNames;
import org.guiling.item.todo.WatchedTasks;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.guiling.web.support.Dues;
import org.guiling.web.support.Dues.Due;
import org.guiling.web.support.WatchedTaskList;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The tasks beside the five steps, in the portal: their figures, and behind each of them the tasks that it counts. */
@Controller
public class WatchedTaskPages {

    private static final int PAGE = 30;
    private static final int LAST_PAGE = 10_000;

    private final WatchedTaskList tasks;
    private final Organization organization;
    private final GroupNames groupNames;
    private final Dues dues;
    private final Texts texts;

    WatchedTaskPages(WatchedTaskList tasks, Organization organization, GroupNames groupNames, Dues dues, Texts texts) {
        this.tasks = tasks;
        this.organization = organization;
        this.groupNames = groupNames;
        this.dues = dues;
        this.texts = texts;
    }

    /** @param whom whose turn it is, in words; null where it was given to somebody from the start */
    record Line(String itemNo, String title, String unit, String name, String whom, Due due) {}

    @GetMapping("/watched-tasks")
    String list(
            @RequestParam(required = false) WatchedKind kind,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        int shown = Math.min(Math.max(0, page), LAST_PAGE);
        WatchedTasks.Page found = tasks.page(kind, overdue, shown * PAGE, PAGE);
        Map<String, String> groups = groupNames.all();
        model.addAttribute("counts", tasks.counts());
        model.addAttribute("kind", kind);
        model.addAttribute("overdue", overdue);
        model.addAttribute(
                "lines", found.lines().stream().map(line -> line(line, groups)).toList());
        model.addAttribute("total", found.total());
        model.addAttribute("page", shown);
        model.addAttribute("more", shown * PAGE + found.lines().size() < found.total());
        return "watched-tasks";
    }

    private Line line(WatchedTasks.Line line, Map<String, String> groups) {
        return new Line(
                line.itemNo(),
                line.title(),
                organization.unitName(line.leadUnit()),
                texts.label((Enum<?>) TaskContract.of(line.taskKey()).orElseThrow()),
                line.group() == null ? null : groups.getOrDefault(line.group(), line.group()),
                dues.of(line.due()));
    }
}
