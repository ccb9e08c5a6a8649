package org.guiling.item;

import java.util.List;

/**
 * One reason why something is refused.
 *
 * @param field the form field it is about, or null
 * @param code key of the message bundle
 * @param arguments the message's arguments
 */
public record Problem(String field, String code, List<Object> arguments) {

    public static Problem of(String field, String code, Object... arguments) {
        return new Problem(field, code, List.of(arguments));
    }
}
