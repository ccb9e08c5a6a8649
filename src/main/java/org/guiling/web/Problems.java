package org.guiling.web;

import java.util.List;
import org.guiling.item.Problem;
import org.guiling.item.RefusedException;
import org.guiling.organization.RefusedChangeException;
import org.guiling.text.Texts;
import org.guiling.text.UnreadableTextException;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Problem documents (RFC 9457) in the language of the request: {@code {type, title, status, detail, errors}}. */
@Component
class Problems {

    private final Texts texts;
    private final long largestUpload;

    Problems(Texts texts, MultipartProperties multipart) {
        this.texts = texts;
        this.largestUpload = multipart.getMaxRequestSize().toMegabytes();
    }

    /** One field that is wrong; the field is null where the problem is not about one. */
    record FieldError(String field, String message) {}

    /** What the status alone says. */
    ProblemDetail of(HttpStatusCode status) {
        return of(status, detail(status), List.of());
    }

    ProblemDetail of(HttpStatusCode status, String detail, List<FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title(status));
        problem.setProperty("errors", errors);
        return problem;
    }

    /** Every reason of a refusal, each with its field. */
    ProblemDetail of(RefusedException refusal) {
        return of(statusOf(refusal), text(refusal), errors(refusal));
    }

    /** A text that nobody can read. */
    ProblemDetail of(UnreadableTextException text) {
        String message = texts.get("problem.characters", text.field());
        return of(HttpStatus.BAD_REQUEST, message, List.of(new FieldError(text.field(), message)));
    }

    List<FieldError> errors(RefusedException refusal) {
        return refusal.problems().stream()
                .map(problem -> new FieldError(problem.field(), text(problem)))
                .distinct()
                .toList();
    }

    /** A refusal of the organization as one of the record: both are told alike. */
    static RefusedException refusal(RefusedChangeException refusal) {
        return new RefusedException(
                RefusedException.Kind.valueOf(refusal.kind().name()),
                List.of(Problem.of(refusal.field(), refusal.code(), refusal.arguments())));
    }

    static HttpStatus statusOf(RefusedException refusal) {
        return switch (refusal.kind()) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case UNPROCESSABLE -> HttpStatus.UNPROCESSABLE_ENTITY;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    /** The refusal in words, one line for each reason. */
    String text(RefusedException refusal) {
        return String.join("\n", texts(refusal.problems()));
    }

    /** Each problem in words. */
    List<String> texts(List<Problem> problems) {
        return problems.stream().map(this::text).distinct().toList();
    }

    String title(HttpStatusCode status) {
        return texts.get("problem." + known(status) + ".title");
    }

    String detail(HttpStatusCode status) {
        return texts.get("problem." + known(status) + ".detail", largestUpload);
    }

    /** One reason in words. */
    String text(Problem problem) {
        return texts.get(problem.code(), problem.arguments());
    }

    /** The statuses that have words of their own; others speak as the family they belong to. */
    private static int known(HttpStatusCode status) {
        return switch (status.value()) {
            case 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 422, 429, 500, 503, 507 -> status.value();
            default -> status.is4xxClientError() ? 400 : 500;
        };
    }
}
