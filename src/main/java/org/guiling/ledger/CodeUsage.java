package org.guiling.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** How often the record uses a code: what tells an administrator whether an option is missed by anybody. */
@Service
public class CodeUsage {

    private final JdbcClient jdbc;

    CodeUsage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The lists of codes of an item: each with the codes that items have, and how many. */
    public Map<CodeList, Map<String, Long>> counts() {
        Map<CodeList, Map<String, Long>> counts = new LinkedHashMap<>();
        for (CodeList list : CodeList.values()) {
            Map<String, Long> codes = new LinkedHashMap<>();
            jdbc.sql("select %1$s as code, count(*) as items from item where %1$s is not null group by 1"
                            .formatted(list.expression()))
                    .query((row, index) -> codes.put(row.getString("code"), row.getLong("items")))
                    .list();
            counts.put(list, codes);
        }
        return counts;
    }
}
