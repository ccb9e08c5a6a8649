package org.guiling.ledger.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.guiling.refusal.RefusedException;

/**
 * Reads the workbooks of before 2007 (BIFF8: xls, and et by WPS). Their sheets hold at most 65,536 rows, and nothing in
 * them is compressed, so that the object model of POI is as large as the file lets it be.
 */
final class XlsReader implements TableReader {

    private final HSSFWorkbook workbook;
    private final List<HSSFSheet> visible = new ArrayList<>();
    private final List<String> hidden = new ArrayList<>();
    private final NumberFormats formats = NumberFormats.none();
    private final boolean since1904;
    private int next;
    private HSSFSheet sheet;
    private int row;

    private XlsReader(HSSFWorkbook workbook) {
        this.workbook = workbook;
        this.since1904 = workbook.getInternalWorkbook().isUsing1904DateWindowing();
        for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
            if (workbook.getSheetVisibility(i) == SheetVisibility.VISIBLE) {
                visible.add(workbook.getSheetAt(i));
            } else {
                hidden.add(CellText.clean(workbook.getSheetName(i)));
            }
        }
        if (visible.isEmpty()) {
            throw Refusal.of("import.sheet.missing");
        }
    }

    static XlsReader open(Path file) {
        try (POIFSFileSystem container = new POIFSFileSystem(file.toFile(), true)) {
            if (container.getRoot().hasEntryCaseInsensitive("_VBA_PROJECT_CUR")) {
                throw Refusal.of("import.file.macros");
            }
            // Without the other nodes of the container: pictures and objects are nothing to read.
            return new XlsReader(new HSSFWorkbook(container.getRoot(), false));
        } catch (RefusedException refused) {
            throw refused;
        } catch (IOException | RuntimeException e) {
            RefusedException refused = Refusal.of("import.file.xls");
            refused.initCause(e);
            throw refused;
        }
    }

    @Override
    public boolean nextSheet() {
        if (next == visible.size()) {
            return false;
        }
        sheet = visible.get(next++);
        row = 0;
        return true;
    }

    @Override
    public String sheet() {
        return CellText.clean(sheet.getSheetName());
    }

    @Override
    public Row nextRow() {
        while (row <= sheet.getLastRowNum()) {
            var stored = sheet.getRow(row++);
            List<Cell> cells = stored == null ? List.of() : cells(stored);
            if (!cells.isEmpty()) {
                return new Row(row, cells, stored.getZeroHeight());
            }
        }
        return null;
    }

    @Override
    public List<Merge> merges() {
        if (sheet.getNumMergedRegions() > Limits.MERGES) {
            throw Refusal.of("import.file.bomb");
        }
        return sheet.getMergedRegions().stream()
                .map(region -> new Merge(
                        region.getFirstRow() + 1,
                        region.getLastRow() + 1,
                        region.getFirstColumn(),
                        region.getLastColumn()))
                .toList();
    }

    @Override
    public List<String> hiddenSheets() {
        return List.copyOf(hidden);
    }

    @Override
    public void close() {
        try {
            workbook.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Cell> cells(org.apache.poi.ss.usermodel.Row stored) {
        List<Cell> cells = new ArrayList<>();
        for (org.apache.poi.ss.usermodel.Cell from : stored) {
            Cell cell = cell(from);
            if (cell != null) {
                if (from.getColumnIndex() >= Limits.COLUMNS) {
                    throw Refusal.of("import.columns", Limits.COLUMNS);
                }
                while (cells.size() < from.getColumnIndex()) {
                    cells.add(null);
                }
                cells.add(cell);
            }
        }
        return cells;
    }

    private Cell cell(org.apache.poi.ss.usermodel.Cell from) {
        boolean formula = from.getCellType() == CellType.FORMULA;
        Cell cell =
                switch (formula ? from.getCachedFormulaResultType() : from.getCellType()) {
                    case STRING -> text(from.getStringCellValue());
                    case NUMERIC ->
                        formats.cell(
                                from.getNumericCellValue(),
                                from.getCellStyle().getDataFormat(),
                                from.getCellStyle().getDataFormatString(),
                                since1904);
                    case BOOLEAN -> Cell.text(from.getBooleanCellValue() ? "TRUE" : "FALSE");
                    case ERROR ->
                        new Cell(
                                Cell.Kind.ERROR,
                                FormulaError.forInt(from.getErrorCellValue()).getString(),
                                null);
                    default -> null;
                };
        return formula && cell != null ? cell.ofFormula() : cell;
    }

    private Cell text(String raw) {
        String clean = CellText.clean(raw);
        return clean.isEmpty() ? null : Cell.text(clean);
    }
}
