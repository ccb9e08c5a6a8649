package org.guiling.ledger.table;

import org.guiling.refusal.RefusedException;

/** Refusals of a file as a whole. */
final class Refusal {

    private static final String FIELD = "file";

    private Refusal() {}

    static RefusedException of(String code, Object... arguments) {
        return RefusedException.invalid(FIELD, code, arguments);
    }

    /** The file contradicts its own format; the parser's words help nobody who made it with an office program. */
    static RefusedException damaged(Throwable cause) {
        RefusedException refused = of("import.file.damaged");
        refused.initCause(cause);
        return refused;
    }
}
