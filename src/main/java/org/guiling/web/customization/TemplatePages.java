package org.guiling.web.customization;

import jakarta.servlet.http.HttpSession;
import java.util.stream.Stream;
import org.guiling.document.DocumentKind;
import org.guiling.document.DocumentTemplates;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.CheckedFiles;
import org.guiling.web.support.Downloads;
import org.guiling.web.support.HeldUploads;
import org.guiling.web.support.Makers;
import org.guiling.web.support.Problems;
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

    private static final String PAGE = "rules.template";

    private final DocumentTemplates templates;
    private final CheckedFiles checkedFiles;
    private final Makers makers;
    private final Problems problems;
    private final Texts texts;

    TemplatePages(
            DocumentTemplates templates, CheckedFiles checkedFiles, Makers makers, Problems problems, Texts texts) {
        this.templates = templates;
        this.checkedFiles = checkedFiles;
        this.makers = makers;
        this.problems = problems;
        this.texts = texts;
    }

    /** @param expectedVersion the office's newest version when the trial was made */
    record Trial(int expectedVersion) {}

    @GetMapping
    String templates(Model model) {
        model.addAttribute(
                "templates",
                Stream.of(DocumentKind.values()).map(templates::current).toList());
        model.addAttribute("makers", makers);
        return "rules-templates";
    }

    @GetMapping("/{kind}")
    String template(@PathVariable String kind, Model model) {
        model.addAttribute("current", templates.current(known(kind)));
        model.addAttribute("name", texts.label(known(kind)));
        model.addAttribute("makers", makers);
        return "rules-template";
    }

    @GetMapping("/{kind}/file")
    ResponseEntity<byte[]> file(@PathVariable String kind, @RequestParam(required = false) Integer version) {
        DocumentKind known = known(kind);
        return version == null
                ? Downloads.of(Downloads.DOCX, known.template(), templates.file(known))
                : Downloads.of(Downloads.DOCX, kind + "-" + version + ".docx", templates.file(known, version));
    }

    @PostMapping("/{kind}/check")
    String check(
            @PathVariable String kind, @RequestParam MultipartFile file, HttpSession session, RedirectAttributes next) {
        DocumentKind known = known(kind);
        checkedFiles.drop(session, PAGE);
        try {
            byte[] content = checkedFiles.content(file);
            templates.trial(known, content);
            checkedFiles.keep(
                    session,
                    PAGE,
                    kind,
                    content,
                    new Trial(templates.current(known).expectedVersion()));
            return redirect(known, "/check");
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return redirect(known, "");
        }
    }

    @GetMapping("/{kind}/check")
    String checked(@PathVariable String kind, HttpSession session, Model model) {
        DocumentKind known = known(kind);
        return checkedFiles
                .<Trial>find(session, PAGE, kind)
                .map(checked -> {
                    model.addAttribute("token", checked.token());
                    model.addAttribute("kind", known);
                    model.addAttribute("name", texts.label(known));
                    return "rules-template-check";
                })
                .orElse(redirect(known, ""));
    }

    /** A sample document made with the uploaded template, before it is in force. */
    @GetMapping("/{kind}/trial")
    ResponseEntity<byte[]> trial(@PathVariable String kind, HttpSession session) {
        DocumentKind known = known(kind);
        byte[] filled = templates.trial(known, checkedFiles.read(session, PAGE, kind));
        return Downloads.of(
                Downloads.DOCX, texts.get("rules.template.trial.file", texts.label(known)) + ".docx", filled);
    }

    @PostMapping("/{kind}/replace")
    String replace(
            @PathVariable String kind, @RequestParam String token, HttpSession session, RedirectAttributes next) {
        DocumentKind known = known(kind);
        try {
            int expectedVersion = checkedFiles
                    .<Trial>find(session, PAGE, kind)
                    .orElseThrow(HeldUploads::over)
                    .result()
                    .expectedVersion();
            templates.replace(known, checkedFiles.take(session, PAGE, kind, token), expectedVersion);
            next.addFlashAttribute("done", true);
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
        }
        return redirect(known, "");
    }

    @PostMapping("/{kind}/restore")
    String restore(
            @PathVariable String kind, @RequestParam(defaultValue = "0") int expectedVersion, RedirectAttributes next) {
        DocumentKind known = known(kind);
        try {
            templates.restore(known, expectedVersion);
            next.addFlashAttribute("restored", true);
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
        }
        return redirect(known, "");
    }

    private static DocumentKind known(String kind) {
        return DocumentKind.named(kind).orElseThrow(() -> RefusedException.notFound("refusal.document.unknown", kind));
    }

    private static String redirect(DocumentKind kind, String page) {
        return "redirect:" + PATH + "/" + kind.id() + page;
    }
}
