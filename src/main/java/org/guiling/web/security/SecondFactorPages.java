package org.guiling.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.step.FirstFactor;
import org.guiling.signon.step.SecondStep;
import org.guiling.signon.step.SecondStepFilter;
import org.guiling.text.Texts;
import org.guiling.web.support.Problems;
import org.guiling.web.support.QrCodes;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages between the right password and the right code: nobody is signed on here. */
@Controller
public class SecondFactorPages {

    private static final String PATH = SecondStepFilter.PATH;
    private static final String OVER = "redirect:/login?expired";
    private static final String PAGE = "second-factor";

    /** Reasons that brought somebody back here; each is a text {@code login.*}. */
    private static final List<String> NOTICES = List.of("code-wrong", "code-locked");

    private final SecondStep secondStep;
    private final Problems problems;
    private final Texts texts;

    SecondFactorPages(SecondStep secondStep, Problems problems, Texts texts) {
        this.secondStep = secondStep;
        this.problems = problems;
        this.texts = texts;
    }

    /** The question of the page. */
    enum Stage {
        CODE,
        ENROLMENT,
        RECOVERY_CODES,
        RECOVERY
    }

    @GetMapping(PATH)
    String page(HttpServletRequest request, @RequestParam Map<String, String> parameters, Model model) {
        Optional<FirstFactor> first = secondStep.first(request);
        if (first.isEmpty()) {
            return OVER;
        }
        NOTICES.stream()
                .filter(parameters::containsKey)
                .findFirst()
                .ifPresent(notice -> model.addAttribute("refused", texts.get("login." + notice)));
        return page(first.get(), model);
    }

    private String page(FirstFactor first, Model model) {
        model.addAttribute("account", first.person().id());
        if (first.hasPassed()) {
            model.addAttribute("stage", Stage.RECOVERY_CODES);
        } else if (secondStep.isEnrolled(first)) {
            model.addAttribute("stage", Stage.CODE);
        } else {
            model.addAttribute("stage", Stage.ENROLMENT);
            model.addAttribute("secret", first.offered().text());
        }
        return PAGE;
    }

    @GetMapping(PATH + "/picture")
    ResponseEntity<byte[]> picture(HttpServletRequest request) {
        return secondStep
                .first(request)
                .filter(first -> !first.hasPassed() && !secondStep.isEnrolled(first))
                .map(first -> QrCodes.picture(first.offered()
                        .uri(texts.get("page.name"), first.person().id())))
                .orElse(ResponseEntity.notFound().build());
    }

    @PostMapping(PATH + "/enrol")
    String enrol(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String code,
            Model model) {
        Optional<FirstFactor> first = secondStep.first(request);
        if (first.isEmpty()) {
            return OVER;
        }
        try {
            model.addAttribute("recoveryCodes", secondStep.enrol(request, code).recoveryCodes());
        } catch (RefusedException refused) {
            response.setStatus(Problems.statusOf(refused).value());
            model.addAttribute("refused", problems.text(refused));
            return page(first.get(), model);
        }
        return page(secondStep.first(request).orElseThrow(), model);
    }

    @PostMapping(PATH + "/recovery")
    String recovery(HttpServletRequest request, HttpServletResponse response, Model model) {
        Optional<FirstFactor> first = secondStep.first(request);
        if (first.isEmpty()) {
            return OVER;
        }
        try {
            model.addAttribute("until", texts.minute(secondStep.askForRecovery(request)));
            model.addAttribute("account", first.get().person().id());
            model.addAttribute("stage", Stage.RECOVERY);
            return PAGE;
        } catch (RefusedException refused) {
            response.setStatus(Problems.statusOf(refused).value());
            model.addAttribute("refused", problems.text(refused));
            return page(first.get(), model);
        }
    }
}
