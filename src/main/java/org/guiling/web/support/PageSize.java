package org.guiling.web.support;

import java.util.List;
import org.guiling.refusal.RefusedException;

/** The requested lines of a list. A size out of range is refused, not cut: whoever asks for 500 would miss 300. */
public final class PageSize {

    public static final int LARGEST = 200;

    /** The size of a page of a list that nearly always fits into one, for whoever asks for none. */
    public static final String USUAL_OF_SHORT = "200";

    private PageSize() {}

    /** @throws RefusedException when it is not between 1 and 200 */
    public static int of(int limit) {
        if (limit < 1 || limit > LARGEST) {
            throw RefusedException.invalid("limit", "problem.range", "limit", 1, LARGEST);
        }
        return limit;
    }

    /** @throws RefusedException when it is less than 0 */
    public static int offset(int offset) {
        if (offset < 0) {
            throw RefusedException.invalid("offset", "problem.value", "offset");
        }
        return offset;
    }

    /** The lines of a list that is in memory anyway. */
    public static <T> List<T> part(List<T> all, int offset, int limit) {
        int first = Math.min(offset(offset), all.size());
        return all.subList(first, Math.min(all.size(), first + of(limit)));
    }

    /** From where on the last page of a list is. */
    public static int last(int total) {
        return Math.max(0, total - LARGEST);
    }
}
