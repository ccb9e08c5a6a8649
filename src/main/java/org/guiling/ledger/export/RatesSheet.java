package org.guiling.ledger.export;

import java.time.LocalDate;
import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.board.Figure;
import org.guiling.ledger.board.FigureTables;
import org.guiling.ledger.board.Grouping;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.text.Texts;

/**
 * The sheet of an export with the figures of a day (DOMAIN.md §5): a line for all items, then one for each unit, tier, category
 * and source. A rate stands with what it divides, so that whoever has the sheet can work it out again.
 */
final class RatesSheet {

    private static final int HEADER_HEIGHT_POINTS = 48;
    private static final int WIDTH_OF_GROUPS = 14;
    private static final int WIDTH_OF_NAMES = 30;
    private static final int WIDTH_OF_FIGURES = 11;
    private static final int WIDTH_OF_BASES = 9;
    private static final int LEADING_COLUMNS = 3;

    private final SXSSFSheet sheet;
    private final ExportStyles styles;
    private final Texts texts;
    private int line;

    RatesSheet(SXSSFSheet sheet, ExportStyles styles, Texts texts) {
        this.sheet = sheet;
        this.styles = styles;
        this.texts = texts;
    }

    void write(FigureTables figures, DataScope scope, LedgerFilter filter, LocalDate asOf) {
        boolean first = true;
        for (Grouping grouping : Grouping.values()) {
            List<FigureTables.Row> rows = figures.rows(scope, filter, null, asOf, grouping);
            if (first) {
                header(rows.get(0));
                row("", rows.get(0), texts.get("ledger.total"));
                first = false;
            }
            rows.stream().skip(1).forEach(row -> row(texts.label(grouping), row, row.name()));
        }
        styles.value(sheet.createRow(line + 1), 0, texts.get("ledger.as-of", asOf));
        styles.value(sheet.createRow(line + 2), 0, texts.get("ledger.rates.note"));
        sheet.createFreezePane(2, 1);
        sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
    }

    private void header(FigureTables.Row sample) {
        SXSSFRow header = sheet.createRow(line++);
        header.setHeightInPoints(HEADER_HEIGHT_POINTS);
        column(header, 0, texts.get("ledger.rates.by"), WIDTH_OF_GROUPS);
        column(header, 1, texts.get("ledger.rates.group"), WIDTH_OF_NAMES);
        column(header, 2, texts.get("board.rated"), WIDTH_OF_FIGURES);
        int column = LEADING_COLUMNS;
        for (Figure figure : sample.figures()) {
            String name = figure.name(texts);
            boolean isShare = figure.kind() == Figure.Kind.SHARE;
            column(header, column++, isShare ? texts.get("ledger.rates.percent", name) : name, WIDTH_OF_FIGURES);
            column(
                    header,
                    column++,
                    texts.get(isShare ? "ledger.rates.share" : "ledger.rates.measured"),
                    WIDTH_OF_BASES);
        }
    }

    private void column(SXSSFRow header, int column, String name, int width) {
        styles.header(header, column, name);
        sheet.setColumnWidth(column, width * 256);
    }

    private void row(String by, FigureTables.Row row, String name) {
        SXSSFRow cells = sheet.createRow(line++);
        styles.value(cells, 0, by);
        styles.value(cells, 1, "　".repeat(row.depth()) + name);
        styles.value(cells, 2, row.rated());
        int column = LEADING_COLUMNS;
        for (Figure figure : row.figures()) {
            // A number where there is one, so that it can be worked with, and otherwise why there is none.
            styles.value(cells, column++, figure.number() == null ? figure.text(texts) : figure.number());
            styles.value(cells, column++, figure.part() == null ? figure.whole() : figure.basis(texts));
        }
    }
}
