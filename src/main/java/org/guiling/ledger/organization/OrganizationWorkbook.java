package org.guiling.ledger.organization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.poi.ss.util.CellReference;
import org.guiling.ledger.table.Cell;
import org.guiling.ledger.table.Limits;
import org.guiling.ledger.table.Merge;
import org.guiling.ledger.table.Row;
import org.guiling.ledger.table.TableFile;
import org.guiling.ledger.table.TableReader;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;

/** Reads a workbook of units and people into rows. */
final class OrganizationWorkbook {

    private final OrganizationWords words;
    private final Texts texts;
    private final Set<OrganizationSheet> found = EnumSet.noneOf(OrganizationSheet.class);
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    private OrganizationWorkbook(OrganizationWords words, Texts texts) {
        this.words = words;
        this.texts = texts;
    }

    /**
     * A row below the header.
     *
     * @param sheetName as the file has it
     * @param columns where the sheet has its fields, counted from 0
     * @param values by field; a blank cell has none
     * @param problems of cells that cannot be read
     */
    record Entry(
            OrganizationSheet sheet,
            String sheetName,
            int row,
            Map<String, Integer> columns,
            Map<String, String> values,
            List<Problem> problems) {

        String value(String field) {
            return values.get(field);
        }

        /** The cell of a field, such as {@code B3}; null when the sheet has no such column. */
        String cell(String field) {
            Integer column = field == null ? null : columns.get(field);
            return column == null ? null : CellReference.convertNumToColString(column) + row;
        }
    }

    /** @param ignored what was not read, in words */
    record Content(List<Entry> entries, List<String> ignored) {}

    /** @throws RefusedException when the file as a whole cannot be read */
    static Content read(Path file, String fileName, OrganizationWords words, Texts texts) {
        OrganizationWorkbook workbook = new OrganizationWorkbook(words, texts);
        try (TableReader reader = TableFile.open(file, fileName, header -> false)) {
            reader.hiddenSheets().forEach(sheet -> workbook.ignored.add(texts.get("import.ignored.hidden", sheet)));
            while (reader.nextSheet()) {
                workbook.readSheet(reader);
            }
        }
        if (workbook.found.isEmpty()) {
            throw refused("organization.import.sheets");
        }
        return new Content(workbook.entries, workbook.ignored);
    }

    private void readSheet(TableReader reader) {
        OrganizationSheet sheet =
                reader.sheet() == null ? null : words.sheet(reader.sheet()).orElse(null);
        if (sheet == null) {
            ignored.add(texts.get("organization.import.ignored-sheet", String.valueOf(reader.sheet())));
            while (reader.nextRow() != null) {
                // read to its end, so that a file that is too large is refused wherever it is
            }
            return;
        }
        if (!found.add(sheet)) {
            throw refused("organization.import.sheet-twice", reader.sheet());
        }
        Map<String, Integer> columns = header(reader, sheet);
        for (Row row = reader.nextRow(); row != null; row = reader.nextRow()) {
            if (entries.size() >= Limits.ROWS) {
                throw refused("import.rows", Limits.ROWS);
            }
            Entry entry = entry(reader.sheet(), sheet, columns, row);
            if (!entry.values().isEmpty() && !isExample(entry)) {
                entries.add(entry);
            }
        }
        if (reader.merges().stream().anyMatch(Merge::spansRows)) {
            throw refused("organization.import.merged", reader.sheet());
        }
    }

    private boolean isExample(Entry entry) {
        String first = entry.value(entry.sheet().columns().get(0));
        return first != null && words.isExample(first);
    }

    private Map<String, Integer> header(TableReader reader, OrganizationSheet sheet) {
        Map<String, Integer> columns = new HashMap<>();
        Row row = reader.nextRow();
        for (int i = 0; row != null && i < row.cells().size(); i++) {
            if (row.cell(i) == null) {
                continue;
            }
            String header = row.cell(i).text();
            String column = words.column(sheet, header).orElse(null);
            if (column == null) {
                ignored.add(texts.get("import.ignored.column", header));
            } else if (columns.put(column, i) != null) {
                throw refused("organization.import.column-twice", reader.sheet(), header);
            }
        }
        List<String> missing = sheet.needed().stream()
                .filter(column -> !columns.containsKey(column))
                .map(column -> label(sheet, column))
                .toList();
        if (!missing.isEmpty()) {
            throw refused(
                    "organization.import.columns",
                    reader.sheet(),
                    missing.stream().collect(Collectors.joining(texts.get("list.separator"))));
        }
        return columns;
    }

    private Entry entry(String sheetName, OrganizationSheet sheet, Map<String, Integer> columns, Row row) {
        Map<String, String> values = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        columns.forEach((field, column) -> {
            Cell cell = row.cell(column);
            if (cell == null) {
                return;
            }
            values.put(field, cell.text());
            if (cell.formula()) {
                problems.add(Problem.of(field, "organization.import.formula", label(sheet, field)));
            } else if (cell.kind() == Cell.Kind.ERROR) {
                problems.add(Problem.of(field, "import.cell.error", label(sheet, field), cell.text()));
            }
        });
        return new Entry(sheet, sheetName, row.number(), columns, values, problems);
    }

    private String label(OrganizationSheet sheet, String field) {
        return texts.get("organization.words." + sheet.key() + "." + field).split(",")[0];
    }

    private static RefusedException refused(String code, Object... arguments) {
        return RefusedException.invalid("file", code, arguments);
    }
}
