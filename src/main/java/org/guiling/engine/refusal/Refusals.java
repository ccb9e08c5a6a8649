package org.guiling.engine.refusal;

import java.util.stream.Collectors;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/**
 * Puts refusals into the words of the person before they leave the engine: Tasklist shows the message as it is. Notes
 * them for the timeline.
 */
@Component
public class Refusals {

    private final Texts texts;
    private final Attempts attempts;

    Refusals(Texts texts, Attempts attempts) {
        this.texts = texts;
        this.attempts = attempts;
    }

    public void readable(Runnable work) {
        try {
            work.run();
        } catch (RefusedException refused) {
            RefusedException readable = refused.withMessage(
                    refused.problems().stream().map(this::text).distinct().collect(Collectors.joining("\n")));
            RefusalStatusFilter.remember(readable);
            attempts.refused(refused);
            throw readable;
        }
    }

    private String text(Problem problem) {
        return texts.get(problem.code(), problem.arguments());
    }
}
