package org.guiling.engine.refusal;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.exception.NotAllowedException;
import org.camunda.bpm.engine.exception.NotValidException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.guiling.text.UnreadableTextException;
import org.springframework.beans.InvalidPropertyException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/**
 * The exceptions that are the fault of the request's sender, for Spring MVC, Camunda's REST and every filter alike;
 * what is not here is ours and stays 500. Camunda tells of an exception by its simple name alone, so both are asked
 * here.
 */
public final class Faults {

    private static final List<Fault> ANYWHERE = List.of(
            new Fault(UnreadableTextException.class, HttpStatus.BAD_REQUEST),
            new Fault(ConcurrencyFailureException.class, HttpStatus.CONFLICT),
            new Fault(OptimisticLockingException.class, HttpStatus.CONFLICT),
            new Fault(MaxUploadSizeExceededException.class, HttpStatus.PAYLOAD_TOO_LARGE),
            new Fault(MultipartException.class, HttpStatus.BAD_REQUEST),
            new Fault(FileUploadException.class, HttpStatus.BAD_REQUEST),
            new Fault(InvalidFileNameException.class, HttpStatus.BAD_REQUEST),
            new Fault(HttpMessageConversionException.class, HttpStatus.BAD_REQUEST),
            new Fault(HttpMediaTypeNotAcceptableException.class, HttpStatus.NOT_ACCEPTABLE),
            new Fault(HttpMediaTypeNotSupportedException.class, HttpStatus.UNSUPPORTED_MEDIA_TYPE),
            new Fault(InvalidMediaTypeException.class, HttpStatus.UNSUPPORTED_MEDIA_TYPE),
            new Fault(InvalidMimeTypeException.class, HttpStatus.UNSUPPORTED_MEDIA_TYPE),
            new Fault(UnsupportedCharsetException.class, HttpStatus.UNSUPPORTED_MEDIA_TYPE),
            new Fault(IllegalCharsetNameException.class, HttpStatus.UNSUPPORTED_MEDIA_TYPE),
            new Fault(UnsupportedEncodingException.class, HttpStatus.UNSUPPORTED_MEDIA_TYPE),
            new Fault(InvalidPropertyException.class, HttpStatus.BAD_REQUEST),
            new Fault(TypeMismatchException.class, HttpStatus.BAD_REQUEST),
            // A day so far off that no other day can be counted from it.
            new Fault(DateTimeException.class, HttpStatus.BAD_REQUEST),
            new Fault(NullValueException.class, HttpStatus.BAD_REQUEST),
            new Fault(NotValidException.class, HttpStatus.BAD_REQUEST),
            new Fault(NotAllowedException.class, HttpStatus.FORBIDDEN),
            new Fault(BadUserRequestException.class, HttpStatus.BAD_REQUEST),
            new Fault(MismatchingMessageCorrelationException.class, HttpStatus.BAD_REQUEST),
            new Fault(ParseException.class, HttpStatus.BAD_REQUEST),
            // The engine's REST waits for external tasks as no filter of ours lets it; nobody here has any.
            new Fault(ProcessingException.class, HttpStatus.BAD_REQUEST),
            new Fault(NotFoundException.class, HttpStatus.NOT_FOUND));

    /** Documents on which Camunda's REST stumbles by itself, since they are not what it expects. */
    private static final List<Fault> AT_THE_ENGINES_REST = List.of(
            new Fault(NullPointerException.class, HttpStatus.BAD_REQUEST),
            new Fault(ClassCastException.class, HttpStatus.BAD_REQUEST),
            new Fault(IllegalArgumentException.class, HttpStatus.BAD_REQUEST),
            new Fault(NumberFormatException.class, HttpStatus.BAD_REQUEST),
            new Fault(IndexOutOfBoundsException.class, HttpStatus.BAD_REQUEST),
            new Fault(StringIndexOutOfBoundsException.class, HttpStatus.BAD_REQUEST),
            new Fault(ArrayIndexOutOfBoundsException.class, HttpStatus.BAD_REQUEST),
            new Fault(ArithmeticException.class, HttpStatus.BAD_REQUEST),
            new Fault(UnsupportedOperationException.class, HttpStatus.BAD_REQUEST));

    /** For whatever the engine has no exception of its own; only its words tell more. */
    private static final Set<String> ANYTHING =
            Set.of("RestException", "InvalidRequestException", ProcessEngineException.class.getSimpleName());

    /** The engine's words where an address names what is not there. */
    private static final Pattern MISSING = Pattern.compile("\\bNo [a-z ]+ found with id\\b");

    private static final Pattern OURS = Pattern.compile(
            "persistence layer|JDBC|transaction|connection|unexpected|exception while", Pattern.CASE_INSENSITIVE);

    /** A refusal of the database; known by its name, since nothing but the engine throws it. */
    private static final String OF_THE_DATABASE = "ProcessEnginePersistenceException";

    private static final Pattern QUESTION =
            Pattern.compile("(?:/camunda/api/engine/engine/[^/]+|/engine-rest(?:/engine/[^/]+)?)(?:/history)?"
                    + "/(?!message|signal|condition)[a-z-]+(?:/count)?");

    private static final Map<String, HttpStatus> BY_NAME = Stream.of(ANYWHERE, AT_THE_ENGINES_REST)
            .flatMap(List::stream)
            .collect(Collectors.toMap(fault -> fault.type().getSimpleName(), Fault::status));

    private Faults() {}

    private record Fault(Class<? extends Throwable> type, HttpStatus status) {}

    /** The status of an exception that its sender is at fault for, or of whatever it was caused by. */
    public static Optional<HttpStatus> of(Throwable exception) {
        return first(exception, Faults::statusOf);
    }

    /** The text that cannot be read, where the exception is about one. */
    public static Optional<UnreadableTextException> unreadableText(Throwable exception) {
        return first(
                exception,
                cause -> cause instanceof UnreadableTextException unreadable
                        ? Optional.of(unreadable)
                        : Optional.empty());
    }

    /**
     * The status of what Camunda's REST answered 500 to, where its sender is at fault.
     *
     * @param type the simple name of the exception
     * @param message its message, which tells what a wrapped one was
     */
    static Optional<HttpStatus> ofTheEngine(String type, String message) {
        if (ANYTHING.contains(type)) {
            return ofItsWords(message);
        }
        return Optional.ofNullable(BY_NAME.get(type));
    }

    private static Optional<HttpStatus> ofItsWords(String message) {
        if (MISSING.matcher(message).find()) {
            return Optional.of(HttpStatus.NOT_FOUND);
        }
        return OURS.matcher(message).find() ? Optional.empty() : Optional.of(HttpStatus.BAD_REQUEST);
    }

    /** True where it comes from a value that no column takes, such as a text that is too long for the engine's. */
    static boolean isOfTheData(Throwable exception) {
        return first(
                        exception,
                        cause -> cause instanceof SQLException rows && isOfTheData(rows)
                                ? Optional.of(rows)
                                : Optional.empty())
                .isPresent();
    }

    /**
     * True where the database may have refused a question for what was asked: an empty list becomes a statement without
     * sense. Whoever knows that the database answers knows whose fault it was.
     */
    static boolean mayBeAnImpossibleQuestion(String type, String path) {
        return type.equals(OF_THE_DATABASE) && QUESTION.matcher(path).matches();
    }

    private static Optional<HttpStatus> statusOf(Throwable cause) {
        if (cause instanceof SQLException rows && isOfTheData(rows)) {
            return Optional.of(HttpStatus.BAD_REQUEST);
        }
        return ANYWHERE.stream()
                .filter(fault -> fault.type().isInstance(cause))
                .map(Fault::status)
                .findFirst();
    }

    /** Class 22: a value that no column takes. What stands between should have said so before. */
    private static boolean isOfTheData(SQLException rows) {
        return rows.getSQLState() != null && rows.getSQLState().startsWith("22");
    }

    private static <T> Optional<T> first(Throwable exception, Function<Throwable, Optional<T>> asked) {
        int depth = 0;
        for (Throwable cause = exception; cause != null && depth++ < 20; cause = cause.getCause()) {
            Optional<T> found = asked.apply(cause);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
