package org.guiling.workflow.form;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The inputs of one form file, each named once. A test compares them with the file, both ways. */
public final class FormContract {

    private final String id;
    private final Map<String, Field<?>> fields = new LinkedHashMap<>();

    FormContract(String id) {
        this.id = id;
    }

    /** The form's id, and its file's name without the ending. */
    public String id() {
        return id;
    }

    public Collection<Field<?>> fields() {
        return List.copyOf(fields.values());
    }

    /** @throws IllegalStateException when the key stands there already */
    <F extends Field<?>> F with(F field) {
        if (fields.putIfAbsent(field.key(), field) != null) {
            throw new IllegalStateException(field.key() + " stands twice in " + id);
        }
        return field;
    }

    /** @throws IllegalStateException when a key stands there already */
    void with(Collection<? extends Field<?>> shared) {
        shared.forEach(this::with);
    }
}
