package org.guiling.organization;

/** The organization cannot be changed that way; nothing was. */
public class RefusedChangeException extends RuntimeException {

    private final String field;
    private final transient Object[] arguments;

    RefusedChangeException(String field, String code, Object... arguments) {
        super(code);
        this.field = field;
        this.arguments = arguments;
    }

    /** What was entered wrongly; null where it is the whole. */
    public String field() {
        return field;
    }

    /** The key of the message. */
    public String code() {
        return getMessage();
    }

    public Object[] arguments() {
        return arguments.clone();
    }
}
