package org.guiling.scim;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.ProblemDetail;

/**
 * An error as SCIM clients read it (RFC 7644 §3.12).
 *
 * @param status the HTTP status, as a text
 * @param scimType a code of the RFC; null where it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScimError(List<String> schemas, String status, String scimType, String detail) {

    public static final String MEDIA_TYPE = "application/scim+json";

    private static final List<String> SCHEMAS = List.of("urn:ietf:params:scim:api:messages:2.0:Error");

    public static ScimError of(ProblemDetail problem) {
        return of(problem.getStatus(), null, problem.getDetail());
    }

    static ScimError of(int status, String scimType, String detail) {
        return new ScimError(SCHEMAS, String.valueOf(status), scimType, detail);
    }

    /** True where the request, or the one that failed, came to SCIM. */
    public static boolean isAskedFor(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = original == null ? request.getRequestURI() : original.toString();
        return path.startsWith(request.getContextPath() + "/scim/");
    }
}
