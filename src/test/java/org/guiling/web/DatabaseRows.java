package org.guiling.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells whether anything was written: of every table how many rows it has, and by which transaction the last one is. */
final class DatabaseRows {

    /** Evidence of what was tried: audit events, heads of the chains that a refused attempt prolongs, counted sign-ons. */
    private static final Set<String> EVIDENCE =
            Set.of("audit_event", "chain_head", "account", "sign_on_count", "known_source");

    private DatabaseRows() {}

    /** @return by table; two readings are equal unless a row was added, changed or removed between them */
    static Map<String, String> read(JdbcClient jdbc) {
        List<String> tables = jdbc.sql("select table_name from information_schema.tables"
                        + " where table_schema = 'public' and table_type = 'BASE TABLE'")
                .query(String.class)
                .list();
        Map<String, String> rows = new TreeMap<>();
        for (String table : tables) {
            if (!EVIDENCE.contains(table)) {
                String written = "select count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) from " + table
                        + (table.equals("timeline") ? " where action <> 'REFUSED'" : "");
                rows.put(table, jdbc.sql(written).query(String.class).single());
            }
        }
        return rows;
    }
}
