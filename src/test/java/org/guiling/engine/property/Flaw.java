package org.guiling.engine.property;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The flaws with which a form is handed in; each has to be refused, whoever does it. */
enum Flaw {
    NONE,
    FIELD_MISSING {
        @Override
        Map<String, Object> spoil(Map<String, Object> fields, String form, int variant) {
            List<String> required = FormFile.of(form).alwaysRequired().stream()
                    .filter(fields::containsKey)
                    .toList();
            fields.remove(Choice.pick(required, variant));
            return fields;
        }
    },
    UNDECLARED_VARIABLE {
        @Override
        Map<String, Object> spoil(Map<String, Object> fields, String form, int variant) {
            List<String> undeclared = UNDECLARED.stream()
                    .filter(name -> !FormFile.of(form).keys().contains(name))
                    .toList();
            fields.put(Choice.pick(undeclared, variant), "ecology-bureau");
            return fields;
        }
    },
    /** Completed past the form, as a script would. */
    NO_FORM {
        @Override
        Map<String, Object> spoil(Map<String, Object> fields, String form, int variant) {
            return new HashMap<>();
        }
    },
    /** A task that was done before, or a request for an item that does not exist. */
    GONE,
    NOBODY_SIGNED_ON;

    /** Names that no form has, and names of the engine's own variables, which would redirect the flow. */
    private static final List<String> UNDECLARED = List.of("surprise", "leadUnit", "outcome", "handler", "title");

    /** The fields with the flaw. */
    Map<String, Object> spoil(Map<String, Object> fields, String form, int variant) {
        return fields;
    }
}
