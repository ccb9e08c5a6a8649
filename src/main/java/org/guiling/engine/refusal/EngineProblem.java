package org.guiling.engine.refusal;

import java.util.Map;

/** A refusal in the form of the engine's own: Tasklist and Cockpit show its message. */
public final class EngineProblem {

    private EngineProblem() {}

    /** @param type the name of the engine's exception that clients know the refusal by */
    public static Map<String, Object> of(String type, String message) {
        return Map.of("type", type, "message", message, "code", 0);
    }
}
