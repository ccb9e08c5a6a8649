package org.guiling.web.customization;

import jakarta.servlet.http.HttpSession;
import org.guiling.ledger.imports.ImportProfileFiles;
import org.guiling.ledger.imports.ImportProfileFiles.Difference;
import org.guiling.refusal.RefusedException;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The import profiles (导入方案) for administrators: which column leads where, and another file in their place. */
@Controller
public class ProfilePages {

    public static final String PATH = "/administration/rules/profiles";

    /** Beside the profiles, whose ids are the office's to choose. */
    private static final String UPLOAD = "/administration/rules/profile-upload";

    private static final String PAGE = "rules.profile";

    private final ImportProfileFiles profiles;
    private final CheckedFiles checkedFiles;
    private final Makers makers;
    private final Problems problems;

    ProfilePages(ImportProfileFiles profiles, CheckedFiles checkedFiles, Makers makers, Problems problems) {
        this.profiles = profiles;
        this.checkedFiles = checkedFiles;
        this.makers = makers;
        this.problems = problems;
    }

    @GetMapping(PATH)
    String profiles(Model model) {
        model.addAttribute("profiles", profiles.all());
        model.addAttribute("makers", makers);
        return "rules-profiles";
    }

    @GetMapping(PATH + "/{id}")
    String profile(@PathVariable String id, Model model) {
        ImportProfileFiles.Current current = profiles.current(id);
        model.addAttribute("current", current);
        model.addAttribute("name", current.name());
        model.addAttribute("makers", makers);
        return "rules-profile";
    }

    @GetMapping(PATH + "/{id}/file")
    ResponseEntity<byte[]> file(@PathVariable String id, @RequestParam(required = false) Integer version) {
        return version == null
                ? Downloads.of(Downloads.YAML, id + ".yaml", profiles.file(id))
                : Downloads.of(Downloads.YAML, id + "-" + version + ".yaml", profiles.file(id, version));
    }

    @PostMapping(PATH + "/{id}/restore")
    String restore(
            @PathVariable String id, @RequestParam(defaultValue = "0") int expectedVersion, RedirectAttributes next) {
        try {
            profiles.restore(id, expectedVersion);
            next.addFlashAttribute("restored", true);
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
        }
        return "redirect:" + PATH;
    }

    @PostMapping(UPLOAD)
    String check(@RequestParam MultipartFile file, HttpSession session, RedirectAttributes next) {
        checkedFiles.drop(session, PAGE);
        try {
            byte[] content = checkedFiles.content(file);
            checkedFiles.keep(session, PAGE, PAGE, content, profiles.check(content));
            return "redirect:" + UPLOAD;
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return "redirect:" + PATH;
        }
    }

    @GetMapping(UPLOAD)
    String checked(HttpSession session, Model model) {
        return checkedFiles
                .<Difference>find(session, PAGE, PAGE)
                .map(checked -> {
                    model.addAttribute("token", checked.token());
                    model.addAttribute("difference", checked.result());
                    return "rules-profile-check";
                })
                .orElse("redirect:" + PATH);
    }

    @PostMapping(UPLOAD + "/replace")
    String replace(@RequestParam String token, HttpSession session, RedirectAttributes next) {
        try {
            int expectedVersion = checkedFiles
                    .<Difference>find(session, PAGE, PAGE)
                    .orElseThrow(HeldUploads::over)
                    .result()
                    .expectedVersion();
            Difference difference = profiles.replace(checkedFiles.take(session, PAGE, PAGE, token), expectedVersion);
            next.addFlashAttribute("done", true);
            return "redirect:" + PATH + "/" + difference.id();
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return "redirect:" + PATH;
        }
    }
}
