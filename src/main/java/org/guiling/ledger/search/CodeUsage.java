package org.guiling.ledger.search;

import java.util.LinkedHashMap;
import java.util.Map;
import org.guiling.customization.CodeList;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Counts how often the record uses a code, so that an administrator sees whether anybody would miss an option. */
@Service
public class CodeUsage {

    private final JdbcClient jdbc;

    CodeUsage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The codes of a list that items have, each with how many items. */
    public Map<String, Long> counts(CodeList list) {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.sql("""
                        select code, count(distinct item_id) as items from (%s) used (item_id, code)
                        where code is not null group by code""".formatted(used(list)))
                .query((row, index) -> counts.put(row.getString("code"), row.getLong("items")))
                .list();
        return counts;
    }

    /** Rows of items with the codes that they have. */
    private static String used(CodeList list) {
        return switch (list) {
            case CATEGORY -> "select id, category from item";
            case SOURCE_TYPE -> "select id, source_type from item";
            case LEVEL -> "select id, level::text from item";
            case URGENCY -> "select id, urgency from item";
            case SYSTEMIC -> "select id, case when systemic then 'YES' else 'NO' end from item";
            case VISIBILITY -> "select id, visibility from item";
            case RECTIFICATION_TYPE -> "select id, rect_type from item";
            case STATUS -> "select id, status from item";
            case STEP -> "select id, step from item";
            case EVIDENCE_TYPE -> "select item_id, evidence_type from measure";
            case TRACK -> "select item_id, track from measure";
            case VERIFICATION_METHOD ->
                "select item_id, method from verification union all select item_id, method from look_back";
        };
    }
}
