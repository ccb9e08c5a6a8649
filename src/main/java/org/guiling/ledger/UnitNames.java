package org.guiling.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.guiling.organization.Unit;

/** Finds units by code or exact name; read once for a whole file. */
final class UnitNames {

    private static final Pattern SEPARATOR = Pattern.compile("[、,，;；\\n]");

    private final Map<String, String> codes = new HashMap<>();

    UnitNames(List<Unit> units) {
        Set<String> ambiguous = new HashSet<>();
        for (Unit unit : units) {
            String other = codes.put(Normal.of(unit.name()), unit.code());
            if (other != null) {
                ambiguous.add(Normal.of(unit.name()));
            }
        }
        codes.keySet().removeAll(ambiguous);
        units.forEach(unit -> codes.put(Normal.of(unit.code()), unit.code()));
    }

    /** Empty when no unit has this code or name, or two have this name. */
    Optional<String> code(String text) {
        return Optional.ofNullable(codes.get(Normal.of(text)));
    }

    /** The codes of a list; what is no unit stays as it was written, and the form refuses it. */
    List<String> codes(String text) {
        Optional<String> one = code(text);
        return one.map(List::of).orElseGet(() -> SEPARATOR
                .splitAsStream(text)
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> code(part).orElse(part))
                .toList());
    }
}
