package org.guiling.web.support;

import java.util.List;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.text.UnreadableTextException;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Problem documents (RFC 9457) in the language of the request: {@code {type, title, status, detail, errors}}. */
@Component
public class Problems {

    private final Texts texts;
    private final long largestUpload;

    Problems(Texts texts, MultipartProperties multipart) {
        this.texts = texts;
        this.largestUpload = multipart.getMaxRequestSize().toMegabytes();
    }

    /** One field that is wrong; the field is null where the problem is not about one. */
    public record FieldError(String field, String message) {}

    /** A problem document with the texts of the status alone. */
    public ProblemDetail of(HttpStatusCode status) {
        return of(status, detail(status), List.of());
    }

    public ProblemDetail of(HttpStatusCode status, String detail, List<FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title(status));
        problem.setProperty("errors", errors);
        return problem;
    }

    /** Every reason of a refusal, each with its field. */
    public ProblemDetail of(RefusedException refusal) {
        return of(statusOf(refusal), text(refusal), errors(refusal));
    }

    /** A text that nobody can read. */
    public ProblemDetail of(UnreadableTextException text) {
        String message = texts.get("problem.characters", text.field());
        return of(HttpStatus.BAD_REQUEST, message, List.of(new FieldError(text.field(), message)));
    }

    public List<FieldError> errors(RefusedException refusal) {
        return refusal.problems().stream()
                .map(problem -> new FieldError(problem.field(), text(problem)))
                .distinct()
                .toList();
    }

    public static HttpStatus statusOf(RefusedException refusal) {
        return HttpStatus.valueOf(refusal.kind().status());
    }

    /** The refusal in words, one line for each reason. */
    public String text(RefusedException refusal) {
        return String.join("\n", texts(refusal.problems()));
    }

    /** Each problem in words. */
    public List<String> texts(List<Problem> problems) {
        return problems.stream().map(this::text).distinct().toList();
    }

    public String title(HttpStatusCode status) {
        return texts.get("problem." + known(status) + ".title");
    }

    public String detail(HttpStatusCode status) {
        return texts.get("problem." + known(status) + ".detail", largestUpload);
    }

    /** One reason in words. */
    public String text(Problem problem) {
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
