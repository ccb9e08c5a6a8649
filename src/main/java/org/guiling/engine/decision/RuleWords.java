package org.guiling.engine.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.engine.decision.RuleColumn.Meaning;
import org.guiling.organization.Role;
import org.guiling.refusal.Problem;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** Decision tables in words: cells, questions and answers without a code, as far as there is a word for them. */
@Component
public class RuleWords {

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern QUOTED_LIST = Pattern.compile("\"[^\"]*\"(\\s*,\\s*\"[^\"]*\")*");
    private static final Pattern RANGE = Pattern.compile("\\[(\\d)\\.\\.(\\d)]");
    private static final Pattern DIGIT = Pattern.compile("\\d");

    private final Texts texts;

    RuleWords(Texts texts) {
        this.texts = texts;
    }

    /** The same in Chinese, whatever the request's language: for what is kept. */
    RuleWords chinese() {
        return new RuleWords(texts.in(Locale.SIMPLIFIED_CHINESE));
    }

    /** Name of the table. */
    public String name(RuleTable table) {
        return texts.label(table);
    }

    /** Heading of a column. */
    public String heading(RuleColumn column) {
        return texts.get("rules.column." + column.name());
    }

    /** A cell of the file; as it stands there where it is more than a list of codes. */
    public String cell(RuleColumn column, String text) {
        if (text.isEmpty() || text.equals("-")) {
            return texts.get("rules.any");
        }
        if (text.equals("null")) {
            return texts.get("rules.nothing");
        }
        if (text.equals(RuleColumn.LEADERS_OF_TOWNSHIP)) {
            return texts.get("rules.leaders-of-township");
        }
        if (QUOTED_LIST.matcher(text).matches()) {
            return joined(QUOTED.matcher(text).results().map(code -> value(column, code.group(1))));
        }
        Matcher range = RANGE.matcher(text);
        if (column.meaning() == Meaning.LEVEL && range.matches()) {
            return texts.get("rules.range", value(column, range.group(1)), value(column, range.group(2)));
        }
        if (column.meaning() == Meaning.LEVEL && DIGIT.matcher(text).matches()) {
            return value(column, text);
        }
        return text;
    }

    /** One value of a column, such as a question or an answer has it. */
    public String value(RuleColumn column, Object value) {
        if (value == null) {
            return texts.get("rules.nothing");
        }
        return switch (column.meaning()) {
            case CODE -> texts.label(column.codes().getSimpleName(), value);
            case LEVEL -> texts.label("Level", value);
            case GROUP -> group(value.toString());
            case NUMBER, TEXT -> value.toString();
        };
    }

    /** Subject of a change: 整改 · 信访 · 一般、较大. */
    public String about(RuleTable table, Map<String, List<Object>> about) {
        List<String> parts = new ArrayList<>();
        for (RuleColumn column : table.inputs()) {
            List<Object> values = about.getOrDefault(column.name(), List.of());
            if (!values.isEmpty()) {
                String words = joined(values.stream().map(value -> value(column, value)));
                parts.add(
                        column.meaning() == Meaning.NUMBER
                                ? texts.get("rules.about.number", heading(column), words)
                                : words);
            }
        }
        return parts.isEmpty() ? texts.get("rules.about.all") : String.join(" · ", parts);
    }

    /** The table's answer in words. */
    public String answer(RuleTable table, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return texts.get("rules.answer.none");
        }
        String separator = table == RuleTable.CLOSING_AUTHORITY ? " → " : texts.get("rules.answer.separator");
        return rows.stream().map(row -> answer(table, row)).collect(Collectors.joining(separator));
    }

    /** A change on one line, for the audit trail. */
    String line(RuleTable table, RuleTables.Change change) {
        return about(table, change.about()) + ": " + answer(table, change.before()) + " ⇒ "
                + answer(table, change.after());
    }

    /** The reason for which answers cannot be used. */
    Problem problem(RuleTable table, Map<String, List<Object>> about, String fault) {
        return Problem.of("file", fault, about(table, about));
    }

    private String answer(RuleTable table, Map<String, Object> row) {
        Object[] words = table.outputs().stream()
                .map(column -> value(column, row.get(column.name())))
                .toArray();
        boolean plain = Arrays.stream(words).anyMatch(word -> Objects.equals(word, texts.get("rules.nothing")));
        return texts.get("rules.answer." + table.key() + (plain ? ".plain" : ""), words);
    }

    private String group(String group) {
        if (group.equals(RuleTable.SAMPLE_LEADERS)) {
            return texts.get("rules.leaders-of-township");
        }
        return Stream.of(Role.values())
                .filter(role -> role != Role.HANDLER && role != Role.UNIT_LEADER)
                .filter(role -> group.equals(role.group(null)))
                .findFirst()
                .map(texts::label)
                .orElse(group);
    }

    private String joined(Stream<String> words) {
        return words.collect(Collectors.joining(texts.get("list.separator")));
    }
}
