package org.guiling.refusal;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One reason why something is refused.
 *
 * @param field the form field it is about, or null
 * @param code key of the message bundle
 * @param arguments the message's arguments, nothing where there is none
 */
public record Problem(String field, String code, List<Object> arguments) {

    public static Problem of(String field, String code, Object... arguments) {
        return new Problem(
                field,
                code,
                Arrays.stream(arguments)
                        .map(argument -> Objects.requireNonNullElse(argument, ""))
                        .toList());
    }
}
