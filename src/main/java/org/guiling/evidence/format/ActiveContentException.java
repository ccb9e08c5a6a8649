package org.guiling.evidence.format;

import java.io.IOException;

/** A document brings what it may not. */
public final class ActiveContentException extends IOException {

    private final ActiveContent found;

    ActiveContentException(ActiveContent found, String where) {
        super(found + " in " + where);
        this.found = found;
    }

    public ActiveContent found() {
        return found;
    }
}
