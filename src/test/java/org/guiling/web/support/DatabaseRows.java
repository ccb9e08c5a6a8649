package org.guiling.web.support;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells whether anything was written: of every table how many rows it has, and by which transaction the last one is. */
public final class DatabaseRows {

    /** Evidence of what was tried: audit events, what a refused attempt prolongs (chains and digests), sign-ons. */
    private static final Set<String> EVIDENCE = Set.of(
            "audit_event",
            "chain_head",
            "record_digest",
            "account",
            "access_token",
            "open_session",
            "sign_on_count",
            "known_source");

    private DatabaseRows() {}

    /** @return by table; two readings are equal unless a row was added, changed or removed between them */
    public static Map<String, String> read(JdbcClient jdbc) {
        List<String> tables = jdbc.sql("select table_name from information_schema.tables"
                        + " where table_schema = 'public' and table_type = 'BASE TABLE'")
                .query(String.class)
                .list();
        String all = tables.stream()
                .filter(table -> !EVIDENCE.contains(table))
                .map(table -> "select '" + table + "', count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) from "
                        + table + (table.equals("timeline") ? " where action <> 'REFUSED'" : ""))
                .collect(Collectors.joining(" union all "));
        Map<String, String> rows = new TreeMap<>();
        jdbc.sql(all).query((RowCallbackHandler) row -> rows.put(row.getString(1), row.getString(2)));
        return rows;
    }
}
