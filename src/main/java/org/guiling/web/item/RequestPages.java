package org.guiling.web.item;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import org.guiling.engine.form.StartFormData;
import org.guiling.engine.provisioning.GroupNames;
import org.guiling.engine.service.Requests;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.ToDos;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.CaseFiles;
import org.guiling.web.support.Problems;
import org.guiling.web.support.form.FormPage;
import org.guiling.web.support.form.FormPages;
import org.guiling.web.support.form.FormPages.AskedForm;
import org.guiling.web.support.form.FormPages.Hidden;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.TaskContract;
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

/** The requests about an item beside its five steps, each with the form that Tasklist starts it with. */
@Controller
@RequestMapping("/items/{itemNo}/requests/{process}")
public class RequestPages {

    /** The page is about one item. */
    private static final Set<String> FIXED = Set.of(FiveStepZeroing.Variables.ITEM_NO);

    private final Requests requests;
    private final VisibleItems items;
    private final StartFormData startFormData;
    private final FormPages formPages;
    private final CaseFiles caseFiles;
    private final ToDos toDos;
    private final GroupNames groupNames;
    private final Problems problems;
    private final Texts texts;

    RequestPages(
            Requests requests,
            VisibleItems items,
            StartFormData startFormData,
            FormPages formPages,
            CaseFiles caseFiles,
            ToDos toDos,
            GroupNames groupNames,
            Problems problems,
            Texts texts) {
        this.requests = requests;
        this.items = items;
        this.startFormData = startFormData;
        this.formPages = formPages;
        this.caseFiles = caseFiles;
        this.toDos = toDos;
        this.groupNames = groupNames;
        this.problems = problems;
        this.texts = texts;
    }

    @GetMapping
    String form(@PathVariable String itemNo, @PathVariable String process, Model model) {
        items.get(itemNo);
        RequestProcess request = request(process);
        return page(itemNo, request, formPages.opened(asked(request)), model);
    }

    @PostMapping
    String ask(
            @PathVariable String itemNo,
            @PathVariable String process,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        RequestProcess request = request(process);
        return formPages.answer(
                asked(request),
                sent,
                entered -> raise(itemNo, request, entered, next),
                refused -> page(itemNo, request, refused, model),
                response);
    }

    private String raise(String itemNo, RequestProcess request, Map<String, Object> entered, RedirectAttributes next) {
        requests.raise(request, itemNo, entered);
        next.addFlashAttribute("done", done(itemNo, request));
        return "redirect:/items/" + itemNo;
    }

    /** The message after a request was made: who has to decide on it, or that it is in force at once. */
    private String done(String itemNo, RequestProcess request) {
        Map<String, String> groups = groupNames.all();
        return toDos.of(itemNo).stream()
                .filter(toDo -> TaskContract.of(toDo.taskKey())
                        .filter(task -> task instanceof RequestTask decision && decision.process() == request)
                        .isPresent())
                .findFirst()
                .map(toDo -> texts.get(
                        "request.done", texts.label(request), groups.getOrDefault(toDo.group(), toDo.group())))
                .orElseGet(() -> texts.get("request.effective", texts.label(request)));
    }

    @PostMapping("/hidden")
    @ResponseBody
    Hidden hidden(
            @PathVariable String itemNo,
            @PathVariable String process,
            @RequestParam MultiValueMap<String, String> sent) {
        items.get(itemNo);
        return formPages.hidden(asked(request(process)), sent);
    }

    private AskedForm asked(RequestProcess request) {
        return new AskedForm(request.startForm(), () -> startFormData.of(request.key()), FIXED);
    }

    private static RequestProcess request(String key) {
        return RequestProcess.of(key).orElseThrow(() -> RefusedException.notFound("problem.404.detail"));
    }

    /** Shows the form; there is no page for an item that the reader may not see. */
    private String page(String itemNo, RequestProcess request, FormPage form, Model model) {
        Item item = items.get(itemNo);
        model.addAttribute("heading", texts.label(request));
        model.addAttribute("hint", itemNo + " " + item.registration().title());
        model.addAttribute(
                "hopeless",
                startFormData.standsAgainst(request, item).stream()
                        .map(problems::text)
                        .toList());
        model.addAttribute("caseFile", caseFiles.of(item));
        model.addAttribute("action", "/items/" + itemNo + "/requests/" + request.key());
        model.addAttribute("back", "/items/" + itemNo);
        model.addAttribute("form", form);
        return "start-form";
    }
}
