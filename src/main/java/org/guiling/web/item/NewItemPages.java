package org.guiling.web.item;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.guiling.engine.form.DuplicateFacts;
import org.guiling.engine.form.StartFormData;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.engine.service.SpotCheckProcesses;
import org.guiling.item.Item;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.form.FormPage;
import org.guiling.web.support.form.FormPages;
import org.guiling.web.support.form.FormPages.AskedForm;
import org.guiling.web.support.form.FormPages.Hidden;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.SpotCheckModel;
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

/** Pages that start a process with a form of its own: a registration, the fast lane, a spot check. */
@Controller
@RequestMapping("/new/{what}")
public class NewItemPages {

    private final ItemProcesses itemProcesses;
    private final SpotCheckProcesses spotChecks;
    private final StartFormData startFormData;
    private final DuplicateFacts duplicateFacts;
    private final FormPages formPages;
    private final Texts texts;

    NewItemPages(
            ItemProcesses itemProcesses,
            SpotCheckProcesses spotChecks,
            StartFormData startFormData,
            DuplicateFacts duplicateFacts,
            FormPages formPages,
            Texts texts) {
        this.itemProcesses = itemProcesses;
        this.spotChecks = spotChecks;
        this.startFormData = startFormData;
        this.duplicateFacts = duplicateFacts;
        this.formPages = formPages;
        this.texts = texts;
    }

    /** The processes that can be started here, by their names in the address. */
    enum Beginning {
        REGISTRATION("registration", FiveStepZeroing.KEY, FiveStepZeroing.START_FORM),
        FAST_LANE("fast-lane", FastLaneModel.KEY, FastLaneModel.START_FORM),
        SPOT_CHECK("spot-check", SpotCheckModel.KEY, SpotCheckModel.START_FORM);

        private final String path;
        private final String process;
        private final String form;

        Beginning(String path, String process, String form) {
            this.path = path;
            this.process = process;
            this.form = form;
        }

        static Beginning of(String path) {
            return Arrays.stream(values())
                    .filter(beginning -> beginning.path.equals(path))
                    .findFirst()
                    .orElseThrow(() -> RefusedException.notFound("problem.404.detail"));
        }
    }

    @GetMapping
    String form(@PathVariable String what, Model model) {
        Beginning beginning = Beginning.of(what);
        return page(beginning, formPages.opened(asked(beginning)), model);
    }

    @PostMapping
    String begin(
            @PathVariable String what,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Beginning beginning = Beginning.of(what);
        return formPages.answer(
                asked(beginning),
                sent,
                entered -> begin(beginning, entered, next),
                refused -> page(beginning, refused, model),
                response);
    }

    private String begin(Beginning beginning, Map<String, Object> entered, RedirectAttributes next) {
        String similar = "";
        String number;
        switch (beginning) {
            case REGISTRATION -> {
                Item item = itemProcesses.register(entered);
                number = item.itemNo();
                similar = duplicateFacts.told(item);
            }
            case FAST_LANE -> number = itemProcesses.openFastLane(entered).itemNo();
            default -> number = spotChecks.order(entered);
        }
        next.addFlashAttribute("done", (texts.get("new." + beginning.path + ".done", number) + " " + similar).strip());
        return beginning == Beginning.SPOT_CHECK ? "redirect:/spot-checks/" + number : "redirect:/items/" + number;
    }

    @PostMapping("/hidden")
    @ResponseBody
    Hidden hidden(@PathVariable String what, @RequestParam MultiValueMap<String, String> sent) {
        return formPages.hidden(asked(Beginning.of(what)), sent);
    }

    private AskedForm asked(Beginning beginning) {
        return new AskedForm(beginning.form, () -> startFormData.of(beginning.process), Set.of());
    }

    private String page(Beginning beginning, FormPage form, Model model) {
        model.addAttribute("heading", texts.get("new." + beginning.path));
        model.addAttribute("hint", texts.get("new." + beginning.path + ".hint"));
        model.addAttribute("action", "/new/" + beginning.path);
        model.addAttribute("back", "/");
        model.addAttribute("form", form);
        return "start-form";
    }
}
