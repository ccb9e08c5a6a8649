package org.guiling.web.support.form;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.guiling.refusal.RefusedException;
import org.guiling.refusal.RefusedException.Kind;
import org.guiling.text.Texts;
import org.guiling.web.support.Problems;
import org.guiling.web.support.Problems.FieldError;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * Carries out what an administrator enters, or shows it again with the reasons: all of them at the head of the page
 * ({@code refused}), each beside its field ({@code problems}, by the field's name).
 */
@Component
public class AdministrationForms {

    private final Problems problems;
    private final Texts texts;
    private final OnceForms onceForms;

    AdministrationForms(Problems problems, Texts texts, OnceForms onceForms) {
        this.problems = problems;
        this.texts = texts;
        this.onceForms = onceForms;
    }

    /**
     * Runs a change; where it is refused, the page that is answered has the reasons.
     *
     * @return whether it was done
     * @throws RefusedException when what it is about is not there, or not for this person: there is no form to show again
     */
    public boolean attempt(Runnable change, Model model, HttpServletResponse response) {
        try {
            change.run();
            return true;
        } catch (RefusedException refusal) {
            show(refusal, model, response);
        } catch (ConcurrencyFailureException race) {
            show(HttpStatus.CONFLICT, texts.get("administration.race"), List.of(), model, response);
        }
        return false;
    }

    /** As {@link #attempt}, for what must not be there twice; where it was done before, it counts as done. */
    public boolean attemptOnce(Runnable change, Model model, HttpServletResponse response) {
        return attempt(
                () -> onceForms.once(() -> {
                    change.run();
                    return "";
                }),
                model,
                response);
    }

    private void show(RefusedException refusal, Model model, HttpServletResponse response) {
        if (refusal.kind() == Kind.NOT_FOUND || refusal.kind() == Kind.FORBIDDEN) {
            throw refusal;
        }
        show(Problems.statusOf(refusal), problems.text(refusal), problems.errors(refusal), model, response);
    }

    private static void show(
            HttpStatus status, String text, List<FieldError> errors, Model model, HttpServletResponse response) {
        response.setStatus(status.value());
        model.addAttribute("refused", text);
        model.addAttribute(
                "problems",
                errors.stream()
                        .filter(error -> error.field() != null)
                        .collect(Collectors.toMap(
                                FieldError::field, FieldError::message, (first, second) -> first + " " + second)));
    }
}
