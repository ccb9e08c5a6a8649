package org.guiling.ledger.imports;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.guiling.ledger.imports.HeaderRow.Source;
import org.guiling.ledger.table.Limits;
import org.guiling.ledger.table.Merge;
import org.guiling.ledger.table.Row;
import org.guiling.ledger.table.TableFile;
import org.guiling.ledger.table.TableReader;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.ledger.value.UnitNames;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;

/** One pass over a file: finds the header of each sheet and hands on the rows below it as fields of the start form. */
final class ImportFile {

    private static final int HEADER_WITHIN_ROWS = 10;
    private static final int LONGEST_TOLD = 60;

    private final ImportRequest request;
    private final ImportProfile profile;
    private final RowFields rowFields;
    private final HeaderWords words;

    ImportFile(ImportRequest request, ImportProfile profile, RowFields rowFields) {
        this.request = request;
        this.profile = profile;
        this.rowFields = rowFields;
        this.words = new HeaderWords(profile);
    }

    /**
     * A row in the terms of the start form.
     *
     * @param ordinal 0 for the first row of the file
     * @param hidden whether the file does not show it
     */
    record MappedRow(int ordinal, String sheet, int number, boolean hidden, RowReading reading) {

        Map<String, Object> fields() {
            return reading.fields();
        }

        List<Problem> problems() {
            return reading.problems();
        }
    }

    /** Columns and sheets that were not read: key of the message and its argument. */
    record Ignored(String code, String what) {

        private static final String COLUMN = "import.ignored.column";
        /** A column that says whether a problem is done with; nothing else of it is kept. */
        private static final String STATE = "import.ignored.state";

        boolean isColumn() {
            return code.equals(COLUMN) || code.equals(STATE);
        }
    }

    /** A row that is no problem: what it is and how it begins. */
    record PlainRow(String sheet, int number, RowKind kind, String text) {}

    ImportProfile profile() {
        return profile;
    }

    /** The units that its words may mean. */
    UnitNames units() {
        return rowFields.units();
    }

    /** The same without a word about rows that are no problems. */
    List<Ignored> read(Consumer<MappedRow> sink) {
        return read(sink, row -> {});
    }

    /**
     * Reads the file from the beginning.
     *
     * @param others hears of the rows that are no problems
     * @return columns and sheets that were not read, in words
     * @throws RefusedException when the file as a whole cannot be imported
     */
    List<Ignored> read(Consumer<MappedRow> sink, Consumer<PlainRow> others) {
        List<Ignored> ignored = new ArrayList<>();
        List<String> headless = new ArrayList<>();
        HeaderGuess guess = new HeaderGuess(words, profile);
        int rows = 0;
        boolean found = false;
        try (TableReader reader = TableFile.open(request.source(), request.fileName(), words::isKnown)) {
            reader.hiddenSheets().forEach(sheet -> ignored.add(new Ignored("import.ignored.hidden", sheet)));
            while (reader.nextSheet()) {
                Sheet sheet = new Sheet(reader, rows);
                if (sheet.findHeader(guess)) {
                    found = true;
                    rows = sheet.readRows(sink, others);
                    ignored.addAll(sheet.ignored());
                } else if (sheet.seen) {
                    headless.add(reader.sheet());
                }
            }
        }
        if (!found) {
            throw guess.refusal(HEADER_WITHIN_ROWS);
        }
        headless.forEach(sheet -> ignored.add(new Ignored("import.ignored.headless", sheet)));
        return ignored;
    }

    private final class Sheet {

        private final TableReader reader;
        private final List<Merge> merges;
        private List<Merge> headerMerges = List.of();
        private final BitSet filled = new BitSet();
        private final Set<Ignored> unread = new LinkedHashSet<>();
        private int rows;
        private boolean seen;
        private HeaderRow header;
        private List<Integer> factColumns;
        private MergedRows merged;
        /** Rows below the header that were read to find it. */
        private final List<Row> ahead = new ArrayList<>();
        /** A problem that may go on in the next row. */
        private Row pending;

        Sheet(TableReader reader, int rows) {
            this.reader = reader;
            this.merges = reader.merges();
            this.rows = rows;
        }

        boolean findHeader(HeaderGuess guess) {
            List<Row> top = new ArrayList<>();
            for (Row row = reader.nextRow(); row != null; row = reader.nextRow()) {
                top.add(row);
                if (top.size() > HEADER_WITHIN_ROWS + 1) {
                    break;
                }
            }
            seen = !top.isEmpty();
            headerMerges = HeaderRow.mergesOf(top, merges);
            for (int i = 0; i < Math.min(HEADER_WITHIN_ROWS, top.size()); i++) {
                int lower = header(top, i);
                if (lower >= 0) {
                    ahead.addAll(top.subList(lower + 1, top.size()));
                    return true;
                }
                guess.see(reader.sheet(), top.get(i));
            }
            drain();
            return false;
        }

        /** Takes the row as a header, alone or with the one below it; the last row of it, or -1 where it is none. */
        private int header(List<Row> top, int i) {
            Row above = i == 0 ? null : top.get(i - 1);
            Row row = top.get(i);
            Row below = i + 1 < top.size() ? top.get(i + 1) : null;
            boolean two = below != null && HeaderRow.isLowerHalf(below, row, headerMerges, words);
            if (HeaderRow.isIn(words, profile.needed(), row)) {
                begin(HeaderRow.of(above, row, two ? below : null, headerMerges, words), two ? below : row);
                return two ? i + 1 : i;
            }
            // Unless the lower half says it all: the upper one may be a title then.
            if (two
                    && HeaderRow.isIn(words, profile.needed(), row, below)
                    && !HeaderRow.isIn(words, profile.needed(), below)) {
                begin(HeaderRow.of(null, row, below, headerMerges, words), below);
                return i + 1;
            }
            return -1;
        }

        private void begin(HeaderRow found, Row last) {
            if (header != null) {
                tellUnread();
            }
            header = found;
            RegistrationField fact = RegistrationField.of(profile.needed().get(0))
                    .filter(field -> header.sources(RegistrationField.FACT_TEXT).isEmpty())
                    .orElse(RegistrationField.FACT_TEXT);
            factColumns = header.sources(fact).stream()
                    .filter(source -> source.part() == 0)
                    .map(Source::column)
                    .toList();
            merged = new MergedRows(merges, last.number(), header, factColumns);
        }

        /** Returns the number of rows of the file so far. */
        int readRows(Consumer<MappedRow> sink, Consumer<PlainRow> others) {
            for (Row row = next(); row != null; row = next()) {
                Row whole = merged.filled(row);
                if (row.hidden() && request.choices().leaveHidden()) {
                    others.accept(new PlainRow(reader.sheet(), row.number(), RowKind.HIDDEN, shortened(row)));
                } else {
                    read(whole, sink, others);
                }
            }
            hand(sink);
            tellUnread();
            return rows;
        }

        private void read(Row row, Consumer<MappedRow> sink, Consumer<PlainRow> others) {
            RowKind kind = RowKind.of(row, header, factColumns);
            if (kind != RowKind.PROBLEM) {
                hand(sink);
                others.accept(new PlainRow(reader.sheet(), row.number(), kind, shortened(row)));
                if (kind == RowKind.HEADER
                        && !header.isRepeatedBy(row)
                        && HeaderRow.isIn(words, profile.needed(), row)) {
                    begin(HeaderRow.of(null, row, null, HeaderRow.mergesOf(List.of(row), merges), words), row);
                }
                return;
            }
            for (int column = 0; column < row.cells().size(); column++) {
                filled.set(column, filled.get(column) || row.cell(column) != null);
            }
            if (pending != null && merged.goesOn(row)) {
                pending = MergedRows.joined(pending, row);
                return;
            }
            hand(sink);
            pending = row;
        }

        private void hand(Consumer<MappedRow> sink) {
            if (pending == null) {
                return;
            }
            if (rows >= Limits.ROWS) {
                throw RefusedException.invalid("file", "import.rows", Limits.ROWS);
            }
            sink.accept(new MappedRow(
                    rows++, reader.sheet(), pending.number(), pending.hidden(), rowFields.of(pending, header)));
            pending = null;
        }

        private Row next() {
            return ahead.isEmpty() ? reader.nextRow() : ahead.remove(0);
        }

        List<Ignored> ignored() {
            return List.copyOf(unread);
        }

        private void tellUnread() {
            Set<String> columns = new LinkedHashSet<>(header.unmapped());
            filled.stream()
                    .filter(column -> !header.isLabelled(column))
                    .forEach(column -> columns.add(HeaderRow.name(column)));
            columns.forEach(column -> unread.add(new Ignored(Ignored.COLUMN, column)));
            header.states().forEach(column -> unread.add(new Ignored(Ignored.STATE, header.label(column))));
            filled.clear();
        }

        private void drain() {
            Row row = reader.nextRow();
            while (row != null) {
                row = reader.nextRow();
            }
        }
    }

    private static String shortened(Row row) {
        String text = row.cells().stream()
                .filter(Objects::nonNull)
                .map(cell -> cell.text().replace('\n', ' '))
                .collect(Collectors.joining(" "));
        int characters = text.codePointCount(0, text.length());
        return characters <= LONGEST_TOLD ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST_TOLD)) + "…";
    }
}
