package org.guiling.ledger.imports;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.guiling.ledger.table.Cell;
import org.guiling.ledger.table.Row;
import org.guiling.refusal.RefusedException;

/** Remembers the row that looked most like a header, to say why it is none. */
final class HeaderGuess {

    private static final int MAX_WORDS = 30;

    private final HeaderWords words;
    private final ImportProfile profile;
    private String sheet;
    private Row best;
    private long bestScore = -1;

    HeaderGuess(HeaderWords words, ImportProfile profile) {
        this.words = words;
        this.profile = profile;
    }

    void see(String sheetName, Row row) {
        long known = cells(row).stream().filter(words::isKnown).count();
        long score = known * 1000 + cells(row).size();
        if (score > bestScore) {
            bestScore = score;
            best = row;
            sheet = sheetName;
        }
    }

    /** Says which words were seen, which of them are known, and which column is missing. */
    RefusedException refusal(int withinRows) {
        if (best == null) {
            return RefusedException.invalid("file", "import.header.missing", withinRows, needed(profile.needed()));
        }
        List<String> missing = profile.needed().stream()
                .filter(field -> cells(best).stream().noneMatch(cell -> words.place(cell.text())
                        .filter(place -> place.field().key().equals(field))
                        .isPresent()))
                .toList();
        return RefusedException.invalid(
                "file",
                "import.header.unknown",
                withinRows,
                best.number(),
                quoted(cells(best)),
                quoted(cells(best).stream().filter(words::isKnown).toList()),
                needed(missing.isEmpty() ? profile.needed() : missing),
                sheet == null ? 0 : 1,
                sheet == null ? "" : sheet);
    }

    private String needed(List<String> fields) {
        return fields.stream()
                .map(field -> "“"
                        + profile.fields().get(field).columns().get(0).headers().get(0) + "”")
                .collect(Collectors.joining());
    }

    private static String quoted(List<Cell> cells) {
        String text = cells.stream()
                .limit(MAX_WORDS)
                .map(cell -> "“" + cell.text().lines().findFirst().orElse("") + "”")
                .collect(Collectors.joining());
        return text.isEmpty() ? "—" : text;
    }

    private static List<Cell> cells(Row row) {
        return row.cells().stream().filter(Objects::nonNull).toList();
    }
}
