package org.guiling.web.task;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.guiling.engine.service.Tasks;
import org.guiling.engine.service.Tasks.TaskForm;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.CurrentPerson;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.CaseFiles;
import org.guiling.web.support.OpenPoints;
import org.guiling.web.support.TaskLines;
import org.guiling.web.support.form.FormPage;
import org.guiling.web.support.form.FormPages;
import org.guiling.web.support.form.FormPages.AskedForm;
import org.guiling.web.support.form.FormPages.Hidden;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.SpotCheckVisitTask;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One task with its form: the portal's way to do what Tasklist does. */
@Controller
@RequestMapping("/tasks/{id}")
public class TaskPages {

    /** The tasks in which files are added or looked at. */
    private static final Set<String> WITH_EVIDENCE = Set.of(
            UserTask.RECTIFY.id(),
            UserTask.VERIFY.id(),
            UserTask.CONFIRM_VERIFICATION.id(),
            SpotCheckVisitTask.CARRY_OUT_VISIT.id());

    /** The tasks whose gate asks for more than this one form: for work done meanwhile, parts, others' answers. */
    private static final Set<String> SEVERAL_THINGS = Set.of(UserTask.RECTIFY.id(), UserTask.SIGN_OFF.id());

    /** The tasks whose form holds the whole problem as inputs already. */
    private static final Set<String> WITHOUT_CASE_FILE = Set.of(UserTask.AMEND_REGISTRATION.id());

    /** The tasks of people who know the work as theirs: of the case file only the problem and the defects are open. */
    private static final Set<String> OWN_WORK = Set.of(UserTask.DRAFT_PLAN.id(), UserTask.RECTIFY.id());

    /** The fields of the item that the forms show for Tasklist, and the page shows in its case file. */
    private static final Set<String> IN_CASE_FILE = Set.of(
            "itemFacts",
            "planFacts",
            "measures",
            "outcomeFacts",
            "defectsOfAllRounds",
            "verificationFacts",
            "signOffs",
            "standing");

    private final Tasks tasks;
    private final ToDos toDos;
    private final FormPages formPages;
    private final VisibleItems items;
    private final OpenPoints openPoints;
    private final CaseFiles caseFiles;
    private final TaskLines taskLines;
    private final CurrentPerson currentPerson;
    private final Texts texts;

    TaskPages(
            Tasks tasks,
            ToDos toDos,
            FormPages formPages,
            VisibleItems items,
            OpenPoints openPoints,
            CaseFiles caseFiles,
            TaskLines taskLines,
            CurrentPerson currentPerson,
            Texts texts) {
        this.tasks = tasks;
        this.toDos = toDos;
        this.formPages = formPages;
        this.items = items;
        this.openPoints = openPoints;
        this.caseFiles = caseFiles;
        this.taskLines = taskLines;
        this.currentPerson = currentPerson;
        this.texts = texts;
    }

    @GetMapping
    String task(@PathVariable String id, Model model, RedirectAttributes next) {
        if (toDos.find(id).isEmpty()) {
            return afterwards(id, "task.done-before", next);
        }
        AskedForm form = asked(id);
        toDos.see(id, currentPerson.get().id());
        return page(id, formPages.opened(form), model);
    }

    @PostMapping
    String complete(
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Optional<ToDo> toDo = toDos.find(id);
        if (toDo.isEmpty()) {
            return afterwards(id, "task.not-sent-again", next);
        }
        return formPages.answer(
                asked(id),
                sent,
                entered -> complete(toDo.get(), entered, next),
                refused -> page(id, refused, model),
                response);
    }

    private String complete(ToDo toDo, Map<String, Object> entered, RedirectAttributes next) {
        tasks.complete(toDo.taskId(), entered);
        boolean visible = items.isVisible(toDo.itemNo());
        next.addFlashAttribute(
                "done",
                visible ? done(toDo) : texts.get("task.done.gone", taskLines.name(toDo.taskKey()), toDo.itemNo()));
        next.addFlashAttribute("doneItem", visible ? toDo.itemNo() : null);
        return "redirect:/todos";
    }

    /** Says where the item stands now, for that is what the decision came to. */
    private String done(ToDo toDo) {
        String status = texts.label(items.get(toDo.itemNo()).status());
        return texts.get("task.done", taskLines.name(toDo.taskKey()), toDo.itemNo(), status);
    }

    /** Whoever goes back, or has a second tab, finds what has become of the item and not an error. */
    private String afterwards(String id, String note, RedirectAttributes next) {
        String itemNo = tasks.itemOfDone(id).orElseThrow(() -> RefusedException.notFound("refusal.task-gone"));
        next.addFlashAttribute("note", texts.get(note));
        return "redirect:/items/" + itemNo;
    }

    @PostMapping("/claim")
    String claim(@PathVariable String id) {
        tasks.claim(id);
        return "redirect:/tasks/" + id;
    }

    @PostMapping("/hidden")
    @ResponseBody
    Hidden hidden(@PathVariable String id, @RequestParam MultiValueMap<String, String> sent) {
        return formPages.hidden(asked(id), sent);
    }

    private AskedForm asked(String id) {
        TaskForm form = tasks.form(id);
        return new AskedForm(form.form(), form::data, Set.of(), IN_CASE_FILE);
    }

    /** To the item of a task, for Tasklist, which knows the task alone. */
    @GetMapping("/item")
    String item(@PathVariable String id) {
        return "redirect:/items/" + itemNo(id) + "/summary";
    }

    /** To the evidence of a task's item, for Tasklist. */
    @GetMapping("/evidence")
    String evidence(@PathVariable String id) {
        return "redirect:/items/" + itemNo(id) + "/evidence";
    }

    private String itemNo(String taskId) {
        return toDos.find(taskId)
                .map(ToDo::itemNo)
                .filter(items::isVisible)
                .orElseThrow(() -> RefusedException.notFound("refusal.task-without-item"));
    }

    /** A task that is gone by now has no page: {@link Tasks#form} says so. */
    private String page(String id, FormPage form, Model model) {
        ToDo toDo = toDos.find(id).orElseThrow(() -> RefusedException.notFound("refusal.task-gone"));
        model.addAttribute("task", taskLines.of(toDo));
        model.addAttribute("form", form);
        Item item = items.get(toDo.itemNo());
        model.addAttribute(
                "caseFile", WITHOUT_CASE_FILE.contains(toDo.taskKey()) ? null : caseFiles.of(item, form.problem()));
        model.addAttribute("ownWork", OWN_WORK.contains(toDo.taskKey()));
        model.addAttribute("withEvidence", WITH_EVIDENCE.contains(toDo.taskKey()));
        model.addAttribute("openPoints", SEVERAL_THINGS.contains(toDo.taskKey()) ? openPoints.of(item) : List.of());
        return "task";
    }
}
