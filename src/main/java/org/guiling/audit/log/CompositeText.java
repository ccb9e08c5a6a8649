package org.guiling.audit.log;

import java.util.ArrayList;
import java.util.List;

/** A row as PostgreSQL writes it as text: {@code (1,"a ""quoted"" word",,2)}. */
final class CompositeText {

    private CompositeText() {}

    /**
     * Its columns; null for one without a value.
     *
     * @throws IllegalArgumentException when it is none
     */
    static List<String> columns(String text) {
        if (text.length() < 2 || text.charAt(0) != '(' || text.charAt(text.length() - 1) != ')') {
            throw new IllegalArgumentException("No row in brackets");
        }
        List<String> columns = new ArrayList<>();
        StringBuilder column = new StringBuilder();
        boolean quoted = false;
        boolean given = false;
        int end = text.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = text.charAt(i);
            boolean doubled = (c == '"' || c == '\\') && quoted && i + 1 < end && text.charAt(i + 1) == c;
            if (doubled) {
                column.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
                given = true;
            } else if (c == ',' && !quoted) {
                columns.add(given ? column.toString() : null);
                column.setLength(0);
                given = false;
            } else {
                column.append(c);
                given = true;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("A quotation that does not end");
        }
        columns.add(given ? column.toString() : null);
        return columns;
    }
}
