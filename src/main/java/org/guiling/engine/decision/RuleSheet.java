package org.guiling.engine.decision;

import java.util.List;

/**
 * A decision table as people read it.
 *
 * @param columns inputs first, then outputs
 */
public record RuleSheet(List<Column> columns, List<Row> rows) {

    /** @param label the heading in the file */
    public record Column(RuleColumn column, String label, boolean output) {}

    /**
     * @param description what the row is for; may be empty
     * @param cells as they stand in the file, in the order of the columns
     */
    public record Row(String description, List<String> cells) {}
}
