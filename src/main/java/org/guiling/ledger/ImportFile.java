package org.guiling.ledger;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.guiling.item.Problem;
import org.guiling.item.RefusedException;
import org.guiling.ledger.ImportProfile.Place;
import org.guiling.ledger.table.Limits;
import org.guiling.ledger.table.Merge;
import org.guiling.ledger.table.Row;
import org.guiling.ledger.table.TableFile;
import org.guiling.ledger.table.TableReader;

/** One pass over a file: finds the header of each sheet and hands on the rows below it as fields of the start form. */
final class ImportFile {

    private static final int HEADER_WITHIN_ROWS = 10;

    private final ImportRequest request;
    private final ImportProfile profile;
    private final RowFields rowFields;
    private final Map<String, Place> known;

    ImportFile(ImportRequest request, ImportProfile profile, RowFields rowFields) {
        this.request = request;
        this.profile = profile;
        this.rowFields = rowFields;
        this.known = profile.places();
    }

    /**
     * A row in the terms of the start form.
     *
     * @param ordinal 0 for the first row of the file
     * @param problems what its cells could not say, for example {@code #REF!}
     */
    record MappedRow(int ordinal, String sheet, int number, Map<String, Object> fields, List<Problem> problems) {}

    /**
     * Reads the file from the beginning.
     *
     * @return columns and sheets that were not read, in words
     * @throws RefusedException when the file as a whole cannot be imported
     */
    List<Ignored> read(Consumer<MappedRow> sink) {
        List<Ignored> ignored = new ArrayList<>();
        List<String> headless = new ArrayList<>();
        int rows = 0;
        boolean found = false;
        try (TableReader reader = TableFile.open(
                request.source(), request.fileName(), text -> known.containsKey(Normal.ofHeader(text)))) {
            reader.hiddenSheets().forEach(sheet -> ignored.add(new Ignored("import.ignored.hidden", sheet)));
            while (reader.nextSheet()) {
                Sheet sheet = new Sheet(reader, rows);
                if (sheet.findHeader()) {
                    found = true;
                    rows = sheet.readRows(sink);
                    ignored.addAll(sheet.ignored());
                } else if (sheet.seen) {
                    headless.add(reader.sheet());
                }
            }
        }
        if (!found) {
            throw refused("import.header.missing", HEADER_WITHIN_ROWS, neededHeaders());
        }
        headless.forEach(sheet -> ignored.add(new Ignored("import.ignored.headless", sheet)));
        return ignored;
    }

    /** Something that was not read: key of the message and its argument. */
    record Ignored(String code, String what) {}

    private final class Sheet {

        private final TableReader reader;
        private final BitSet filled = new BitSet();
        private int rows;
        private boolean seen;
        private HeaderRow header;
        private int firstHeaderRow;
        private int lastHeaderRow;
        /** The first row below the header when it was read to see whether it belongs to it. */
        private Row ahead;

        Sheet(TableReader reader, int rows) {
            this.reader = reader;
            this.rows = rows;
        }

        boolean findHeader() {
            Row above = null;
            for (int i = 0; i < HEADER_WITHIN_ROWS; i++) {
                Row row = reader.nextRow();
                if (row == null) {
                    return false;
                }
                seen = true;
                if (HeaderRow.isIn(row, known, profile.needed())) {
                    ahead = reader.nextRow();
                    boolean two = ahead != null && HeaderRow.isOnlyHeaders(ahead, known);
                    header = HeaderRow.of(above, row, two ? ahead : null, known);
                    firstHeaderRow = above == null ? row.number() : above.number();
                    lastHeaderRow = two ? ahead.number() : row.number();
                    ahead = two ? reader.nextRow() : ahead;
                    return true;
                }
                above = row;
            }
            drain();
            return false;
        }

        /** Returns the number of rows of the file so far. */
        int readRows(Consumer<MappedRow> sink) {
            for (Row row = ahead; row != null; row = reader.nextRow()) {
                if (rows >= Limits.ROWS) {
                    throw refused("import.rows", Limits.ROWS);
                }
                for (int column = 0; column < row.cells().size(); column++) {
                    filled.set(column, filled.get(column) || row.cell(column) != null);
                }
                List<Problem> problems = new ArrayList<>();
                Map<String, Object> fields = rowFields.of(row, header, problems);
                sink.accept(new MappedRow(rows++, reader.sheet(), row.number(), fields, problems));
            }
            reader.merges().forEach(this::requireUnmerged);
            return rows;
        }

        List<Ignored> ignored() {
            Set<String> columns = new LinkedHashSet<>(header.unmapped());
            filled.stream()
                    .filter(column -> !header.isLabelled(column))
                    .forEach(column -> columns.add(HeaderRow.name(column)));
            return columns.stream()
                    .map(column -> new Ignored("import.ignored.column", column))
                    .toList();
        }

        /** A merged region shows one value in many cells and stores it in one: what the others mean is a guess. */
        private void requireUnmerged(Merge merge) {
            boolean mapped = header.isMapped(merge.firstColumn());
            if (merge.firstRow() > lastHeaderRow && merge.spansRows() && mapped) {
                throw refused(
                        "import.merged.rows", header.label(merge.firstColumn()), merge.firstRow(), merge.lastRow());
            }
            boolean inHeader = merge.lastRow() >= firstHeaderRow && merge.firstRow() <= lastHeaderRow;
            if (inHeader && merge.spansColumns() && mapped) {
                for (int column = merge.firstColumn() + 1; column <= merge.lastColumn(); column++) {
                    if (filled.get(column) && !header.isLabelled(column)) {
                        throw refused(
                                "import.merged.header",
                                header.label(merge.firstColumn()),
                                HeaderRow.name(merge.firstColumn()),
                                HeaderRow.name(merge.lastColumn()));
                    }
                }
            }
        }

        private void drain() {
            Row row = reader.nextRow();
            while (row != null) {
                row = reader.nextRow();
            }
        }
    }

    private String neededHeaders() {
        return profile.needed().stream()
                .map(field -> "“"
                        + profile.fields().get(field).columns().get(0).headers().get(0) + "”")
                .collect(Collectors.joining());
    }

    private static RefusedException refused(String code, Object... arguments) {
        return RefusedException.invalid("file", code, arguments);
    }
}
