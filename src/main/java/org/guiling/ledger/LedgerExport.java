package org.guiling.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.util.DefaultTempFileCreationStrategy;
import org.apache.poi.util.TempFile;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.DataScope;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.organization.Organization;
import org.guiling.organization.Unit;
import org.guiling.text.Texts;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Writes the ledger as a workbook: one row for each item, and a sheet of figures. Rows go from the database to the file
 * without gathering in memory.
 */
@Service
public class LedgerExport {

    private static final int ROWS_IN_MEMORY = 100;
    private static final int ROWS_FETCHED = 500;
    private static final int HEADER_HEIGHT_POINTS = 32;

    private static final String QUERY = """
            select item.*, clock.due, %s as light,
                registrar.name as registered_by_name, reviewer.name as reviewed_by_name, handler.name as handler_name,
                (select json_agg(json_build_object('seq', seq, 'content', content, 'track', track, 'owner', owner,
                            'due', due, 'expectedResult', expected_result, 'evidenceType', evidence_type, 'done', done)
                            order by seq)
                    from measure where item_id = item.id) as measures,
                (select json_agg(json_build_object('at', reported_at at time zone 'Asia/Shanghai', 'content', content)
                            order by id)
                    from progress where item_id = item.id) as progress,
                (select json_agg(json_build_object('name', name, 'docNo', doc_no, 'issuedOn', issued_on) order by seq)
                    from institution where item_id = item.id) as institutions,
                (select json_build_object('method', method, 'verifiers', verifiers, 'on', verified_on,
                            'result', result, 'callBack', call_back)
                    from verification where item_id = item.id order by round desc limit 1) as verification,
                (select json_agg(json_build_object('round', round, 'content', content) order by round, seq)
                    from defect where item_id = item.id) as defects,
                (select json_agg(json_build_object('round', round, 'approver', approver, 'approved', approved,
                            'opinion', opinion) order by id)
                    from sign_off where item_id = item.id) as sign_offs
            """.formatted(LedgerSql.LIGHT) + LedgerSql.FROM + """
            join person registrar on registrar.id = item.registered_by
            left join person reviewer on reviewer.id = item.reviewed_by
            left join person handler on handler.id = item.handler
            where\s""";

    static final String TEMPORARY = "guiling-export";

    private final NamedParameterJdbcTemplate jdbc;
    private final TransactionTemplate snapshot;
    private final Figures figures;
    private final Organization organization;
    private final WorkingCalendars calendars;
    private final Texts texts;
    private final Clock clock;

    LedgerExport(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Figures figures,
            Organization organization,
            WorkingCalendars calendars,
            Texts texts,
            Clock clock) {
        JdbcTemplate streaming = new JdbcTemplate(jdbc.getDataSource());
        streaming.setFetchSize(ROWS_FETCHED);
        this.jdbc = new NamedParameterJdbcTemplate(streaming);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setReadOnly(true);
        // Both sheets tell of the same moment.
        this.snapshot.setIsolationLevel(TransactionTemplate.ISOLATION_REPEATABLE_READ);
        this.figures = figures;
        this.organization = organization;
        this.calendars = calendars;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Writes the items that scope and filter admit.
     *
     * @param scope what the reader may see at all
     * @param target gets the workbook; is left open
     */
    public void write(OutputStream target, DataScope scope, LedgerFilter filter) {
        Path folder = null;
        try {
            // POI's own folder belongs to whichever account of the machine was first to use it.
            folder = Files.createTempDirectory(TEMPORARY);
            TempFile.withStrategy(new DefaultTempFileCreationStrategy(folder.toFile()), () -> {
                writeWorkbook(target, scope, filter);
                return null;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            FileSystemUtils.deleteRecursively(folder == null ? null : folder.toFile());
        }
    }

    private void writeWorkbook(OutputStream target, DataScope scope, LedgerFilter filter) {
        try (SXSSFWorkbook workbook = new SXSSFWorkbook(ROWS_IN_MEMORY)) {
            ExportStyles styles = new ExportStyles(workbook);
            snapshot.executeWithoutResult(status -> {
                writeItems(workbook.createSheet(texts.get("ledger.sheet.items")), styles, scope, filter);
                writeFigures(workbook.createSheet(texts.get("ledger.sheet.figures")), styles, scope, filter);
            });
            workbook.write(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeItems(SXSSFSheet sheet, ExportStyles styles, DataScope scope, LedgerFilter filter) {
        List<ExportColumn> columns = ExportColumn.all();
        SXSSFRow header = sheet.createRow(0);
        header.setHeightInPoints(HEADER_HEIGHT_POINTS);
        for (int i = 0; i < columns.size(); i++) {
            sheet.setColumnWidth(i, columns.get(i).width() * 256);
            styles.header(header, i, texts.get("ledger.column." + columns.get(i).key()));
        }
        sheet.createFreezePane(2, 1);

        LocalDate today = LocalDate.now(clock);
        LedgerFilter.Where where = filter.where(today, scope);
        ExportLabels labels = new ExportLabels(texts, unitNames(), personNames(), clock.getZone(), calendars.current());
        jdbc.query(QUERY + where.sql() + " order by item.id", where.parameters(), (ResultSet row) -> {
            writeItem(sheet, styles, columns, labels, row);
        });
        sheet.setAutoFilter(new CellRangeAddress(0, Math.max(1, sheet.getLastRowNum()), 0, columns.size() - 1));
    }

    private static void writeItem(
            SXSSFSheet sheet, ExportStyles styles, List<ExportColumn> columns, ExportLabels labels, ResultSet row)
            throws SQLException {
        SXSSFRow line = sheet.createRow(sheet.getLastRowNum() + 1);
        for (int i = 0; i < columns.size(); i++) {
            styles.value(line, i, columns.get(i).value().of(row, labels));
        }
    }

    private void writeFigures(SXSSFSheet sheet, ExportStyles styles, DataScope scope, LedgerFilter filter) {
        LocalDate today = LocalDate.now(clock);
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

    private Map<String, String> unitNames() {
        Map<String, String> names = new HashMap<>();
        for (Unit unit : organization.unitsEver()) {
            names.put(unit.code(), unit.name());
        }
        return names;
    }

    /** Also of people who have left: what they did stays theirs. */
    private Map<String, String> personNames() {
        Map<String, String> names = new HashMap<>();
        jdbc.query("select id, name from person", (ResultSet row) -> {
            names.put(row.getString("id"), row.getString("name"));
        });
        return names;
    }
}
