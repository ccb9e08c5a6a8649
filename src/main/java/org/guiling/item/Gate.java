package org.guiling.item;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that a step still lacks, so that the person hears all of it at once. */
final class Gate {

    private final List<Problem> problems = new ArrayList<>();

    Gate require(boolean holds, String field, String code, Object... arguments) {
        if (!holds) {
            problems.add(Problem.of(field, code, arguments));
        }
        return this;
    }

    /** @throws RefusedException when anything is lacking */
    void pass() {
        if (!problems.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, problems);
        }
    }

    static boolean given(String text) {
        return text != null && !text.isBlank();
    }
}
