package org.guiling.evidence;

import java.util.List;
import org.guiling.item.record.Measure;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;

/** Rules of what is said of evidence: its note, its measure, and why it is withdrawn. */
final class EvidenceRule {

    private static final int LONGEST_TEXT = 300;

    private EvidenceRule() {}

    /**
     * A measure of the plan, and a note that can be stored.
     *
     * @param measure null for the item as a whole
     * @param note may be null
     * @throws RefusedException when one of them is not
     */
    static void requireDescribed(List<Measure> plan, Integer measure, String note) {
        if (measure != null && plan.stream().noneMatch(planned -> planned.seq() == measure)) {
            throw RefusedException.invalid("measure", "refusal.evidence.measure", measure);
        }
        requireNote(note);
    }

    /** @throws RefusedException when it is too long */
    static void requireNote(String note) {
        Gate gate = new Gate();
        requireShort(gate, note, "note");
        gate.pass();
    }

    /** @throws RefusedException when there is none, or it is too long */
    static void requireReason(String reason) {
        Gate gate = new Gate().require(Gate.given(reason), "reason", "refusal.evidence.reason");
        requireShort(gate, reason, "reason");
        gate.pass();
    }

    private static void requireShort(Gate gate, String text, String field) {
        gate.require(text == null || text.length() <= LONGEST_TEXT, field, "refusal.evidence.long", LONGEST_TEXT);
    }
}
