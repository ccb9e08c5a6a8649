package org.guiling.web.customization;

import jakarta.servlet.http.HttpSession;
import org.guiling.document.DocumentTemplates;
import org.guiling.text.Texts;
import org.guiling.web.support.Downloads;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The templates of documents (文书模板) for administrators: download, upload, look at a trial, put in force. */
@Controller
@RequestMapping(TemplatePages.PATH)
public class TemplatePages {

    public static final String PATH = "/administration/rules/templates";

    private final DocumentTemplates templates;
    private final OfficeFileForms forms;
    private final Texts texts;

    TemplatePages(DocumentTemplates templates, OfficeFileForms forms, Texts texts) {
        this.templates = templates;
        this.forms = forms;
        this.texts = texts;
    }

    @GetMapping
    String templates(Model model) {
        model.addAttribute("templates", templates.all());
        return "rules-templates";
    }

    @GetMapping("/{kind}")
    String template(@PathVariable String kind, Model model) {
        model.addAttribute("current", templates.current(kind));
        model.addAttribute("name", name(kind));
        return "rules-template";
    }

    @GetMapping("/{kind}/file")
    ResponseEntity<byte[]> file(@PathVariable String kind, @RequestParam(required = false) Integer version) {
        return forms.file(templates, kind, version);
    }

    @PostMapping("/{kind}/check")
    String check(
            @PathVariable String kind, @RequestParam MultipartFile file, HttpSession session, RedirectAttributes next) {
        return redirect(kind, forms.check(templates, kind, file, session, next) ? "/check" : "");
    }

    @GetMapping("/{kind}/check")
    String checked(@PathVariable String kind, HttpSession session, Model model) {
        model.addAttribute("name", name(kind));
        return forms.show(templates, kind, session, model) ? "rules-template-check" : redirect(kind, "");
    }

    /** A sample document made with the uploaded template, before it is in force. */
    @GetMapping("/{kind}/trial")
    ResponseEntity<byte[]> trial(@PathVariable String kind, HttpSession session) {
        byte[] filled = templates.trial(templates.known(kind), forms.waiting(templates, kind, session));
        return Downloads.of(Downloads.DOCX, texts.get("rules.template.trial.file", name(kind)) + ".docx", filled);
    }

    @PostMapping("/{kind}/replace")
    String replace(
            @PathVariable String kind, @RequestParam String token, HttpSession session, RedirectAttributes next) {
        forms.replace(templates, kind, token, session, next);
        return redirect(kind, "");
    }

    @PostMapping("/{kind}/restore")
    String restore(
            @PathVariable String kind, @RequestParam(defaultValue = "0") int expectedVersion, RedirectAttributes next) {
        forms.restore(templates, kind, expectedVersion, next);
        return redirect(kind, "");
    }

    private String name(String kind) {
        return texts.label(templates.known(kind));
    }

    private String redirect(String kind, String page) {
        return "redirect:" + PATH + "/" + templates.known(kind).id() + page;
    }
}
