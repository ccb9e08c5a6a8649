package org.guiling.evidence.image;

import java.io.IOException;

/** An image is damaged, or costs more than it may: the image's fault, not that of the store it is read from. */
public final class UnreadableImageException extends IOException {

    UnreadableImageException(String message) {
        super(message);
    }

    UnreadableImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
