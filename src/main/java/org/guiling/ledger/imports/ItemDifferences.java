package org.guiling.ledger.imports;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.item.ItemStatus;
import org.guiling.item.Registration;
import org.guiling.item.SourceType;
import org.guiling.item.Urgency;
import org.guiling.item.Visibility;
import org.guiling.item.access.DataScope;
import org.guiling.item.todo.PersonalData;
import org.guiling.ledger.value.Normal;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares a row with the item that it is known as, field by field, as far as the row itself says something. */
final class ItemDifferences {

    /** Personal data leaves the house with these in it. */
    private static final Set<String> MASKS = Set.of("*", "＊", "某");

    /** Until its registration is decided, an item is what its source says. */
    private static final Set<ItemStatus> UNDECIDED = EnumSet.of(ItemStatus.DRAFT, ItemStatus.REVIEW);

    private final JdbcClient jdbc;
    private final Organization organization;
    private final Texts texts;
    private final DataScope scope;

    /** @param scope what the person may see; of other items nothing is compared */
    ItemDifferences(JdbcClient jdbc, Organization organization, Texts texts, DataScope scope) {
        this.jdbc = jdbc;
        this.organization = organization;
        this.texts = texts;
        this.scope = scope;
    }

    /**
     * One difference.
     *
     * @param before what the item says, in words; the same for after and the row
     */
    record Difference(RegistrationField field, String before, String after) {}

    /**
     * The result of comparing a row with an item.
     *
     * @param open true where the item can take it over: its registration is not decided yet
     * @param merged the item's facts with what the row says otherwise
     */
    record Comparison(List<Difference> differences, boolean open, Registration merged) {}

    private record Stored(Registration facts, ItemStatus status, Set<LocalDate> dues) {}

    /** @param told the fields of which the row itself says something; what comes from defaults changes nothing */
    Comparison compare(String itemNo, Registration row, Set<String> told) {
        return jdbc.sql("select * from item where item_no = :itemNo and " + scope.sql())
                .params(scope.parameters())
                .param("itemNo", itemNo)
                .query((result, index) -> stored(result))
                .optional()
                .map(stored -> compare(stored, row, told))
                .orElse(new Comparison(List.of(), false, row));
    }

    private Comparison compare(Stored stored, Registration row, Set<String> told) {
        List<Difference> differences = new ArrayList<>();
        for (RegistrationField field : RegistrationField.values()) {
            Object before = value(field, stored.facts());
            Object after = value(field, row);
            if (told.contains(field.key()) && after != null && differs(field, before, after, stored)) {
                differences.add(new Difference(field, shown(field, before, stored), words(field, after)));
            }
        }
        Set<String> changed =
                differences.stream().map(difference -> difference.field().key()).collect(Collectors.toSet());
        return new Comparison(differences, UNDECIDED.contains(stored.status()), merged(stored.facts(), row, changed));
    }

    private static boolean differs(RegistrationField field, Object before, Object after, Stored stored) {
        if (field == RegistrationField.ORIGINAL_DUE) {
            return !stored.dues().contains(after);
        }
        if (field == RegistrationField.SUBJECT && MASKS.stream().anyMatch(after.toString()::contains)) {
            return false;
        }
        if (field == RegistrationField.AMOUNT && before != null) {
            return ((BigDecimal) before).compareTo((BigDecimal) after) != 0;
        }
        if (before instanceof String text) {
            return !Normal.of(text).equals(Normal.of(after.toString()));
        }
        return !Objects.equals(before, after);
    }

    private String shown(RegistrationField field, Object value, Stored stored) {
        return field == RegistrationField.SUBJECT
                ? words(
                        field,
                        PersonalData.masked(
                                stored.facts().sourceType(), stored.facts().subject()))
                : words(field, value);
    }

    private String words(RegistrationField field, Object value) {
        if (value == null) {
            return "";
        }
        return switch (field) {
            case LEAD_UNIT -> organization.unitName(value.toString());
            case CO_UNITS ->
                ((List<?>) value)
                        .stream()
                                .map(unit -> organization.unitName(unit.toString()))
                                .collect(Collectors.joining("、"));
            case SOURCE_TYPE -> texts.label("SourceType", value);
            case CATEGORY -> texts.label("Category", value);
            case LEVEL -> texts.label("Level", value);
            case URGENCY -> texts.label("Urgency", value);
            case VISIBILITY -> texts.label("Visibility", value);
            case SYSTEMIC -> texts.label("Systemic", Boolean.TRUE.equals(value) ? "YES" : "NO");
            case AMOUNT -> ((BigDecimal) value).stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }

    private static Object value(RegistrationField field, Registration facts) {
        return switch (field) {
            case TITLE -> facts.title();
            case SOURCE_TYPE -> facts.sourceType();
            case SOURCE_DOC_NO -> facts.sourceDocNo();
            case SOURCE_SEQ -> facts.sourceSeq();
            case FOUND_DATE -> facts.foundDate();
            case FOUND_BY -> facts.foundBy();
            case FACT_TEXT -> facts.factText();
            case LOCATION -> facts.location();
            case SUBJECT -> facts.subject();
            case CATEGORY -> facts.category();
            case AMOUNT -> facts.amount();
            case LEVEL -> facts.level();
            case URGENCY -> facts.urgency();
            case SYSTEMIC -> facts.systemic();
            case VISIBILITY -> facts.visibility();
            case LEAD_UNIT -> facts.leadUnit();
            case CO_UNITS -> facts.coUnits();
            case ORIGINAL_DUE -> facts.sourceDue();
            case DUE_BASIS -> facts.sourceDueBasis();
            case CAMPAIGN_CODE -> facts.campaignCode();
        };
    }

    private static Registration merged(Registration known, Registration row, Set<String> changed) {
        boolean due = changed.contains(RegistrationField.ORIGINAL_DUE.key());
        return new Registration(
                of(RegistrationField.CAMPAIGN_CODE, changed, row.campaignCode(), known.campaignCode()),
                of(RegistrationField.SOURCE_TYPE, changed, row.sourceType(), known.sourceType()),
                of(RegistrationField.SOURCE_DOC_NO, changed, row.sourceDocNo(), known.sourceDocNo()),
                of(RegistrationField.SOURCE_SEQ, changed, row.sourceSeq(), known.sourceSeq()),
                of(RegistrationField.FOUND_DATE, changed, row.foundDate(), known.foundDate()),
                of(RegistrationField.FOUND_BY, changed, row.foundBy(), known.foundBy()),
                of(RegistrationField.TITLE, changed, row.title(), known.title()),
                of(RegistrationField.FACT_TEXT, changed, row.factText(), known.factText()),
                of(RegistrationField.LOCATION, changed, row.location(), known.location()),
                of(RegistrationField.SUBJECT, changed, row.subject(), known.subject()),
                of(RegistrationField.AMOUNT, changed, row.amount(), known.amount()),
                of(RegistrationField.CATEGORY, changed, row.category(), known.category()),
                of(RegistrationField.LEVEL, changed, row.level(), known.level()),
                of(RegistrationField.URGENCY, changed, row.urgency(), known.urgency()),
                of(RegistrationField.SYSTEMIC, changed, row.systemic(), known.systemic()),
                of(RegistrationField.VISIBILITY, changed, row.visibility(), known.visibility()),
                of(RegistrationField.LEAD_UNIT, changed, row.leadUnit(), known.leadUnit()),
                of(RegistrationField.CO_UNITS, changed, row.coUnits(), known.coUnits()),
                due ? row.sourceDue() : known.sourceDue(),
                due ? row.sourceDueBasis() : known.sourceDueBasis());
    }

    private static <T> T of(RegistrationField field, Set<String> changed, T row, T known) {
        return changed.contains(field.key()) ? row : known;
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Array coUnits = row.getArray("co_units");
        Registration facts = new Registration(
                row.getString("campaign_code"),
                SourceType.valueOf(row.getString("source_type")),
                row.getString("source_doc_no"),
                row.getString("source_seq"),
                row.getObject("found_date", LocalDate.class),
                row.getString("found_by"),
                row.getString("title"),
                row.getString("fact_text"),
                row.getString("location"),
                row.getString("subject"),
                row.getBigDecimal("amount"),
                row.getString("category"),
                row.getInt("level"),
                Urgency.valueOf(row.getString("urgency")),
                row.getBoolean("systemic"),
                Visibility.valueOf(row.getString("visibility")),
                row.getString("lead_unit"),
                Arrays.asList((String[]) coUnits.getArray()),
                row.getObject("source_due", LocalDate.class),
                row.getString("source_due_basis"));
        Set<LocalDate> dues = Stream.of("source_due", "original_due", "current_due")
                .map(column -> date(row, column))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return new Stored(facts, ItemStatus.valueOf(row.getString("status")), dues);
    }

    private static LocalDate date(ResultSet row, String column) {
        try {
            return row.getObject(column, LocalDate.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
