package org.guiling.ledger.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.refusal.Problem;

/** The result of reading a row: fields of the start form, and what a person has to know about how they were read. */
final class RowReading {

    private final Map<String, Object> fields = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notices = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private final Set<String> unknownUnits = new LinkedHashSet<>();
    private String itemNo;
    private String problemText;
    private boolean closed;

    /** By key of the start form. */
    Map<String, Object> fields() {
        return fields;
    }

    /** Problems of its cells, for example {@code #REF!}. */
    List<Problem> problems() {
        return problems;
    }

    /** Values that were understood but differ from the text of their cells. */
    List<Problem> notices() {
        return notices;
    }

    /** The fields of which the row itself says something. */
    Set<String> told() {
        return told;
    }

    /** Names that no unit has, and that are not names of many. */
    Set<String> unknownUnits() {
        return unknownUnits;
    }

    /** Our own number; null where the row has none. */
    String itemNo() {
        return itemNo;
    }

    /** The problem without what the list says about measures; null where the row has none. */
    String problemText() {
        return problemText;
    }

    /** True where the list says that the problem is done with. */
    boolean isClosed() {
        return closed;
    }

    void problem(RegistrationField field, String code, Object... arguments) {
        problems.add(Problem.of(field.key(), code, arguments));
    }

    void notice(RegistrationField field, String code, Object... arguments) {
        notices.add(Problem.of(field.key(), code, arguments));
    }

    void tells(RegistrationField field) {
        told.add(field.key());
    }

    void unknownUnit(String name) {
        unknownUnits.add(name);
    }

    void numbered(String number) {
        itemNo = number;
    }

    void about(String text) {
        problemText = text;
    }

    void close() {
        closed = true;
    }
}
