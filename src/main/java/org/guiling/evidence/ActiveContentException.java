package org.guiling.evidence;

import java.io.IOException;

/** A document brings what it may not. */
final class ActiveContentException extends IOException {

    private final ActiveContent found;

    ActiveContentException(ActiveContent found, String where) {
        super(found + " in " + where);
        this.found = found;
    }

    ActiveContent found() {
        return found;
    }
}
