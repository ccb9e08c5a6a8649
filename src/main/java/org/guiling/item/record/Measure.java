package org.guiling.item.record;

import java.time.LocalDate;
import java.util.regex.Pattern;
import org.guiling.item.Track;

/**
 * One measure of the plan (整改措施).
 *
 * @param seq 1, 2, …
 * @param expectedResult what can be checked
 * @param done false until the handler reports it done
 * @param result what was done; null before
 * @param evidence where the evidence is found; null before
 */
public record Measure(
        int seq,
        String content,
        Track track,
        String owner,
        LocalDate due,
        String expectedResult,
        EvidenceType evidenceType,
        boolean done,
        String result,
        String evidence) {

    /** As many measures as a plan has at most. */
    public static final int LIMIT = 6;

    private static final Pattern NOTHING =
            Pattern.compile("(?:无|没有|暂无|略|none|nothing|n/?a)?[\\p{P}\\p{S}\\s]*", Pattern.CASE_INSENSITIVE);

    /** True where words say where the evidence is; 无 and the like say that there is none. */
    public boolean hasEvidenceInWords() {
        return evidence != null && !NOTHING.matcher(evidence.strip()).matches();
    }

    public Measure reported(boolean done, String result, String evidence) {
        return new Measure(seq, content, track, owner, due, expectedResult, evidenceType, done, result, evidence);
    }

    /** The name of a measure's input in a form, as refusals name it too. */
    public static String field(int seq, String detail) {
        return "measure" + seq + detail;
    }
}
