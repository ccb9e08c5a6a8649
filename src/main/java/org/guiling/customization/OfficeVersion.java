package org.guiling.customization;

import java.time.Instant;
import java.util.List;

/**
 * A version of an office's file, without its content.
 *
 * @param version 1 is the office's first
 * @param own whether it has a content of the office's; otherwise the shipped one counted from then on
 * @param madeBy a person's id
 */
public record OfficeVersion(int version, boolean own, String madeBy, Instant madeAt) {

    /** The number of the newest version, by which a change says what it was decided on; 0 where there is none. */
    public static int newest(List<OfficeVersion> newestFirst) {
        return newestFirst.isEmpty() ? 0 : newestFirst.get(0).version();
    }

    /** True where the newest version is a file of the office. */
    static boolean isOwn(List<OfficeVersion> newestFirst) {
        return !newestFirst.isEmpty() && newestFirst.get(0).own();
    }
}
