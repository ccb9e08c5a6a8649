package org.guiling.ledger.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.guiling.item.Light;
import org.guiling.item.access.DataScope;
import org.guiling.refusal.RefusedException;

/** Gathers what a filter asks for as SQL with named parameters; what is null or blank asks for nothing. */
final class Conditions {

    private final DataScope scope;
    private final List<String> parts = new ArrayList<>();
    private final Map<String, Object> parameters;

    /** @param today the day for which lights are told */
    Conditions(DataScope scope, LocalDate today) {
        this(scope, new HashMap<>());
        parts.add(scope.sqlOfLists());
        parameters.putAll(scope.parameters());
        parameters.put("today", today);
    }

    private Conditions(DataScope scope, Map<String, Object> parameters) {
        this.scope = scope;
        this.parameters = parameters;
    }

    void add(String condition) {
        parts.add(condition);
    }

    void equal(String expression, Object value) {
        like(expression.replace("%", "%%") + " = %s", value);
    }

    /** Of the unit or of one below it. */
    void atOrBelow(String unit) {
        like("clock.lead_unit in (" + LedgerSql.UNIT_AND_BELOW + ")", unit);
    }

    void under(Light light) {
        if (light != null) {
            parts.add(LedgerSql.under(light));
        }
    }

    /** @param condition with {@code %s} for the value's parameter */
    void like(String condition, Object value) {
        if (value != null && !value.toString().isBlank()) {
            parts.add(condition.formatted(parameter(bare(value))));
        }
    }

    /** @param wanted whether the condition is to hold */
    void is(String condition, Boolean wanted) {
        if (wanted != null) {
            parts.add(wanted ? condition : "not " + condition);
        }
    }

    void oneOf(String expression, List<String> values) {
        if (values != null && !values.isEmpty()) {
            parts.add(expression + " = any ("
                    + parameter(values.stream().map(Words::storable).toArray(String[]::new)) + ")");
        }
    }

    /**
     * @param field name of the range, for what is said of a wrong one
     * @throws RefusedException when it ends before it begins
     */
    void within(String field, String day, LedgerFilter.Days range) {
        within(field, range, bound -> day + bound);
    }

    /** @param condition makes one of a bound, which begins with an operator */
    void within(String field, LedgerFilter.Days range, UnaryOperator<String> condition) {
        if (range == null) {
            return;
        }
        if (range.from() != null && range.to() != null && range.to().isBefore(range.from())) {
            throw RefusedException.invalid(field + ".to", "ledger.range", range.from(), range.to());
        }
        like(condition.apply(" >= %s"), range.from());
        like(condition.apply(" <= %s"), range.to());
    }

    /** @param from the first day; null, as the last, for open on that side */
    void between(String day, LocalDate from, LocalDate to) {
        like(day + " >= %s", from);
        like(day + " <= %s", to);
    }

    /** @param rows where they come from and which belong to the item; one of them is as {@code asked} adds */
    void exists(String rows, Consumer<Conditions> asked) {
        Conditions row = new Conditions(scope, parameters);
        row.add(rows);
        asked.accept(row);
        parts.add("exists (select from " + String.join(" and ", row.parts) + ")");
    }

    /**
     * Every word occurs in what everybody may read of the item, or in its subject where this reader may read that.
     * Pairs of characters are what the index knows; that they stand together is looked at afterwards.
     */
    void contains(List<Words.Word> words) {
        for (Words.Word word : words) {
            String pattern = parameter(word.pattern());
            String pairs = word.pairs().length == 0 ? null : parameter(word.pairs());
            parts.add("exists (select from item_text where item_text.item_id = item.id and ("
                    + found("item_text.words", pattern, pairs) + " or " + found("item_text.subject", pattern, pairs)
                    + " and " + scope.subjectSql() + "))");
        }
    }

    private static String found(String column, String pattern, String pairs) {
        String occurs = column + " like " + pattern;
        // Without the index, pairs are computed only for the few texts in which the word occurs.
        return pairs == null ? occurs : occurs + " and word_pairs(" + column + ") @> cast(" + pairs + " as text[])";
    }

    void counted(Counted counted) {
        if (counted != null) {
            counted.addTo(this);
        }
    }

    LedgerFilter.Where where() {
        return new LedgerFilter.Where(String.join(" and ", parts), parameters);
    }

    private String parameter(Object value) {
        String name = "filter" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }

    private static Object bare(Object value) {
        if (value instanceof Enum<?> code) {
            return code.name();
        }
        return value instanceof String word ? Words.storable(word.strip()) : value;
    }
}
