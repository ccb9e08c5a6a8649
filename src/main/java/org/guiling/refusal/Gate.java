package org.guiling.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects everything that a step still lacks, so that the person hears all of it at once. */
public final class Gate {

    private final List<Problem> problems = new ArrayList<>();

    /** Notes a problem unless the condition holds; the field may be null. */
    public Gate require(boolean holds, String field, String code, Object... arguments) {
        if (!holds) {
            problems.add(Problem.of(field, code, arguments));
        }
        return this;
    }

    /** Notes a problem. */
    public void refuse(Problem problem) {
        problems.add(problem);
    }

    /** Notes a problem where there is one. */
    public Gate refuse(Optional<Problem> problem) {
        problem.ifPresent(problems::add);
        return this;
    }

    /** The problems noted so far. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** @throws RefusedException when anything is lacking */
    public void pass() {
        passOr(RefusedException.Kind.INVALID);
    }

    /** As {@link #pass}, where what is lacking is no fault of what was entered. */
    public void passOr(RefusedException.Kind kind) {
        if (!problems.isEmpty()) {
            throw new RefusedException(kind, problems);
        }
    }

    /** True where somebody wrote something. */
    public static boolean given(String text) {
        return text != null && !text.isBlank();
    }
}
