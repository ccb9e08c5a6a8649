package org.guiling.web.imports;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import org.guiling.ledger.imports.ImportChoices;
import org.guiling.ledger.imports.ImportProfiles;
import org.guiling.ledger.imports.ImportReport;
import org.guiling.ledger.value.UnitAliases;
import org.guiling.organization.CurrentPerson;
import org.guiling.refusal.RefusedException;
import org.guiling.web.imports.Uploads.Settings;
import org.guiling.web.support.Problems;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Import a ledger: upload, see what a dry run says, import the same file, have it reviewed. What takes longer than a
 * moment runs beside the pages ({@link ImportRuns}), one file of a person at a time; coming back shows how far it is.
 */
@Controller
@RequestMapping("/imports")
public class ImportPages {

    private static final String SETTINGS = "import.settings";
    private static final String PROGRESS = "/imports/progress";
    private static final String CHECK = "/imports/check";
    private static final String RESULT = "/imports/result";
    private static final String START = "redirect:/imports";

    private final Uploads uploads;
    private final ImportRuns runs;
    private final ImportDefaults defaults;
    private final WaitingImports waitingImports;
    private final ImportProfiles profiles;
    private final UnitAliases aliases;
    private final CurrentPerson currentPerson;
    private final Problems problems;
    private final MultipartProperties multipart;

    ImportPages(
            Uploads uploads,
            ImportRuns runs,
            ImportDefaults defaults,
            WaitingImports waitingImports,
            ImportProfiles profiles,
            UnitAliases aliases,
            CurrentPerson currentPerson,
            Problems problems,
            MultipartProperties multipart) {
        this.uploads = uploads;
        this.runs = runs;
        this.defaults = defaults;
        this.waitingImports = waitingImports;
        this.profiles = profiles;
        this.aliases = aliases;
        this.currentPerson = currentPerson;
        this.problems = problems;
        this.multipart = multipart;
    }

    record Result(String fileName, ImportReport report) {}

    /**
     * The progress of a run.
     *
     * @param state its name
     * @param all how many items there are going to be; 0 before that is known
     */
    record Progress(String fileName, boolean dryRun, String state, int rows, int created, int all) {}

    @GetMapping
    String start(@SessionAttribute(name = SETTINGS, required = false) Settings last, Model model) {
        Map<String, String> entered = last == null ? Map.of() : last.defaults();
        runs.of(currentPerson.get().id()).ifPresent(run -> model.addAttribute("running", progress(run)));
        model.addAttribute("profiles", profiles.all());
        model.addAttribute("profile", last == null ? ImportProfiles.RECOGNISED : last.profile());
        model.addAttribute("fields", defaults.fields(entered));
        model.addAttribute("waiting", waitingImports.page());
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
        Settings settings = Uploads.settings(file, profile, ImportDefaults.entered(parts), ImportChoices.USUAL);
        session.setAttribute(SETTINGS, settings);
        String token = null;
        try {
            token = uploads.hold(file);
            return next(runs.check(currentPerson.get().id(), token, settings), next);
        } catch (RefusedException refused) {
            if (token != null) {
                uploads.drop(token);
            }
            next.addFlashAttribute("refused", problems.text(refused));
            return START;
        }
    }

    @GetMapping("/check")
    String checked(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "0") int notices, Model model) {
        ImportRun.Result result = result(true);
        if (result == null) {
            return START;
        }
        model.addAttribute("checked", result.checked());
        model.addAttribute("leaveHidden", result.checked().settings().choices().leaveHidden());
        model.addAttribute("units", defaults.units());
        addReport(model, result.report(), CHECK, page, notices);
        return "import-check";
    }

    /** Checks the same file again, with or without the rows that it does not show. */
    @PostMapping("/hidden")
    String hidden(@RequestParam String token, @RequestParam boolean leave, RedirectAttributes next) {
        return again(token, new ImportChoices(leave, false, false), next);
    }

    /** Learns whom names mean and checks the same file again. */
    @PostMapping("/units")
    String units(
            @RequestParam String token,
            @RequestParam List<String> name,
            @RequestParam List<String> unit,
            RedirectAttributes next) {
        try {
            for (int i = 0; i < Math.min(name.size(), unit.size()); i++) {
                if (!unit.get(i).isBlank()) {
                    aliases.confirm(name.get(i), unit.get(i));
                }
            }
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return START;
        }
        ImportRun.Result result = result(true);
        return result == null ? START : again(token, result.checked().settings().choices(), next);
    }

    private String again(String token, ImportChoices choices, RedirectAttributes next) {
        try {
            return next(runs.checkAgain(currentPerson.get().id(), token, choices), next);
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return START;
        }
    }

    private void addReport(Model model, ImportReport report, String path, int page, int notices) {
        ImportReportModel.add(model, report, path, page, notices);
        model.addAttribute("profileName", profiles.name(report.profile()));
    }

    @PostMapping("/run")
    String run(
            @RequestParam String token,
            @RequestParam String mode,
            @RequestParam(defaultValue = "false") boolean takeOver,
            @RequestParam(defaultValue = "false") boolean leaveSimilar,
            RedirectAttributes next) {
        try {
            ImportRun run = runs.store(currentPerson.get().id(), token, ImportsApi.mode(mode), takeOver, leaveSimilar);
            return next(run, next);
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return START;
        }
    }

    /** The progress of a run; its page polls it. */
    @GetMapping("/progress")
    String progress(
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean polled,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes next) {
        ImportRun run = runs.of(currentPerson.get().id()).orElse(null);
        if (run == null) {
            return START;
        }
        if (run.isOver() && !polled) {
            return next(run, next);
        }
        if (run.isOver()) {
            response.setHeader("HX-Redirect", request.getContextPath() + PROGRESS);
        }
        model.addAttribute("progress", progress(run));
        return "import-progress";
    }

    @GetMapping("/result")
    String result(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "0") int notices, Model model) {
        ImportRun.Result result = result(false);
        if (result == null) {
            return START;
        }
        String fileName = runs.of(currentPerson.get().id())
                .map(run -> run.settings().fileName())
                .orElse("");
        model.addAttribute("result", new Result(fileName, result.report()));
        addReport(model, result.report(), RESULT, page, notices);
        return "import-result";
    }

    /** The address that shows the run in its present state. */
    private String next(ImportRun run, RedirectAttributes next) {
        if (!run.isOver()) {
            return "redirect:" + PROGRESS;
        }
        if (run.refusal() != null) {
            next.addFlashAttribute("refused", run.refusal());
            return START;
        }
        return run.isDryRun() ? "redirect:/imports/check" : "redirect:/imports/result";
    }

    /** The result of the person's last run, if that was of this kind; null otherwise. */
    private ImportRun.Result result(boolean dryRun) {
        return runs.of(currentPerson.get().id())
                .filter(run -> run.isDryRun() == dryRun)
                .map(ImportRun::result)
                .orElse(null);
    }

    private static Progress progress(ImportRun run) {
        return new Progress(
                run.settings().fileName(), run.isDryRun(), run.state().name(), run.rows(), run.created(), run.all());
    }
}
