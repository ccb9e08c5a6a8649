package org.guiling.evidence.image;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment until which an image may be worked on. */
public final class Deadline {

    private final LongSupplier nanoseconds;
    private final long end;
    private volatile boolean cancelled;

    /** @param nanoseconds a clock that only goes forward, as {@link System#nanoTime} */
    public Deadline(Duration time, LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
        this.end = nanoseconds.getAsLong() + time.toNanos();
    }

    boolean hasPassed() {
        return cancelled || nanoseconds.getAsLong() - end >= 0;
    }

    /** Makes it now. */
    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** @throws IOException when it has passed */
    void check() throws IOException {
        if (hasPassed()) {
            throw new UnreadableImageException("It takes too long");
        }
    }
}
