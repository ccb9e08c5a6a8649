package org.guiling.web;

import java.util.List;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;

/** A parameter that is given where it must not be given once more. */
class GivenTwiceException extends RefusedException {

    GivenTwiceException(String name) {
        super(Kind.INVALID, List.of(Problem.of(name, "problem.twice", name)));
    }
}
