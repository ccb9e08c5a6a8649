package org.guiling.text;

/** A text has a character that none may have ({@link Characters}), or is not in the encoding that it says it is in. */
public class UnreadableTextException extends RuntimeException {

    private final String field;

    /** @param field where it was entered, as the sender calls it */
    public UnreadableTextException(String field) {
        super("Unreadable text in " + field);
        this.field = Characters.areAllowed(field) ? field : "?";
    }

    public String field() {
        return field;
    }
}
