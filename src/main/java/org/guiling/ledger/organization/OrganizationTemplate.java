package org.guiling.ledger.organization;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/**
 * The empty workbook of units and people (导入模板), in the language of the request: an example row in each sheet, which
 * the import passes over, and a sheet that explains each column.
 */
@Component
public class OrganizationTemplate {

    private static final int COLUMN_WIDTH = 20 * 256;
    private static final int EXPLANATION_WIDTH = 90 * 256;

    private final Texts texts;

    OrganizationTemplate(Texts texts) {
        this.texts = texts;
    }

    /** @param target gets the workbook; is left open */
    public void write(OutputStream target) throws IOException {
        try (Workbook workbook = new XSSFWorkbook()) {
            CellStyle bold = bold(workbook);
            for (OrganizationSheet each : OrganizationSheet.values()) {
                Sheet sheet = workbook.createSheet(word("sheet." + each.key()));
                List<String> columns = each.columns();
                write(
                        sheet,
                        0,
                        columns.stream().map(column -> word(each, column)).toList(),
                        bold);
                write(
                        sheet,
                        1,
                        columns.stream()
                                .map(column -> texts.get("organization.example." + each.key() + "." + column))
                                .toList(),
                        null);
                sheet.createFreezePane(0, 1);
            }
            explain(workbook, bold);
            workbook.write(target);
        }
    }

    private void explain(Workbook workbook, CellStyle bold) {
        Sheet sheet = workbook.createSheet(texts.get("organization.explain.sheet"));
        int line = 0;
        for (OrganizationSheet each : OrganizationSheet.values()) {
            write(sheet, line++, List.of(word("sheet." + each.key())), bold);
            for (String column : each.columns()) {
                String explained = texts.get("organization.explain." + each.key() + "." + column);
                write(sheet, line++, List.of(word(each, column), explained), null);
            }
        }
        write(sheet, line, List.of(texts.get("organization.explain.rest")), null);
        sheet.setColumnWidth(1, EXPLANATION_WIDTH);
    }

    private static void write(Sheet sheet, int number, List<String> values, CellStyle style) {
        Row row = sheet.createRow(number);
        for (int i = 0; i < values.size(); i++) {
            row.createCell(i).setCellValue(values.get(i));
            if (style != null) {
                row.getCell(i).setCellStyle(style);
            }
            sheet.setColumnWidth(i, COLUMN_WIDTH);
        }
    }

    private static CellStyle bold(Workbook workbook) {
        Font font = workbook.createFont();
        font.setBold(true);
        CellStyle style = workbook.createCellStyle();
        style.setFont(font);
        return style;
    }

    private String word(OrganizationSheet sheet, String column) {
        return word(sheet.key() + "." + column);
    }

    private String word(String key) {
        return texts.get("organization.words." + key).split(",")[0];
    }
}
