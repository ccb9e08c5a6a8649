package org.guiling.evidence.content;

import java.time.Duration;

/** More small pictures are asked for than are made at once. Nothing is wrong with this one: it is asked for again later. */
public class BusyException extends RuntimeException {

    /** Of an ordinary photo, by far enough to make it. */
    private static final Duration LATER = Duration.ofSeconds(5);

    /** After which to ask again. */
    public Duration later() {
        return LATER;
    }
}
