package org.guiling.web.support;

import java.util.List;
import java.util.Map;

/**
 * The facts that whoever decides on an item has to have seen (案卷, DOMAIN.md §4): nobody signs blind. Parts that do not
 * exist yet are empty.
 *
 * @param problem what it is about; rows of {@code label} and {@code value}, as {@code plan}, {@code outcome} and
 *     {@code inspection}
 * @param evidence of the item as a whole
 * @param ofVerifiers what those who verified brought with them
 * @param defects of every round
 * @param history the newest first; the whole of it is on the item's page
 * @param moreHistory how many lines there are beyond it
 */
record CaseFile(
        String itemNo,
        List<Map<String, Object>> problem,
        List<Map<String, Object>> plan,
        List<MeasureLine> measures,
        List<File> evidence,
        List<File> ofVerifiers,
        List<Map<String, Object>> outcome,
        List<DefectLine> defects,
        List<Map<String, Object>> inspection,
        List<Map<String, Object>> signOffs,
        List<Line> history,
        int moreHistory) {

    /**
     * A measure with what shows it.
     *
     * @param facts {@code content}, {@code owner} and so on, as {@link org.guiling.engine.form.WorkFacts#measures} names them
     */
    record MeasureLine(Map<String, Object> facts, List<File> files) {}

    /**
     * A file that counts.
     *
     * @param link null where the content is not to be had
     * @param picture null where there is no small picture
     * @param version more than 1 where it was replaced
     */
    record File(String name, String extension, String link, String picture, int version, String by, String at) {}

    /** @param round the round that had to mend it */
    record DefectLine(int round, String content, String from) {}

    record Line(String at, String who, String text, boolean refused) {}
}
