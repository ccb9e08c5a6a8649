package org.guiling.refusal;

import java.util.List;
import java.util.stream.Collectors;

/** A rule says no. Nothing was stored; the problems say what is missing or wrong. */
public class RefusedException extends RuntimeException {

    /** Kinds of refusals, in the terms of a caller. */
    public enum Kind {
        /** Something entered is missing or wrong. */
        INVALID(400),
        /** This person may not do it. */
        FORBIDDEN(403),
        /** Somebody else was first, or it does not exist any more. */
        CONFLICT(409),
        /** There is no such thing, or none that the caller may see. */
        NOT_FOUND(404),
        /** It is well-formed, and what is in it is not taken. */
        UNPROCESSABLE(422),
        /** Something that is needed for it is away; later it may be done. */
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** The HTTP status of the answer at every entry point. */
        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final transient List<Problem> problems;

    public RefusedException(Kind kind, List<Problem> problems) {
        this(kind, problems, problems.stream().map(Problem::code).collect(Collectors.joining(", ")));
    }

    private RefusedException(Kind kind, List<Problem> problems, String message) {
        super(message);
        this.kind = kind;
        this.problems = List.copyOf(problems);
    }

    public static RefusedException invalid(String field, String code, Object... arguments) {
        return new RefusedException(Kind.INVALID, List.of(Problem.of(field, code, arguments)));
    }

    public static RefusedException forbidden(String code, Object... arguments) {
        return new RefusedException(Kind.FORBIDDEN, List.of(Problem.of(null, code, arguments)));
    }

    public static RefusedException conflict(String code, Object... arguments) {
        return new RefusedException(Kind.CONFLICT, List.of(Problem.of(null, code, arguments)));
    }

    /** As {@link #conflict}, where one field is in the way. */
    public static RefusedException conflictAt(String field, String code, Object... arguments) {
        return new RefusedException(Kind.CONFLICT, List.of(Problem.of(field, code, arguments)));
    }

    public static RefusedException notFound(String code, Object... arguments) {
        return new RefusedException(Kind.NOT_FOUND, List.of(Problem.of(null, code, arguments)));
    }

    /** The same refusal with the text that the person reads. */
    public RefusedException withMessage(String message) {
        RefusedException readable = new RefusedException(kind, problems, message);
        readable.setStackTrace(getStackTrace());
        return readable;
    }

    public Kind kind() {
        return kind;
    }

    public List<Problem> problems() {
        return problems;
    }
}
