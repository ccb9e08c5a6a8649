package org.guiling.ledger.export;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.access.DataScope;
import org.guiling.ledger.search.LedgerSql;
import org.guiling.organization.Organization;
import org.guiling.organization.Unit;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The columns that the ledger's list and its export can show: the same ones, with the same contents. */
@Service
public class LedgerColumns {

    /** The columns for people who have chosen none. */
    public static final List<String> USUAL =
            List.of("title", "leadUnit", "sourceType", "level", "step", "status", "currentDue", "light");

    private static final Map<String, ExportColumn> COLUMNS = new LinkedHashMap<>();

    static {
        ExportColumn.all().forEach(column -> COLUMNS.put(column.key(), column));
    }

    private final JdbcClient jdbc;
    private final Organization organization;
    private final WorkingCalendars calendars;
    private final Texts texts;
    private final OfficeClock clock;

    LedgerColumns(
            JdbcClient jdbc, Organization organization, WorkingCalendars calendars, Texts texts, OfficeClock clock) {
        this.jdbc = jdbc;
        this.organization = organization;
        this.calendars = calendars;
        this.texts = texts;
        this.clock = clock;
    }

    /** The keys of all columns, in the export's order. */
    public static List<String> keys() {
        return List.copyOf(COLUMNS.keySet());
    }

    /** The columns' names in the language of the request, by key, in the order of the keys. */
    public Map<String, String> names(Collection<String> keys) {
        Map<String, String> names = new LinkedHashMap<>();
        keys.forEach(key -> names.put(key, texts.get("ledger.column." + key)));
        return names;
    }

    /**
     * The contents of the columns.
     *
     * @param scope the items that the reader may see at all
     * @return by item number and key; an empty text where there is nothing
     * @throws RefusedException when there is no such column
     */
    @Transactional(readOnly = true)
    public Map<String, Map<String, String>> cells(DataScope scope, Collection<String> itemNos, List<String> keys) {
        List<ExportColumn> shown = columns(keys);
        ExportLabels labels = labels();
        Map<String, Map<String, String>> cells = new HashMap<>();
        jdbc.sql(LedgerSql.RECORDS + "where item.item_no = any (:itemNos) and " + scope.sql())
                .params(scope.parameters())
                .param("today", clock.today())
                .param("itemNos", itemNos.toArray(String[]::new))
                .query((ResultSet row) -> {
                    cells.put(row.getString("item_no"), line(row, shown, labels));
                });
        return cells;
    }

    /** @throws RefusedException when there is no such column, or none at all */
    List<ExportColumn> columns(List<String> keys) {
        if (keys.isEmpty()) {
            throw RefusedException.invalid("columns", "ledger.columns.none");
        }
        return keys.stream().distinct().map(LedgerColumns::column).toList();
    }

    /** The keys once each, all of which exist. */
    public List<String> checked(List<String> keys) {
        columns(keys);
        return List.copyOf(new LinkedHashSet<>(keys));
    }

    ExportLabels labels() {
        return new ExportLabels(texts, unitNames(), personNames(), clock.getZone(), calendars.current());
    }

    private static ExportColumn column(String key) {
        ExportColumn column = COLUMNS.get(key);
        if (column == null) {
            throw RefusedException.invalid("columns", "ledger.columns.unknown", key);
        }
        return column;
    }

    private static Map<String, String> line(ResultSet row, List<ExportColumn> shown, ExportLabels labels)
            throws SQLException {
        Map<String, String> line = new HashMap<>();
        for (ExportColumn column : shown) {
            Object value = column.value().of(row, labels);
            line.put(column.key(), text(value));
        }
        return line;
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
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
        jdbc.sql("select id, name from person").query((ResultSet row) -> {
            names.put(row.getString("id"), row.getString("name"));
        });
        return names;
    }
}
