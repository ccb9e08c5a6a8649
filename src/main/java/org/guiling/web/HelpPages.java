package org.guiling.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Supplier;
import org.guiling.help.Suggestion;
import org.guiling.help.SuggestionKind;
import org.guiling.help.Suggestions;
import org.guiling.help.Tour;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Problems;
import org.guiling.web.support.form.OnceForms;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Pages that explain roles, steps and lights, the tour, and complaints and suggestions (投诉建议). */
@Controller
class HelpPages {

    private static final String SUGGESTIONS = "redirect:/suggestions";

    private final Suggestions suggestions;
    private final Tour tour;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final Problems problems;
    private final OnceForms onceForms;
    private final Paging paging;
    private final Texts texts;

    HelpPages(
            Suggestions suggestions,
            Tour tour,
            Organization organization,
            CurrentPerson currentPerson,
            Problems problems,
            OnceForms onceForms,
            Paging paging,
            Texts texts) {
        this.suggestions = suggestions;
        this.tour = tour;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.problems = problems;
        this.onceForms = onceForms;
        this.paging = paging;
        this.texts = texts;
    }

    /** @param by who made it; null where that is not to be known, and in the list of one's own */
    record Line(
            long id,
            String kind,
            String content,
            String by,
            String at,
            String answer,
            String answeredBy,
            String answeredAt) {}

    @GetMapping("/help")
    String help(Model model) {
        model.addAttribute(
                "roles", currentPerson.get().allRoles().stream().sorted().toList());
        model.addAttribute("steps", Step.values());
        model.addAttribute("lights", Light.values());
        return "help";
    }

    /** The page that the browser shows without a connection; it is fetched beforehand, also without a sign-on. */
    @GetMapping("/offline")
    String offline() {
        return "offline";
    }

    @PostMapping("/help/tour/end")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endTour() {
        tour.end(currentPerson.get());
    }

    @GetMapping("/suggestions")
    String suggestions(Model model) {
        Person person = currentPerson.get();
        model.addAttribute("kinds", SuggestionKind.values());
        model.addAttribute("longest", Suggestions.LONGEST);
        model.addAttribute(
                "own",
                paging.read(
                        suggestions.countOf(person),
                        "own",
                        (offset, limit) -> lines(suggestions.of(person, offset, limit), false)));
        model.addAttribute("reader", suggestions.isReader(person));
        if (suggestions.isReader(person)) {
            model.addAttribute(
                    "all",
                    paging.read(
                            suggestions.count(person),
                            "all",
                            (offset, limit) -> lines(suggestions.all(person, offset, limit), true)));
        }
        return "suggestions";
    }

    @PostMapping("/suggestions")
    String make(
            @RequestParam SuggestionKind kind,
            @RequestParam(defaultValue = "") String content,
            @RequestParam(defaultValue = "false") boolean nameless,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            Supplier<String> made = () -> {
                suggestions.make(kind, content, nameless, currentPerson.get());
                return SUGGESTIONS;
            };
            if (nameless) {
                // A key is kept with its person, and would tell whose it was.
                made.get();
            } else {
                onceForms.once(made);
            }
        } catch (RefusedException refusal) {
            response.setStatus(Problems.statusOf(refusal).value());
            model.addAttribute("refused", problems.text(refusal));
            model.addAttribute("chosen", kind);
            model.addAttribute("written", content);
            model.addAttribute("nameless", nameless);
            return suggestions(model);
        }
        next.addFlashAttribute("done", texts.get("suggestion.made"));
        return SUGGESTIONS;
    }

    @PostMapping("/suggestions/{id}/answer")
    String answer(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String answer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            suggestions.answer(id, answer, currentPerson.get());
        } catch (RefusedException refusal) {
            if (refusal.kind() == RefusedException.Kind.FORBIDDEN) {
                throw refusal;
            }
            response.setStatus(Problems.statusOf(refusal).value());
            model.addAttribute("answerRefused", problems.text(refusal));
            model.addAttribute("answering", id);
            model.addAttribute("answer", answer);
            return suggestions(model);
        }
        next.addFlashAttribute("done", texts.get("suggestion.answered"));
        return SUGGESTIONS;
    }

    private List<Line> lines(List<Suggestion> made, boolean named) {
        return made.stream().map(each -> line(each, named)).toList();
    }

    private Line line(Suggestion made, boolean named) {
        return new Line(
                made.id(),
                texts.label(made.kind()),
                made.content(),
                named ? name(made.madeBy()) : null,
                texts.minute(made.madeAt()),
                made.answer(),
                made.isAnswered() ? organization.personName(made.answeredBy()) : null,
                made.isAnswered() ? texts.minute(made.answeredAt()) : null);
    }

    private String name(String madeBy) {
        return madeBy == null ? texts.get("suggestion.nameless") : organization.personName(madeBy);
    }
}
