package org.guiling.scim;

import java.util.Arrays;
import java.util.Objects;
import org.springframework.http.HttpStatus;

/** A request that SCIM refuses; nothing was changed. */
class ScimException extends RuntimeException {

    private final HttpStatus status;
    private final String scimType;
    private final transient Object[] arguments;

    /** @param scimType a code of RFC 7644 §3.12, or null */
    private ScimException(HttpStatus status, String scimType, String code, Object... arguments) {
        super(code);
        this.status = status;
        this.scimType = scimType;
        this.arguments = Arrays.stream(arguments)
                .map(argument -> Objects.requireNonNullElse(argument, ""))
                .toArray();
    }

    static ScimException invalidSyntax(String what) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidSyntax", "scim.body", what);
    }

    static ScimException invalidValue(String code, Object... arguments) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidValue", code, arguments);
    }

    static ScimException invalidPath(String path) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidPath", "scim.path", path);
    }

    static ScimException invalidFilter() {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidFilter", "scim.filter");
    }

    static ScimException mutability(String attribute) {
        return new ScimException(HttpStatus.BAD_REQUEST, "mutability", "scim.read-only", attribute);
    }

    static ScimException notFound(String id) {
        return new ScimException(HttpStatus.NOT_FOUND, null, "scim.user.unknown", id);
    }

    HttpStatus status() {
        return status;
    }

    String scimType() {
        return scimType;
    }

    /** The key of the message. */
    String code() {
        return getMessage();
    }

    Object[] arguments() {
        return arguments.clone();
    }
}
