package org.guiling.web.imports;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.customization.CodeList;
import org.guiling.customization.CodeLists;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The inputs for what all rows of a file have in common, with their options: defaults of an import. */
@Component
class ImportDefaults {

    private final CodeLists codeLists;
    private final Organization organization;
    private final Texts texts;

    ImportDefaults(CodeLists codeLists, Organization organization, Texts texts) {
        this.codeLists = codeLists;
        this.organization = organization;
        this.texts = texts;
    }

    /** Fields of the registration form that a whole file may have in common. */
    private enum CommonField {
        LEAD_UNIT("leadUnit", "select"),
        CATEGORY("category", "select"),
        LEVEL("level", "select"),
        SOURCE_TYPE("sourceType", "select"),
        SOURCE_DOC_NO("sourceDocNo", "text"),
        FOUND_BY("foundBy", "text"),
        FOUND_DATE("foundDate", "date"),
        URGENCY("urgency", "select"),
        SYSTEMIC("systemic", "select"),
        VISIBILITY("visibility", "select"),
        DUE_BASIS("dueBasis", "text");

        private final String key;
        private final String input;

        CommonField(String key, String input) {
            this.key = key;
            this.input = input;
        }
    }

    record Option(String value, String label) {}

    /** @param input kind of the page's input: select, text, date */
    record DefaultField(String key, String input, List<Option> options, String value) {}

    /** @param entered what somebody entered before, by field */
    List<DefaultField> fields(Map<String, String> entered) {
        return Arrays.stream(CommonField.values())
                .map(field -> new DefaultField(field.key, field.input, options(field), entered.get(field.key)))
                .toList();
    }

    /** The values of these fields among the parts of a form. */
    static Map<String, String> entered(Map<String, String> parts) {
        Map<String, String> defaults = new HashMap<>();
        for (CommonField field : CommonField.values()) {
            defaults.put(field.key, parts.getOrDefault(field.key, ""));
        }
        return defaults;
    }

    List<Option> units() {
        return organization.units().stream()
                .map(unit -> new Option(unit.code(), unit.name()))
                .toList();
    }

    private List<Option> options(CommonField field) {
        return field == CommonField.LEAD_UNIT
                ? units()
                : CodeList.ofKind(StringUtils.capitalize(field.key))
                        .map(this::options)
                        .orElse(List.of());
    }

    private List<Option> options(CodeList list) {
        return codeLists.offered(list).stream()
                .map(code -> new Option(code.code(), texts.label(list.kind(), code.code())))
                .toList();
    }
}
