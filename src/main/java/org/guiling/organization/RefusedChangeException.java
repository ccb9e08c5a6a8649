package org.guiling.organization;

import java.util.Arrays;
import java.util.Objects;

/** The organization cannot be changed that way; nothing was. */
public class RefusedChangeException extends RuntimeException {

    static final String PERSON_EXISTS = "organization.person.exists";

    /** Why, in the terms of a caller. */
    public enum Kind {
        INVALID,
        FORBIDDEN,
        CONFLICT,
        NOT_FOUND
    }

    private final Kind kind;
    private final String field;
    private final transient Object[] arguments;

    private RefusedChangeException(Kind kind, String field, String code, Object... arguments) {
        super(code);
        this.kind = kind;
        this.field = field;
        this.arguments = Arrays.stream(arguments)
                .map(argument -> Objects.requireNonNullElse(argument, ""))
                .toArray();
    }

    public static RefusedChangeException invalid(String field, String code, Object... arguments) {
        return new RefusedChangeException(Kind.INVALID, field, code, arguments);
    }

    public static RefusedChangeException conflict(String field, String code, Object... arguments) {
        return new RefusedChangeException(Kind.CONFLICT, field, code, arguments);
    }

    static RefusedChangeException notFound(String code, Object... arguments) {
        return new RefusedChangeException(Kind.NOT_FOUND, null, code, arguments);
    }

    static RefusedChangeException forbidden(String code) {
        return new RefusedChangeException(Kind.FORBIDDEN, null, code);
    }

    public Kind kind() {
        return kind;
    }

    /** True where somebody else has the id that somebody new was to get. */
    public boolean isTaken() {
        return PERSON_EXISTS.equals(code());
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
