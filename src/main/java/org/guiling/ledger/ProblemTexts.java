package org.guiling.ledger;

import org.guiling.item.Problem;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** Problems in the words of the person. */
@Component
class ProblemTexts {

    private final Texts texts;

    ProblemTexts(Texts texts) {
        this.texts = texts;
    }

    String of(Problem problem) {
        Object[] arguments = problem.arguments().stream()
                .map(argument -> argument instanceof Enum<?> code ? texts.label(code) : argument.toString())
                .toArray();
        return texts.get(problem.code(), arguments);
    }
}
