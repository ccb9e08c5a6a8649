package org.guiling.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.guiling.item.RefusedException;
import org.guiling.item.RefusedException.Kind;
import org.guiling.organization.RefusedChangeException;
import org.guiling.text.Texts;
import org.guiling.web.Problems.FieldError;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * What an administrator enters is carried out, or shown again with the reasons: all of them at the head of the page
 * ({@code refused}), each beside its field ({@code problems}, by the field's name).
 */
@Component
class AdministrationForms {

    private final Problems problems;
    private final Texts texts;

    AdministrationForms(Problems problems, Texts texts) {
        this.problems = problems;
        this.texts = texts;
    }

    /** Why something was not done. */
    record Refusal(HttpStatus status, String text, List<FieldError> errors) {

        /** Shows the reasons on the page that is answered. */
        void show(Model model, HttpServletResponse response) {
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

    /**
     * Runs a change.
     *
     * @return why it was not done; empty where it was
     * @throws RefusedException when what it is about is not there, or not for this person: there is no form to show again
     */
    Optional<Refusal> attempt(Runnable change) {
        try {
            change.run();
            return Optional.empty();
        } catch (RefusedChangeException refusal) {
            return Optional.of(refusal(Problems.refusal(refusal)));
        } catch (RefusedException refusal) {
            return Optional.of(refusal(refusal));
        } catch (ConcurrencyFailureException race) {
            return Optional.of(new Refusal(HttpStatus.CONFLICT, texts.get("administration.race"), List.of()));
        }
    }

    private Refusal refusal(RefusedException refusal) {
        if (refusal.kind() == Kind.NOT_FOUND || refusal.kind() == Kind.FORBIDDEN) {
            throw refusal;
        }
        return new Refusal(Problems.statusOf(refusal), problems.text(refusal), problems.errors(refusal));
    }
}
