package org.guiling.ledger.export;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** The cell styles of an export. A text is a text: none can turn into a formula, not even when it is edited. */
final class ExportStyles {

    private static final String FORMULA_STARTS = "=+-@\t\r";
    private static final int LONGEST_TEXT = 32_767;
    private static final String CUT = "…";

    private final CellStyle header;
    private final CellStyle text;
    private final CellStyle quoted;
    private final CellStyle date;
    private final CellStyle number;

    ExportStyles(SXSSFWorkbook workbook) {
        header = cell(workbook);
        header.setAlignment(HorizontalAlignment.CENTER);
        header.setVerticalAlignment(VerticalAlignment.CENTER);
        header.setFillForegroundColor(IndexedColors.PALE_BLUE.getIndex());
        header.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        Font bold = workbook.createFont();
        bold.setBold(true);
        header.setFont(bold);
        text = cell(workbook);
        quoted = cell(workbook);
        quoted.setQuotePrefixed(true);
        date = cell(workbook);
        date.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
        number = cell(workbook);
    }

    void header(SXSSFRow row, int column, String label) {
        Cell cell = row.createCell(column);
        cell.setCellStyle(header);
        cell.setCellValue(label);
    }

    /** A day, a number or a text; nothing for null and for an empty text. */
    void value(SXSSFRow row, int column, Object value) {
        if (value == null || "".equals(value)) {
            return;
        }
        Cell cell = row.createCell(column);
        if (value instanceof LocalDate day) {
            cell.setCellStyle(date);
            cell.setCellValue(day);
        } else if (value instanceof Number amount) {
            cell.setCellStyle(number);
            cell.setCellValue(new BigDecimal(amount.toString()).doubleValue());
        } else {
            String content = value.toString();
            cell.setCellStyle(FORMULA_STARTS.indexOf(content.charAt(0)) >= 0 ? quoted : text);
            cell.setCellValue(
                    content.length() <= LONGEST_TEXT
                            ? content
                            : content.substring(0, LONGEST_TEXT - CUT.length()) + CUT);
        }
    }

    private static CellStyle cell(SXSSFWorkbook workbook) {
        CellStyle style = workbook.createCellStyle();
        style.setWrapText(true);
        style.setVerticalAlignment(VerticalAlignment.TOP);
        style.setBorderBottom(BorderStyle.THIN);
        style.setBorderTop(BorderStyle.THIN);
        style.setBorderLeft(BorderStyle.THIN);
        style.setBorderRight(BorderStyle.THIN);
        return style;
    }
}
