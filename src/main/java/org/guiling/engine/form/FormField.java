package org.guiling.engine.form;

import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One input of a form.
 *
 * @param options the values that may be chosen; null when the server supplies them ({@code valuesKey}) or for free input
 * @param optionsKey the name under which the server supplies the options, or null
 */
record FormField(
        String key,
        Type type,
        String label,
        boolean required,
        Integer minLength,
        Integer maxLength,
        BigDecimal min,
        BigDecimal max,
        Integer decimalDigits,
        Pattern pattern,
        Set<String> options,
        String optionsKey) {

    enum Type {
        TEXT,
        NUMBER,
        DATE,
        CHOICE,
        CHECKBOX,
        CHOICES
    }
}
