package org.guiling.web.customization;

import jakarta.servlet.http.HttpSession;
import org.guiling.ledger.imports.ImportProfileFiles;
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

    /** Beside the profiles, whose ids are the office's to choose; an upload waits under this name, its id is in it. */
    private static final String UPLOAD = "/administration/rules/profile-upload";

    private final ImportProfileFiles profiles;
    private final OfficeFileForms forms;

    ProfilePages(ImportProfileFiles profiles, OfficeFileForms forms) {
        this.profiles = profiles;
        this.forms = forms;
    }

    @GetMapping(PATH)
    String profiles(Model model) {
        model.addAttribute("profiles", profiles.all());
        return "rules-profiles";
    }

    @GetMapping(PATH + "/{id}")
    String profile(@PathVariable String id, Model model) {
        model.addAttribute("current", profiles.current(id));
        return "rules-profile";
    }

    @GetMapping(PATH + "/{id}/file")
    ResponseEntity<byte[]> file(@PathVariable String id, @RequestParam(required = false) Integer version) {
        return forms.file(profiles, id, version);
    }

    @PostMapping(PATH + "/{id}/restore")
    String restore(
            @PathVariable String id, @RequestParam(defaultValue = "0") int expectedVersion, RedirectAttributes next) {
        forms.restore(profiles, id, expectedVersion, next);
        return "redirect:" + PATH;
    }

    @PostMapping(UPLOAD)
    String check(@RequestParam MultipartFile file, HttpSession session, RedirectAttributes next) {
        return "redirect:" + (forms.check(profiles, UPLOAD, file, session, next) ? UPLOAD : PATH);
    }

    @GetMapping(UPLOAD)
    String checked(HttpSession session, Model model) {
        return forms.show(profiles, UPLOAD, session, model) ? "rules-profile-check" : "redirect:" + PATH;
    }

    @PostMapping(UPLOAD + "/replace")
    String replace(@RequestParam String token, HttpSession session, RedirectAttributes next) {
        return "redirect:" + PATH
                + forms.replace(profiles, UPLOAD, token, session, next)
                        .map(id -> "/" + id)
                        .orElse("");
    }
}
