package org.guiling.engine.decision;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;

/**
 * A column of a decision table that offices edit.
 *
 * @param name what the engine calls it
 * @param type its type in the file
 * @param codes the enum of its codes; null where they are none
 */
public record RuleColumn(String name, String type, Meaning meaning, Class<? extends Enum<?>> codes) {

    /** The group that closes the items of a village: it has none of its own, only that of its township. */
    public static final String LEADERS_OF_TOWNSHIP = "\"unit-\" + township + \"-leaders\"";

    /** A cell, and an input, in which no group stands. */
    public static final String NOBODY = "null";

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,5}");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]*)\"");

    /** Types of the contents of a column. */
    public enum Meaning {
        /** The name of a constant. */
        CODE,
        /** 1 to 4 (等级). */
        LEVEL,
        /** A group of the engine. */
        GROUP,
        NUMBER,
        TEXT
    }

    static RuleColumn codes(String name, Class<? extends Enum<?>> codes) {
        return new RuleColumn(name, "string", Meaning.CODE, codes);
    }

    static RuleColumn level() {
        return new RuleColumn("level", "integer", Meaning.LEVEL, null);
    }

    static RuleColumn number(String name) {
        return new RuleColumn(name, "integer", Meaning.NUMBER, null);
    }

    static RuleColumn group(String name) {
        return new RuleColumn(name, "string", Meaning.GROUP, null);
    }

    static RuleColumn text(String name) {
        return new RuleColumn(name, "string", Meaning.TEXT, null);
    }

    /** The values that may be chosen in the column; empty where anything may be entered. */
    public List<String> options() {
        return switch (meaning) {
            case CODE -> Stream.of(codes.getEnumConstants()).map(Enum::name).toList();
            case GROUP -> groups();
            case LEVEL, NUMBER, TEXT -> List.of();
        };
    }

    /**
     * The value of an input on a page for an output of the file; empty for an expression, which only a file can change.
     */
    public Optional<String> entered(String cell) {
        return switch (meaning) {
            case NUMBER, LEVEL -> NUMBER.matcher(cell).matches() ? Optional.of(cell) : Optional.empty();
            case CODE, TEXT -> quoted(cell);
            case GROUP ->
                cell.equals(NOBODY) ? Optional.of(NOBODY) : quoted(cell).filter(options()::contains);
        };
    }

    /**
     * Converts an entered value to the cell of the file.
     *
     * @throws RefusedException when it is none of the options, no number or no plain text
     */
    public String cell(String entered) {
        String value = entered.strip();
        return switch (meaning) {
            case NUMBER, LEVEL -> {
                if (!NUMBER.matcher(value).matches()) {
                    throw RefusedException.invalid(name, "rules.edit.number", value);
                }
                yield value;
            }
            case CODE, GROUP -> {
                boolean nobody = meaning == Meaning.GROUP && value.equals(NOBODY);
                if (!nobody && !options().contains(value)) {
                    throw RefusedException.invalid(name, "rules.edit.option", value);
                }
                yield nobody ? value : '"' + value + '"';
            }
            case TEXT -> {
                if (value.isEmpty() || value.matches("(?s).*[\"\\\\\\p{Cntrl}].*")) {
                    throw RefusedException.invalid(name, "rules.edit.text", value);
                }
                yield '"' + value + '"';
            }
        };
    }

    private static Optional<String> quoted(String cell) {
        Matcher text = QUOTED.matcher(cell);
        return text.matches() ? Optional.of(text.group(1)) : Optional.empty();
    }

    /** The groups that may decide something about items, whatever the unit. */
    static List<String> groups() {
        return Stream.of(Role.REVIEWER, Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD)
                .map(role -> role.group(null))
                .toList();
    }
}
