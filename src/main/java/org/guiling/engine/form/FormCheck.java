package org.guiling.engine.form;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.guiling.engine.feel.EvaluationTime;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Characters;
import org.guiling.workflow.form.FormValues;

/** Applies a form's rules to what was entered. */
final class FormCheck {

    private static final int LONGEST_TEXT = 10_000;
    private static final int LONGEST_LIST = 1_000;
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);

    private final FeelEngineApi feel = FeelEngineBuilder.forJava().build();
    private final Map<String, ParsedExpression> parsed = new ConcurrentHashMap<>();

    FormValues of(Form form, Map<String, Object> sent, Map<String, Object> context) {
        Map<String, Object> entered = asOptions(form, sent);
        List<Problem> problems = new ArrayList<>();
        Set<String> undeclared = new TreeSet<>(entered.keySet());
        undeclared.removeAll(form.keys());
        undeclared.forEach(name -> problems.add(Problem.of(name, "form.undeclared", name)));

        Map<String, Object> scope = scope(entered, context);
        Map<String, Object> values = new HashMap<>();
        // Inputs share the conditions of the groups around them, and FEEL builds all its functions for each evaluation.
        Map<String, Boolean> answered = new HashMap<>();
        for (Form.Placed placed : form.fields()) {
            if (!isHidden(placed, scope, answered)) {
                FieldCheck check = new FieldCheck(placed.field(), context, problems);
                Object value = check.of(entered.get(placed.field().key()));
                if (value != null) {
                    values.put(placed.field().key(), value);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, problems);
        }
        return new FormValues(form.keys(), values);
    }

    Set<String> hidden(Form form, Map<String, Object> entered, Map<String, Object> context) {
        Map<String, Object> scope = scope(entered, context);
        return form.conditions().entrySet().stream()
                .filter(condition -> isTrue(condition.getValue(), scope))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Writes numbers and booleans as the options of that name, so that values read from {@code /api} can be sent back.
     */
    private static Map<String, Object> asOptions(Form form, Map<String, Object> sent) {
        Map<String, Object> entered = new HashMap<>(sent);
        for (Form.Placed placed : form.fields()) {
            FormField field = placed.field();
            Object value = sent.get(field.key());
            if (field.type() == FormField.Type.CHOICE && value instanceof Integer) {
                entered.put(field.key(), value.toString());
            } else if (value instanceof Boolean yes
                    && field.options() != null
                    && field.options().contains("YES")) {
                entered.put(field.key(), yes ? "YES" : "NO");
            }
        }
        return entered;
    }

    private static Map<String, Object> scope(Map<String, Object> entered, Map<String, Object> context) {
        Map<String, Object> scope = new HashMap<>(context);
        entered.forEach((name, value) -> scope.put(name, isPlain(value) ? value : null));
        return scope;
    }

    /** No input has anything else, and FEEL follows lists in lists until its stack overflows. */
    private static boolean isPlain(Object value) {
        return value instanceof Collection<?> list
                ? list.size() <= LONGEST_LIST && list.stream().allMatch(FormCheck::isSingle)
                : isSingle(value);
    }

    private static boolean isSingle(Object value) {
        return !(value instanceof Collection<?> || value instanceof Map<?, ?>);
    }

    private boolean isHidden(Form.Placed placed, Map<String, Object> scope, Map<String, Boolean> answered) {
        return placed.hiddenWhen().stream()
                .anyMatch(condition -> answered.computeIfAbsent(condition, asked -> isTrue(asked, scope)));
    }

    private boolean isTrue(String condition, Map<String, Object> scope) {
        ParsedExpression expression = parsed.computeIfAbsent(condition, this::parse);
        EvaluationResult result = EvaluationTime.within(EvaluationTime.LONGEST, () -> feel.evaluate(expression, scope));
        if (!result.isSuccess()) {
            throw new IllegalStateException("Condition " + condition + ": " + result.failure());
        }
        return Boolean.TRUE.equals(result.result());
    }

    private ParsedExpression parse(String condition) {
        ParseResult result = feel.parseExpression(condition);
        if (!result.isSuccess()) {
            throw new IllegalStateException("Condition " + condition + ": " + result.failure());
        }
        return result.parsedExpression();
    }

    /** Checks one input; returns its value, or null when it was left empty or is wrong. */
    private record FieldCheck(FormField field, Map<String, Object> context, List<Problem> problems) {

        Object of(Object entered) {
            Object value = isEmpty(entered) ? null : typed(entered);
            if (isEmpty(entered) && field.required()) {
                refuse("form.required");
            }
            return value;
        }

        private Object typed(Object entered) {
            return switch (field.type()) {
                case TEXT -> text(entered);
                case NUMBER -> number(entered);
                case DATE -> date(entered);
                case CHOICE -> choice(entered);
                case CHECKBOX -> entered instanceof Boolean ? entered : refuse("form.type");
                case CHOICES -> choices(entered);
            };
        }

        private boolean isEmpty(Object entered) {
            if (field.type() == FormField.Type.CHECKBOX) {
                return entered == null || Boolean.FALSE.equals(entered) || "".equals(entered);
            }
            return entered == null
                    || entered instanceof String text && text.isBlank()
                    || entered instanceof Collection<?> list && list.isEmpty();
        }

        private Object text(Object entered) {
            if (!(entered instanceof String text)) {
                return refuse("form.type");
            }
            String trimmed = text.strip();
            int length = trimmed.codePointCount(0, trimmed.length());
            int longest = field.maxLength() == null ? LONGEST_TEXT : field.maxLength();
            if (!Characters.areAllowed(trimmed)) {
                return refuse("form.type");
            }
            if (length > longest) {
                return refuse("form.too-long", longest, length);
            }
            if (field.minLength() != null && length < field.minLength()) {
                return refuse("form.too-short", field.minLength(), length);
            }
            if (field.pattern() != null && !field.pattern().matcher(trimmed).find()) {
                return refuse("form.pattern");
            }
            return trimmed;
        }

        private Object number(Object entered) {
            BigDecimal number;
            try {
                number = new BigDecimal(entered.toString().strip());
            } catch (NumberFormatException e) {
                return refuse("form.number");
            }
            if (number.precision() > 15 || Math.abs(number.scale()) > 15) {
                return refuse("form.number");
            }
            if (field.min() != null && number.compareTo(field.min()) < 0) {
                return refuse("form.too-small", field.min());
            }
            if (field.max() != null && number.compareTo(field.max()) > 0) {
                return refuse("form.too-large", field.max());
            }
            if (field.decimalDigits() != null && number.stripTrailingZeros().scale() > field.decimalDigits()) {
                return refuse("form.decimals", field.decimalDigits());
            }
            return number;
        }

        /** Plausible days only: Tasklist stores a date typed in another country's order without a word. */
        private Object date(Object entered) {
            try {
                LocalDate day = LocalDate.parse(entered.toString().strip());
                return day.isBefore(EARLIEST) || day.isAfter(LATEST) ? refuse("form.date", entered) : day;
            } catch (DateTimeParseException e) {
                return refuse("form.date", entered);
            }
        }

        private Object choice(Object entered) {
            String value = entered.toString();
            return offers(value) ? value : refuseOption(value);
        }

        private Object choices(Object entered) {
            if (!(entered instanceof Collection<?> list)) {
                return refuse("form.type");
            }
            List<String> values = list.stream().map(String::valueOf).toList();
            for (String value : values) {
                if (!offers(value)) {
                    return refuseOption(value);
                }
            }
            return values;
        }

        private boolean offers(String value) {
            // Without options supplied at this entry point the step's gate decides.
            return field.options() != null
                    ? field.options().contains(value)
                    : !(context.get(field.optionsKey()) instanceof Collection<?>)
                            || supplied(field.optionsKey()).containsKey(value);
        }

        /** Refuses a former option by the name that people know. */
        private Object refuseOption(String value) {
            String label = field.optionsKey() == null
                    ? null
                    : supplied(Forms.withdrawn(field.optionsKey())).get(value);
            return label == null ? refuse("form.option", value) : refuse("form.option-withdrawn", label);
        }

        /** Options that the server supplies: labels by value. */
        private Map<String, String> supplied(String name) {
            if (!(context.get(name) instanceof Collection<?> options)) {
                return Map.of();
            }
            return options.stream()
                    .map(option -> (Map<?, ?>) option)
                    .collect(Collectors.toMap(
                            option -> String.valueOf(option.get("value")),
                            option -> String.valueOf(option.get("label")),
                            (one, other) -> one));
        }

        private Object refuse(String code, Object... details) {
            List<Object> arguments = new ArrayList<>();
            arguments.add(field.label());
            arguments.addAll(List.of(details));
            problems.add(new Problem(field.key(), code, arguments));
            return null;
        }
    }
}
