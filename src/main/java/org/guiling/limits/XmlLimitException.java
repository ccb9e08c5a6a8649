package org.guiling.limits;

import java.io.IOException;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** XML that asks too much of whoever reads it. */
public final class XmlLimitException extends IOException {

    /** The limit that it does not keep. */
    public enum Limit {
        /** A tag with its attributes, a text, a comment or an instruction is too long. */
        LENGTH,
        DEPTH,
        ATTRIBUTES,
        /** Too many names that are not the same: parsers keep each. */
        NAMES,
        /** Another encoding than those in which the characters of markup are single bytes. */
        ENCODING,
        DOCUMENT_TYPE
    }

    private final Limit limit;

    XmlLimitException(Limit limit) {
        super("XML beyond the limit of " + limit);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }

    /** The one among the causes of what a parser threw, each of which wraps it in its own way. */
    public static Optional<XmlLimitException> in(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof XmlLimitException)) {
            cause = cause instanceof XMLStreamException stream ? stream.getNestedException() : cause.getCause();
        }
        return Optional.ofNullable((XmlLimitException) cause);
    }
}
