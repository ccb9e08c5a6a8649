package org.guiling.web;

import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.guiling.item.RefusedException;
import org.guiling.ledger.ImportProblem;
import org.guiling.ledger.ImportReport;
import org.guiling.ledger.Imports;
import org.guiling.organization.Organization;
import org.guiling.process.FiveStepZeroing;
import org.guiling.text.Texts;
import org.guiling.web.Uploads.Checked;
import org.guiling.web.Uploads.Settings;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.WebUtils;

/**
 * Import a ledger: upload, see what a dry run says, import the same file, have it reviewed. What is under way is kept in
 * the session, one file at a time.
 */
@Controller
@RequestMapping("/imports")
class ImportPages {

    private static final String CHECKED = "import.checked";
    private static final String SETTINGS = "import.settings";
    private static final String RESULT = "import.result";
    private static final int PROBLEMS_SHOWN = 100;
    private static final int PROBLEMS_AT_A_GLANCE = 20;
    private static final String USUAL_PROFILE = "ledger";
    private static final String START = "redirect:/imports";

    private final Uploads uploads;
    private final Imports imports;
    private final FormFiles formFiles;
    private final Organization organization;
    private final Problems problems;
    private final Texts texts;
    private final MultipartProperties multipart;

    ImportPages(
            Uploads uploads,
            Imports imports,
            FormFiles formFiles,
            Organization organization,
            Problems problems,
            Texts texts,
            MultipartProperties multipart) {
        this.uploads = uploads;
        this.imports = imports;
        this.formFiles = formFiles;
        this.organization = organization;
        this.problems = problems;
        this.texts = texts;
        this.multipart = multipart;
    }

    /** Fields of the registration form that a whole file may have in common. */
    enum CommonField {
        LEAD_UNIT("leadUnit", "select"),
        CATEGORY("category", "select"),
        LEVEL("level", "select"),
        SOURCE_TYPE("sourceType", "select"),
        SOURCE_DOC_NO("sourceDocNo", "text"),
        FOUND_BY("foundBy", "text"),
        FOUND_DATE("foundDate", "date"),
        URGENCY("urgency", "select"),
        SYSTEMIC("systemic", "select"),
        VISIBILITY("visibility", "select"),
        DUE_BASIS("dueBasis", "text");

        private final String key;
        private final String input;

        CommonField(String key, String input) {
            this.key = key;
            this.input = input;
        }
    }

    record Option(String value, String label) {}

    /** @param input kind of the page's input: select, text, date */
    record DefaultField(String key, String input, List<Option> options, String value) {}

    record WaitingImport(
            long id, String fileName, String profile, String importedBy, String importedAt, int created, int waiting) {}

    /** Rows that are wrong in the same way. */
    record ProblemKind(String field, String message) {}

    record Result(String fileName, ImportReport report) {}

    @GetMapping
    String start(@SessionAttribute(name = SETTINGS, required = false) Settings last, Model model) {
        Map<String, String> entered = last == null ? Map.of() : last.defaults();
        Map<String, List<String>> options = formFiles.options(FiveStepZeroing.START_FORM);
        model.addAttribute("profiles", imports.profiles());
        model.addAttribute("profile", last == null ? USUAL_PROFILE : last.profile());
        model.addAttribute(
                "fields",
                Arrays.stream(CommonField.values())
                        .map(field -> field(field, options, entered))
                        .toList());
        model.addAttribute(
                "waiting", imports.waiting().stream().map(this::waiting).toList());
        model.addAttribute("largestUpload", multipart.getMaxRequestSize().toMegabytes());
        return "imports";
    }

    @PostMapping("/check")
    String check(
            @RequestParam MultipartFile file,
            @RequestParam String profile,
            @RequestParam Map<String, String> parts,
            HttpSession session,
            RedirectAttributes next) {
        Map<String, String> defaults = new HashMap<>();
        for (CommonField field : CommonField.values()) {
            defaults.put(field.key, parts.getOrDefault(field.key, ""));
        }
        Settings settings = Uploads.settings(file, profile, defaults);
        session.setAttribute(SETTINGS, settings);
        take(session).ifPresent(uploads::drop);
        try {
            session.setAttribute(CHECKED, uploads.check(file, settings));
            return "redirect:/imports/check";
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return START;
        }
    }

    @GetMapping("/check")
    String checked(@SessionAttribute(name = CHECKED, required = false) Checked checked, Model model) {
        if (checked == null) {
            return START;
        }
        model.addAttribute("checked", checked);
        addReport(model, checked.report());
        return "import-check";
    }

    @PostMapping("/run")
    String run(@RequestParam String token, @RequestParam String mode, HttpSession session, RedirectAttributes next) {
        try {
            Checked checked =
                    take(session).filter(held -> held.token().equals(token)).orElseThrow(HeldUploads::over);
            ImportReport report = uploads.run(checked, ImportsApi.mode(mode));
            session.setAttribute(RESULT, new Result(checked.settings().fileName(), report));
            return "redirect:/imports/result";
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return START;
        }
    }

    @GetMapping("/result")
    String result(@SessionAttribute(name = RESULT, required = false) Result result, Model model) {
        if (result == null) {
            return START;
        }
        model.addAttribute("result", result);
        addReport(model, result.report());
        return "import-result";
    }

    @PostMapping("/{id}/review")
    String review(@PathVariable long id, RedirectAttributes next) {
        try {
            next.addFlashAttribute("reviewed", imports.review(id));
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
        }
        return START;
    }

    /** The first problems as they are, and where there are many, all of them by kind. */
    private static void addReport(Model model, ImportReport report) {
        List<ImportProblem> problems = report.problems();
        model.addAttribute("report", report);
        model.addAttribute("problems", problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size())));
        Map<ProblemKind, Long> kinds = problems.stream()
                .collect(Collectors.groupingBy(
                        problem -> new ProblemKind(problem.field(), problem.message()),
                        LinkedHashMap::new,
                        Collectors.counting()));
        boolean worthIt = problems.size() > PROBLEMS_AT_A_GLANCE && kinds.size() < problems.size();
        model.addAttribute("problemKinds", worthIt ? kinds : Map.of());
    }

    private WaitingImport waiting(Imports.Batch batch) {
        return new WaitingImport(
                batch.id(),
                batch.fileName(),
                texts.label("ImportProfile", batch.profile()),
                batch.importedBy(),
                texts.minute(batch.importedAt()),
                batch.created(),
                batch.waiting());
    }

    private DefaultField field(CommonField field, Map<String, List<String>> options, Map<String, String> entered) {
        List<Option> offered = field == CommonField.LEAD_UNIT
                ? organization.units().stream()
                        .map(unit -> new Option(unit.code(), unit.name()))
                        .toList()
                : options.getOrDefault(field.key, List.of()).stream()
                        .map(value -> new Option(value, texts.label(StringUtils.capitalize(field.key), value)))
                        .toList();
        return new DefaultField(field.key, field.input, offered, entered.get(field.key));
    }

    /** The checked file of the session, which then has none: what is imported once is not imported again. */
    private static Optional<Checked> take(HttpSession session) {
        synchronized (WebUtils.getSessionMutex(session)) {
            Optional<Checked> checked = Optional.ofNullable((Checked) session.getAttribute(CHECKED));
            session.removeAttribute(CHECKED);
            return checked;
        }
    }
}
