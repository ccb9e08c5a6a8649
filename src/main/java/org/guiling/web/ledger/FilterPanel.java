package org.guiling.web.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.guiling.customization.CodeList;
import org.guiling.customization.CodeLists;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.record.VerificationResult;
import org.guiling.organization.Organization;
import org.guiling.organization.Tier;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/**
 * The ledger's filter as people fill it in: what to choose from, and what is chosen. It shows what was entered, be it
 * right or wrong, so that nothing is lost by a mistake.
 */
@Component
class FilterPanel {

    private static final String YES = "true";

    private final Organization organization;
    private final CodeLists codeLists;
    private final Texts texts;

    FilterPanel(Organization organization, CodeLists codeLists, Texts texts) {
        this.organization = organization;
        this.codeLists = codeLists;
        this.texts = texts;
    }

    /** The kinds of input for a condition. */
    enum Input {
        SELECT,
        TEXT,
        CHECK,
        DAYS
    }

    /** One value to choose from. */
    record Choice(String value, String label, boolean chosen) {}

    /**
     * One condition.
     *
     * @param choices of a select; empty otherwise
     * @param value what was entered, empty for nothing
     * @param from first day of a range, as it was entered
     * @param to its last day
     * @param problem why it cannot be used; null when it can
     */
    record Field(
            String name,
            String label,
            Input input,
            List<Choice> choices,
            String value,
            String from,
            String to,
            String problem) {

        boolean isUsed() {
            return !value.isEmpty() || !from.isEmpty() || !to.isEmpty();
        }
    }

    /** Conditions that belong together. */
    record Group(String title, List<Field> fields) {}

    /**
     * A condition in force.
     *
     * @param without what is entered once it is removed, by parameter
     */
    record Chip(String label, String value, Map<String, String> without) {}

    /**
     * All of it.
     *
     * @param common what is always in sight
     * @param more the rest, by kind
     * @param open whether the rest is in sight, because something in it is used
     * @param wrong the fields that have a problem
     */
    record Panel(List<Field> common, List<Group> more, boolean open, List<Chip> chips, List<Field> wrong) {}

    /**
     * @param entered what was entered, by parameter
     * @param problems by parameter
     */
    Panel of(Map<String, String> entered, Map<String, String> problems) {
        Fields fields = new Fields(entered, problems);
        List<Field> common = List.of(
                fields.text("text"),
                fields.codes("step", Step.values()),
                fields.codes("status", ItemStatus.values()),
                fields.codes("light", Light.values()),
                fields.select("leadUnit", this::units),
                fields.check("withBelow"),
                fields.codes("level", CodeList.LEVEL),
                fields.codes("category", CodeList.CATEGORY),
                fields.codes("sourceType", CodeList.SOURCE_TYPE));
        List<Group> more = List.of(
                new Group(
                        texts.get("ledger.filters.handling"),
                        List.of(
                                fields.yesOrNo("open"),
                                fields.yesOrNo("overdue"),
                                fields.yesOrNo("reworked"),
                                fields.yesOrNo("openRequest"),
                                fields.yesOrNo("fastLane"),
                                fields.codes("rectType", CodeList.RECTIFICATION_TYPE),
                                fields.codes("verifyMethod", CodeList.VERIFICATION_METHOD),
                                fields.codes("verifyResult", VerificationResult.values()))),
                new Group(
                        texts.get("ledger.filters.item"),
                        List.of(
                                fields.codes("urgency", CodeList.URGENCY),
                                fields.yesOrNo("systemic"),
                                fields.codes("visibility", CodeList.VISIBILITY),
                                fields.codes("tier", Tier.values()),
                                fields.select("coUnit", this::units),
                                fields.text("campaignCode"),
                                fields.text("sourceDocNo"),
                                fields.text("parentNo"),
                                fields.text("itemNo"))),
                new Group(
                        texts.get("ledger.filters.days"),
                        List.of(
                                fields.days("found"),
                                fields.days("registered"),
                                fields.days("claimed"),
                                fields.days("due"),
                                fields.days("originalDue"),
                                fields.days("selfDone"),
                                fields.days("verified"),
                                fields.days("closed"),
                                fields.days("lookBack"))));
        List<Field> rest =
                more.stream().flatMap(group -> group.fields().stream()).toList();
        List<Field> all = new ArrayList<>(common);
        all.addAll(rest);
        return new Panel(
                common,
                more,
                rest.stream().anyMatch(field -> field.isUsed() || field.problem() != null),
                all.stream()
                        .filter(Field::isUsed)
                        .map(field -> chip(field, entered))
                        .toList(),
                all.stream().filter(field -> field.problem() != null).toList());
    }

    private Chip chip(Field field, Map<String, String> entered) {
        Map<String, String> without = new LinkedHashMap<>(entered);
        without.keySet().removeIf(name -> name.equals(field.name()) || name.startsWith(field.name() + "."));
        String value =
                switch (field.input()) {
                    case TEXT -> field.value();
                    case CHECK -> texts.get("ledger.filters.yes");
                    case DAYS -> texts.get("ledger.filters.range", ends(field.from()), ends(field.to()));
                    case SELECT ->
                        field.choices().stream()
                                .filter(Choice::chosen)
                                .map(Choice::label)
                                .findFirst()
                                .orElse(field.value());
                };
        return new Chip(field.label(), value, without);
    }

    private String ends(String day) {
        return day.isEmpty() ? texts.get("ledger.filters.unlimited") : day;
    }

    private List<Choice> units(String chosen) {
        return organization.units().stream()
                .map(unit -> new Choice(unit.code(), unit.name(), unit.code().equals(chosen)))
                .toList();
    }

    private final class Fields {

        private final Map<String, String> entered;
        private final Map<String, String> problems;

        Fields(Map<String, String> entered, Map<String, String> problems) {
            this.entered = entered;
            this.problems = problems;
        }

        Field text(String name) {
            return field(name, Input.TEXT, List.of());
        }

        Field check(String name) {
            return field(name, Input.CHECK, List.of());
        }

        Field codes(String name, Enum<?>[] codes) {
            return select(name, chosen -> Arrays.stream(codes)
                    .map(code -> new Choice(
                            code.name(), texts.label(code), code.name().equals(chosen)))
                    .toList());
        }

        /** Also what is no longer offered: items have it. */
        Field codes(String name, CodeList list) {
            return select(name, chosen -> codeLists.known(list).stream()
                    .map(code -> new Choice(
                            code.code(),
                            texts.label(list.kind(), code.code()),
                            code.code().equals(chosen)))
                    .toList());
        }

        Field yesOrNo(String name) {
            return select(
                    name,
                    chosen -> List.of(
                            new Choice(YES, texts.get("ledger.filters.yes"), YES.equals(chosen)),
                            new Choice("false", texts.get("ledger.filters.no"), "false".equals(chosen))));
        }

        Field select(String name, Function<String, List<Choice>> choices) {
            return field(name, Input.SELECT, choices.apply(entered(name)));
        }

        Field days(String name) {
            String from = name + ".from";
            String to = name + ".to";
            return new Field(
                    name,
                    label(name),
                    Input.DAYS,
                    List.of(),
                    "",
                    entered(from),
                    entered(to),
                    problems.getOrDefault(from, problems.get(to)));
        }

        private Field field(String name, Input input, List<Choice> choices) {
            return new Field(name, label(name), input, choices, entered(name), "", "", problems.get(name));
        }

        private String label(String name) {
            return texts.get("ledger.filter." + name);
        }

        private String entered(String name) {
            return entered.getOrDefault(name, "");
        }
    }
}
