package org.guiling.engine.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.form.Field;
import org.guiling.workflow.form.FormValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server checks an input by the rules of its form file. */
class FormCheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM = """
        {"id": "sample", "type": "default", "components": [
          {"type": "textfield", "key": "name", "label": "Name", "validate": {"required": true, "maxLength": 5}},
          {"type": "textfield", "key": "code", "label": "Code", "validate": {"pattern": "^[A-Z]{2}$"}},
          {"type": "textarea", "key": "text", "label": "Text", "validate": {"minLength": 3}},
          {"type": "number", "key": "amount", "label": "Amount", "decimalDigits": 2,
           "validate": {"min": 0, "max": 100}},
          {"type": "datetime", "subtype": "date", "key": "day", "dateLabel": "Day"},
          {"type": "select", "key": "kind", "label": "Kind",
           "values": [{"label": "One", "value": "ONE"}, {"label": "Two", "value": "TWO"}]},
          {"type": "select", "key": "unit", "label": "Unit", "valuesKey": "units"},
          {"type": "checklist", "key": "marks", "label": "Marks",
           "values": [{"label": "A", "value": "A"}, {"label": "B", "value": "B"}]},
          {"type": "checkbox", "key": "agreed", "label": "Agreed"},
          {"type": "group", "label": "More", "conditional": {"hide": "=kind != \\"TWO\\""}, "components": [
            {"type": "textfield", "key": "reason", "label": "Reason", "validate": {"required": true}}]}
        ]}\
        """;

    private final FormCheck check = new FormCheck();

    @Test
    void completeInputComesOutTyped() throws IOException {
        FormValues values = check(Map.of(
                "name", " 甲乙 ",
                "code", "AB",
                "amount", 12.5,
                "day", "2026-03-05",
                "kind", "TWO",
                "marks", List.of("A"),
                "agreed", true,
                "reason", "because"));

        assertThat(values.get(Field.text("name"))).isEqualTo("甲乙");
        assertThat(values.get(Field.number("amount"))).isEqualByComparingTo(new BigDecimal("12.5"));
        assertThat(values.get(Field.date("day"))).isEqualTo(LocalDate.of(2026, 3, 5));
        assertThat(values.get(Field.texts("marks"))).containsExactly("A");
        assertThat(values.get(Field.flag("agreed"))).isTrue();
        assertThat(values.get(Field.text("text"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "name, '',              form.required",
        "name, '   ',           form.required",
        "name, 一二三四五六,     form.too-long",
        "code, ab,              form.pattern",
        "text, ab,              form.too-short",
        "amount, twelve,        form.number",
        "amount, -1,            form.too-small",
        "amount, 101,           form.too-large",
        "amount, 1.234,         form.decimals",
        "amount, 1e999999999,   form.number",
        "day, 05/03/2026,       form.date",
        "day, 2026-02-30,       form.date",
        "day, 0026-03-05,       form.date",
        "kind, THREE,           form.option",
        "unit, moon,            form.option",
        "other, x,              form.undeclared",
    })
    void wrongInputIsRefusedWithItsField(String field, String value, String code) {
        Map<String, Object> entered = new HashMap<>(Map.of("name", "甲"));
        entered.put(field, value);

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> check(entered));

        assertThat(refused.problems()).extracting(Problem::field).containsExactly(field);
        assertThat(refused.problems()).extracting(Problem::code).containsExactly(code);
    }

    @Test
    void aHiddenInputIsNeitherAskedForNorKept() throws IOException {
        assertThat(check(Map.of("name", "甲", "kind", "ONE", "reason", "x")).get(Field.text("reason")))
                .isNull();
        assertThatThrownBy(() -> check(Map.of("name", "甲", "kind", "TWO")))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .containsExactly(new Problem("reason", "form.required", List.of("Reason"))));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThatThrownBy(() -> check(Map.of("code", "x", "day", "x")))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .extracting(Problem::field)
                        .containsExactly("name", "code", "day"));
    }

    /** Conditions are asked before anything is checked: whatever was sent, the answer is a refusal and no failure. */
    @Test
    void noConditionFailsWhateverIsEntered() throws IOException {
        Forms forms = new Forms(JSON);
        List<Object> deep = List.of("x");
        for (int i = 0; i < 3_000; i++) {
            deep = List.of(deep);
        }
        List<Object> anything = List.of(
                deep,
                Map.of("a", deep),
                "",
                "x".repeat(100_000),
                1,
                -1e300,
                Double.NaN,
                true,
                List.of(),
                List.of(List.of(1)),
                Map.of("a", 1),
                new BigDecimal("1e999999999"),
                "1e999999999",
                Collections.nCopies(10_000, "a"));
        for (Form form : forms.all().values()) {
            for (Object value : anything) {
                Map<String, Object> entered = new HashMap<>();
                form.keys().forEach(key -> entered.put(key, value));
                assertThatCode(() -> forms.hidden(form.id(), entered, Map.of()))
                        .satisfies(FormCheckTest::isRefusedIfAnything);
                assertThatCode(() -> forms.check(form.id(), entered, Map.of()))
                        .satisfies(FormCheckTest::isRefusedIfAnything);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=for x in 1..1000000000 return x", "=(((((((((((1)))))))))))", "=x[1]"})
    void aConditionThatMayNotEndIsRefusedAtStartUp(String condition) {
        assertThatThrownBy(() -> new Form(JSON.readTree(
                        "{\"id\": \"x\", \"components\": [{\"id\": \"c\", \"type\": \"textfield\", \"key\": \"k\","
                                + " \"conditional\": {\"hide\": \"%s\"}}]}".formatted(condition))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problems().get(0).code()).isEqualTo("form.expression"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "dynamiclist", "iframe"})
    void aComponentThatTheServerCannotCheckIsRefusedAtStartUp(String type) {
        assertThatThrownBy(() -> new Form(JSON.readTree(
                        "{\"id\": \"x\", \"components\": [{\"type\": \"%s\", \"key\": \"k\"}]}".formatted(type))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(type);
    }

    @Test
    void listsAndTextsAreNotMistakenForEachOther() {
        assertThatThrownBy(() -> check(Map.of("name", List.of("甲"), "marks", "A", "agreed", "yes")))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .extracting(Problem::code)
                        .containsOnly("form.type"));
    }

    private FormValues check(Map<String, Object> entered) throws IOException {
        return check.of(
                new Form(JSON.readTree(FORM)),
                entered,
                Map.of("units", List.of(Map.of("label", "Office", "value", "office"))));
    }

    private static void isRefusedIfAnything(Throwable thrown) {
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(RefusedException.class);
        }
    }
}
