package org.guiling.workflow.form;

import java.util.Map;
import java.util.Set;

/** Values that a person entered, checked against the form: texts trimmed, nothing hidden, nothing undeclared. */
public final class FormValues {

    private final Set<String> keys;
    private final Map<String, Object> values;

    /**
     * @param keys of all inputs of the form
     * @param values of those inputs that were filled in
     */
    public FormValues(Set<String> keys, Map<String, Object> values) {
        this.keys = keys;
        this.values = values;
    }

    /** @throws IllegalArgumentException when the form has no such input */
    public <T> T get(Field<T> field) {
        if (!keys.contains(field.key())) {
            throw new IllegalArgumentException("The form has no input " + field.key());
        }
        return field.read(values.get(field.key()));
    }
}
