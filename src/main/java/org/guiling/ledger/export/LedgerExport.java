package org.guiling.ledger.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.util.DefaultTempFileCreationStrategy;
import org.apache.poi.util.TempFile;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.board.FigureTables;
import org.guiling.ledger.board.Figures;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.ledger.search.LedgerSql;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Writes the ledger as a workbook: one row for each item, a sheet of counts and one of the figures of a day (DOMAIN.md §5).
 * Rows go from the database to the file without gathering in memory.
 */
@Service
public class LedgerExport {

    private static final int ROWS_IN_MEMORY = 100;
    private static final int ROWS_FETCHED = 500;
    private static final int HEADER_HEIGHT_POINTS = 32;

    static final String TEMPORARY = "guiling-export";

    private final NamedParameterJdbcTemplate jdbc;
    private final TransactionTemplate snapshot;
    private final Figures figures;
    private final FigureTables figureTables;
    private final LedgerColumns columns;
    private final Texts texts;
    private final OfficeClock clock;

    LedgerExport(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Figures figures,
            FigureTables figureTables,
            LedgerColumns columns,
            Texts texts,
            OfficeClock clock) {
        JdbcTemplate streaming = new JdbcTemplate(jdbc.getDataSource());
        streaming.setFetchSize(ROWS_FETCHED);
        this.jdbc = new NamedParameterJdbcTemplate(streaming);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setReadOnly(true);
        // Both sheets tell of the same moment.
        this.snapshot.setIsolationLevel(TransactionTemplate.ISOLATION_REPEATABLE_READ);
        this.figures = figures;
        this.figureTables = figureTables;
        this.columns = columns;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Writes the items that scope and filter admit, with all columns in their usual order.
     *
     * @param scope what the reader may see at all
     * @param target gets the workbook; is left open
     */
    public void write(OutputStream target, DataScope scope, LedgerFilter filter) {
        write(target, scope, filter, Ledger.Sort.REGISTERED, LedgerColumns.keys(), clock.today());
    }

    /**
     * Looks at what is asked before anything leaves.
     *
     * @param asOf the day that the sheet of rates tells of
     * @throws RefusedException when there is no such column, a range ends before it begins, or the day is in the future or
     *     before the first item
     */
    public void check(DataScope scope, LedgerFilter filter, List<String> shown, LocalDate asOf) {
        columns.columns(shown);
        filter.where(clock.today(), scope);
        figureTables.check(scope, asOf);
    }

    /**
     * Writes the items that scope and filter admit.
     *
     * @param scope what the reader may see at all
     * @param target gets the workbook; is left open
     * @param shown keys of the columns, in their order
     * @param asOf the day that the sheet of rates tells of
     * @throws RefusedException when there is no such column
     */
    public void write(
            OutputStream target,
            DataScope scope,
            LedgerFilter filter,
            Ledger.Sort sort,
            List<String> shown,
            LocalDate asOf) {
        List<ExportColumn> exported = columns.columns(shown);
        Path folder = null;
        try {
            // POI's own folder belongs to whichever account of the machine was first to use it.
            folder = Files.createTempDirectory(TEMPORARY);
            TempFile.withStrategy(new DefaultTempFileCreationStrategy(folder.toFile()), () -> {
                writeWorkbook(target, scope, filter, sort, exported, asOf);
                return null;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            FileSystemUtils.deleteRecursively(folder == null ? null : folder.toFile());
        }
    }

    private void writeWorkbook(
            OutputStream target,
            DataScope scope,
            LedgerFilter filter,
            Ledger.Sort sort,
            List<ExportColumn> exported,
            LocalDate asOf) {
        try (SXSSFWorkbook workbook = new SXSSFWorkbook(ROWS_IN_MEMORY)) {
            ExportStyles styles = new ExportStyles(workbook);
            snapshot.executeWithoutResult(status -> {
                writeItems(
                        workbook.createSheet(texts.get("ledger.sheet.items")), styles, scope, filter, sort, exported);
                writeFigures(workbook.createSheet(texts.get("ledger.sheet.figures")), styles, scope, filter);
                String title = texts.get("ledger.sheet.rates");
                SXSSFSheet rates = workbook.createSheet(title);
                new RatesSheet(rates, styles, texts).write(figureTables, scope, filter, asOf);
                toPrint(rates, title, asOf);
            });
            workbook.write(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeItems(
            SXSSFSheet sheet,
            ExportStyles styles,
            DataScope scope,
            LedgerFilter filter,
            Ledger.Sort sort,
            List<ExportColumn> exported) {
        SXSSFRow header = sheet.createRow(0);
        header.setHeightInPoints(HEADER_HEIGHT_POINTS);
        for (int i = 0; i < exported.size(); i++) {
            sheet.setColumnWidth(i, exported.get(i).width() * 256);
            styles.header(
                    header, i, texts.get("ledger.column." + exported.get(i).key()));
        }
        sheet.createFreezePane(2, 1);
        sheet.setRepeatingRows(new CellRangeAddress(0, 0, -1, -1));
        toPrint(sheet, texts.get("ledger.sheet.items"), clock.today());

        LocalDate today = clock.today();
        LedgerFilter.Where where = filter.where(today, scope);
        ExportLabels labels = columns.labels();
        jdbc.query(LedgerSql.RECORDS + "where " + where.sql() + sort.orderBy(), where.parameters(), (ResultSet row) -> {
            writeItem(sheet, styles, exported, labels, row);
        });
        sheet.setAutoFilter(new CellRangeAddress(0, Math.max(1, sheet.getLastRowNum()), 0, exported.size() - 1));
    }

    /**
     * On paper a ledger lies on its side, as wide as the sheet and as long as it is: A3, as offices print it, with title, day
     * and page number.
     */
    private void toPrint(SXSSFSheet sheet, String title, LocalDate asOf) {
        PrintSetup setup = sheet.getPrintSetup();
        setup.setLandscape(true);
        setup.setPaperSize(PrintSetup.A3_PAPERSIZE);
        sheet.setFitToPage(true);
        setup.setFitWidth((short) 1);
        setup.setFitHeight((short) 0);
        sheet.setHorizontallyCenter(true);
        sheet.getHeader().setCenter(title);
        sheet.getHeader().setRight(texts.get("ledger.as-of", asOf));
        sheet.getFooter().setCenter("&P / &N");
    }

    private static void writeItem(
            SXSSFSheet sheet, ExportStyles styles, List<ExportColumn> exported, ExportLabels labels, ResultSet row)
            throws SQLException {
        SXSSFRow line = sheet.createRow(sheet.getLastRowNum() + 1);
        for (int i = 0; i < exported.size(); i++) {
            styles.value(line, i, exported.get(i).value().of(row, labels));
        }
    }

    private void writeFigures(SXSSFSheet sheet, ExportStyles styles, DataScope scope, LedgerFilter filter) {
        LocalDate today = clock.today();
        Map<ItemStatus, Map<Light, Long>> counts = figures.byStatusAndLight(scope, filter, today);
        SXSSFRow header = sheet.createRow(0);
        styles.header(header, 0, texts.get("ledger.column.status"));
        Light[] lights = Light.values();
        for (int i = 0; i < lights.length; i++) {
            styles.header(header, i + 1, texts.label(lights[i]));
        }
        styles.header(header, lights.length + 1, texts.get("ledger.total"));
        Map<Light, Long> totals = new HashMap<>();
        int line = 1;
        for (Map.Entry<ItemStatus, Map<Light, Long>> status : counts.entrySet()) {
            status.getValue().forEach((light, count) -> totals.merge(light, count, Long::sum));
            writeCounts(sheet.createRow(line++), styles, texts.label(status.getKey()), status.getValue());
        }
        writeCounts(sheet.createRow(line), styles, texts.get("ledger.total"), totals);
        styles.value(sheet.createRow(line + 2), 0, texts.get("ledger.as-of", today));
        sheet.setColumnWidth(0, 24 * 256);
        sheet.createFreezePane(1, 1);
        toPrint(sheet, texts.get("ledger.sheet.figures"), today);
    }

    private static void writeCounts(SXSSFRow row, ExportStyles styles, String label, Map<Light, Long> counts) {
        styles.value(row, 0, label);
        Light[] lights = Light.values();
        long total = 0;
        for (int i = 0; i < lights.length; i++) {
            long count = counts.getOrDefault(lights[i], 0L);
            styles.value(row, i + 1, count);
            total += count;
        }
        styles.value(row, lights.length + 1, total);
    }
}
