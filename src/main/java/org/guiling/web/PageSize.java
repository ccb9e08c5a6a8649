package org.guiling.web;

import org.guiling.item.RefusedException;

/** How many lines of a list somebody asks for. What is out of range is said, not cut: who asks for 500 would miss 300. */
final class PageSize {

    static final int LARGEST = 200;

    private PageSize() {}

    /** @throws RefusedException when it is not between 1 and 200 */
    static int of(int limit) {
        if (limit < 1 || limit > LARGEST) {
            throw RefusedException.invalid("limit", "problem.range", "limit", 1, LARGEST);
        }
        return limit;
    }
}
