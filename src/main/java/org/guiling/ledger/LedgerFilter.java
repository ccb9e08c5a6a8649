package org.guiling.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.item.DataScope;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.SourceType;
import org.guiling.item.Step;

/**
 * Which items of the ledger; null means any.
 *
 * @param leadUnit code of the lead unit
 * @param text part of the number, the title or the fact
 * @param overdue whether past due and still open
 * @param counted what a number of the board counts
 */
public record LedgerFilter(
        ItemStatus status,
        Step step,
        Light light,
        String leadUnit,
        Integer level,
        SourceType sourceType,
        String category,
        String text,
        Boolean overdue,
        Counted counted) {

    /** Every item. */
    public static final LedgerFilter ALL = new LedgerFilter(null, null, null, null, null, null, null, null, null, null);

    /** Conditions on {@code item} and {@code item_clock} with their parameters. */
    record Where(String sql, Map<String, Object> parameters) {}

    /** @param scope what the reader may see at all */
    Where where(LocalDate today, DataScope scope) {
        Map<String, Object> parameters = new HashMap<>(scope.parameters());
        List<String> conditions = new ArrayList<>(List.of(scope.sql()));
        parameters.put("today", today);
        equal(conditions, parameters, "item.status", "status", status == null ? null : status.name());
        equal(conditions, parameters, "item.step", "step", step == null ? null : step.name());
        equal(conditions, parameters, LedgerSql.LIGHT, "light", light == null ? null : light.name());
        equal(conditions, parameters, "item.lead_unit", "leadUnit", leadUnit);
        equal(conditions, parameters, "item.level", "level", level);
        equal(conditions, parameters, "item.source_type", "sourceType", sourceType == null ? null : sourceType.name());
        equal(conditions, parameters, "item.category", "category", category);
        if (text != null && !text.isBlank()) {
            conditions.add("(item.item_no ilike :text or item.title ilike :text or item.fact_text ilike :text)");
            parameters.put("text", "%" + pattern(text.strip()) + "%");
        }
        if (overdue != null) {
            conditions.add("(" + LedgerSql.LIGHT + " = 'RED') = :overdue");
            parameters.put("overdue", overdue);
        }
        if (counted != null) {
            counted.addTo(conditions, parameters);
        }
        return new Where(String.join(" and ", conditions), parameters);
    }

    private static void equal(
            List<String> conditions, Map<String, Object> parameters, String expression, String name, Object value) {
        if (value != null) {
            conditions.add(expression + " = :" + name);
            parameters.put(name, value instanceof String word ? storable(word) : value);
        }
    }

    private static String pattern(String text) {
        return storable(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /** The database refuses NUL in a text. */
    static String storable(String text) {
        return text.replace('\0', '\ufffd');
    }
}
