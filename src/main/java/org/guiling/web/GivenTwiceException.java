package org.guiling.web;

import java.util.List;
import org.guiling.item.Problem;
import org.guiling.item.RefusedException;

/** A parameter that is given where it must not be given once more. */
class GivenTwiceException extends RefusedException {

    GivenTwiceException(String name) {
        super(Kind.INVALID, List.of(Problem.of(name, "problem.twice", name)));
    }
}
