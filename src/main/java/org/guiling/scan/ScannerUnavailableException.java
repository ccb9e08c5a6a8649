package org.guiling.scan;

import java.io.IOException;

/** The scanner gave no verdict: it is away, too slow, or cannot scan. */
public class ScannerUnavailableException extends IOException {

    ScannerUnavailableException(String message) {
        super(message);
    }

    ScannerUnavailableException(IOException cause) {
        super(cause.toString(), cause);
    }
}
