package org.guiling.web.support;

import java.util.List;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;

/** A parameter that is given where it must not be given once more. */
public class GivenTwiceException extends RefusedException {

    public GivenTwiceException(String name) {
        super(Kind.INVALID, List.of(Problem.of(name, "problem.twice", name)));
    }
}
