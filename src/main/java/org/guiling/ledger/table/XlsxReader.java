package org.guiling.ledger.table;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.guiling.ledger.table.WorkbookParts.Relationship;

/**
 * Reads xlsx by pulling events out of the sheet's XML: one row in memory, besides the shared strings. The object model
 * of POI would hold the sheet and parse parts before their size can be judged, so only its arithmetic is used.
 */
final class XlsxReader implements TableReader {

    private static final int LONGEST_NUMBER = 64;

    private final WorkbookParts parts;
    private final List<String> hidden = new ArrayList<>();
    private final Iterator<SheetPart> sheets;
    private SharedStrings strings = SharedStrings.none();
    private NumberFormats formats = NumberFormats.none();
    private boolean date1904;

    private String sheet;
    private Xml xml;
    private int rowNumber;
    private boolean rowsRead;
    private final List<Merge> merges = new ArrayList<>();

    private record SheetPart(String name, String part) {}

    private XlsxReader(WorkbookParts parts) {
        this.parts = parts;
        this.sheets = workbook().iterator();
    }

    static XlsxReader open(Path file) {
        WorkbookParts parts = WorkbookParts.open(file);
        try {
            return new XlsxReader(parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    @Override
    public boolean nextSheet() {
        closeSheet();
        if (!sheets.hasNext()) {
            return false;
        }
        SheetPart next = sheets.next();
        sheet = next.name();
        merges.clear();
        readMerges(next.part());
        xml = parts.read(next.part());
        rowNumber = 0;
        rowsRead = false;
        return true;
    }

    @Override
    public String sheet() {
        return sheet;
    }

    @Override
    public Row nextRow() {
        while (!rowsRead && xml.next()) {
            if (xml.isStart("row")) {
                rowNumber = xml.number("r", rowNumber + 1);
                boolean hidden = isTrue(xml.attribute("hidden"));
                List<Cell> cells = cells();
                if (!cells.isEmpty()) {
                    return new Row(rowNumber, cells, hidden);
                }
            } else if (xml.isEnd("sheetData")) {
                rowsRead = true;
            }
        }
        rowsRead = true;
        return null;
    }

    @Override
    public List<Merge> merges() {
        return List.copyOf(merges);
    }

    @Override
    public List<String> hiddenSheets() {
        return List.copyOf(hidden);
    }

    @Override
    public void close() {
        closeSheet();
        parts.close();
    }

    private void closeSheet() {
        if (xml != null) {
            xml.close();
            xml = null;
        }
    }

    private List<SheetPart> workbook() {
        String workbook = parts.relationships("").stream()
                .filter(relationship -> relationship.kind().equals("officeDocument"))
                .findFirst()
                .orElseThrow(() -> Refusal.of("import.file.no-workbook"))
                .target();
        Map<String, String> targets = new HashMap<>();
        for (Relationship relationship : parts.relationships(workbook)) {
            targets.put(relationship.id(), relationship.target());
            if (parts.has(relationship.target())) {
                readShared(relationship);
            }
        }
        List<SheetPart> visible = new ArrayList<>();
        try (Xml book = parts.read(workbook)) {
            while (book.next()) {
                if (book.isStart("workbookPr")) {
                    date1904 = isTrue(book.attribute("date1904"));
                } else if (book.isStart("sheet")) {
                    addSheet(book, targets, visible);
                }
            }
        }
        if (visible.isEmpty()) {
            throw Refusal.of("import.sheet.missing");
        }
        return visible;
    }

    private void readShared(Relationship relationship) {
        if (relationship.kind().equals("sharedStrings")) {
            try (Xml part = parts.read(relationship.target())) {
                strings = SharedStrings.read(part);
            }
        } else if (relationship.kind().equals("styles")) {
            try (Xml part = parts.read(relationship.target())) {
                formats = NumberFormats.read(part);
            }
        }
    }

    private void addSheet(Xml book, Map<String, String> targets, List<SheetPart> visible) {
        String name = CellText.clean(String.valueOf(book.attribute("name")));
        String target = targets.get(book.attribute("id"));
        if (target == null || !parts.has(target)) {
            throw Refusal.of("import.sheet.missing");
        }
        String state = book.attribute("state");
        if ("hidden".equals(state) || "veryHidden".equals(state)) {
            hidden.add(name);
        } else {
            visible.add(new SheetPart(name, target));
        }
    }

    /** The cells of the current row, up to its end. */
    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        int column = -1;
        while (xml.next() && !xml.isEnd("row")) {
            if (xml.isStart("c")) {
                String reference = xml.attribute("r");
                column = reference == null ? column + 1 : column(reference);
                Cell cell = cell(xml.attribute("t"), xml.number("s", 0));
                if (cell != null) {
                    put(cells, column, cell);
                }
            }
        }
        return cells;
    }

    private static void put(List<Cell> cells, int column, Cell cell) {
        if (column >= Limits.COLUMNS) {
            throw Refusal.of("import.columns", Limits.COLUMNS);
        }
        while (cells.size() <= column) {
            cells.add(null);
        }
        cells.set(column, cell);
    }

    private Cell cell(String type, int style) {
        boolean formula = false;
        String inline = null;
        StringBuilder value = new StringBuilder();
        boolean more = xml.next();
        while (more && !xml.isEnd("c")) {
            if (xml.isStart("v")) {
                xml.text(value);
            } else if (xml.isStart("is")) {
                inline = SharedStrings.richText(xml, "is");
            } else {
                formula |= xml.isStart("f");
                more = xml.next();
            }
        }
        if (inline != null) {
            return text(inline);
        }
        if (value.isEmpty()) {
            return formula && !"str".equals(type) ? new Cell(Cell.Kind.NO_VALUE, "", null).ofFormula() : null;
        }
        Cell cell = typed(type == null ? "n" : type, value.toString(), style);
        return formula && cell != null ? cell.ofFormula() : cell;
    }

    private Cell typed(String type, String value, int style) {
        return switch (type) {
            case "s" -> text(strings.get(value));
            case "str" -> text(CellText.unescape(value));
            case "inlineStr" -> null;
            case "b" -> Cell.text("1".equals(value) ? "TRUE" : "FALSE");
            case "e" -> new Cell(Cell.Kind.ERROR, CellText.clean(value), null);
            case "d" -> isoDate(value);
            case "n" -> number(value, style);
            default -> throw Refusal.of("import.file.damaged");
        };
    }

    /** Null when there is nothing to read in it. */
    private Cell text(String raw) {
        if (raw.length() > Limits.CELL_CHARACTERS) {
            throw Refusal.of("import.cell.long", rowNumber, Limits.CELL_CHARACTERS);
        }
        String clean = CellText.clean(raw);
        return clean.isEmpty() ? null : Cell.text(clean);
    }

    private Cell number(String value, int style) {
        double number;
        try {
            number = value.length() > LONGEST_NUMBER ? Double.NaN : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw Refusal.damaged(e);
        }
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw Refusal.of("import.file.damaged");
        }
        return formats.cell(number, style, date1904);
    }

    private static boolean isTrue(String value) {
        return "1".equals(value) || "true".equals(value);
    }

    private static Cell isoDate(String value) {
        try {
            LocalDate day = LocalDate.parse(value.strip().split("T", 2)[0]);
            return new Cell(Cell.Kind.DATE, day.toString(), day);
        } catch (DateTimeParseException e) {
            throw Refusal.damaged(e);
        }
    }

    /** They stand behind the rows in the file, and rows cannot be understood without them. */
    private void readMerges(String part) {
        try (Xml sheetPart = parts.read(part)) {
            while (sheetPart.next()) {
                if (sheetPart.isStart("mergeCell")) {
                    String[] corners =
                            String.valueOf(sheetPart.attribute("ref")).split(":");
                    String last = corners[corners.length - 1];
                    merges.add(new Merge(row(corners[0]), row(last), column(corners[0]), column(last)));
                    if (merges.size() > Limits.MERGES) {
                        throw Refusal.of("import.file.bomb");
                    }
                }
            }
        }
    }

    /** The column of a reference such as {@code AB12}, counted from 0. */
    private static int column(String reference) {
        int column = 0;
        for (int i = 0; i < reference.length() && Character.isLetter(reference.charAt(i)); i++) {
            column = column * 26 + Character.toUpperCase(reference.charAt(i)) - 'A' + 1;
            if (i >= 3 || column < 1) {
                throw Refusal.of("import.file.damaged");
            }
        }
        if (column == 0) {
            throw Refusal.of("import.file.damaged");
        }
        return column - 1;
    }

    private static int row(String reference) {
        try {
            return Integer.parseInt(reference.replaceFirst("^[A-Za-z]+", ""));
        } catch (NumberFormatException e) {
            throw Refusal.damaged(e);
        }
    }
}
