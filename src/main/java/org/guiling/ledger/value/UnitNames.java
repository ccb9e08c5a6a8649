package org.guiling.ledger.value;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.guiling.organization.Unit;

/** Finds units by code, exact name, or another name that somebody confirmed; read once for a whole file. */
public final class UnitNames {

    private static final Pattern SEPARATOR = Pattern.compile("[、,，;；\\n]|\\s{2,}");
    /** 牵头单位：甲局, 甲局（牵头） */
    private static final Pattern PART =
            Pattern.compile("^(牵头|责任|主责|配合|协办)(单位|部门)?[:：]|[(（](牵头|主责|责任单位|牵头单位|配合|协办|配合单位)[)）]$");

    private static final Pattern COLLECTIVE =
            Pattern.compile("^(各|相关|有关|所有|其他|其它|全[市县区]).*|.*(等部门|等单位|有关单位|相关单位|相关部门|有关部门)$");
    private static final Pattern REMARK = Pattern.compile("\\([^()]*\\)");
    /** So much of two names has to be common to them, in order. */
    private static final double ALIKE = 0.5;

    private static final int MAX_SUGGESTED = 3;

    private final List<Unit> units;
    private final Map<String, String> codes = new HashMap<>();

    public UnitNames(List<Unit> units) {
        this(units, Map.of());
    }

    /** @param others by other names of units, normal, their codes; a name in use wins over them */
    public UnitNames(List<Unit> units, Map<String, String> others) {
        this.units = units;
        Set<String> ambiguous = new HashSet<>();
        for (Unit unit : units) {
            String other = codes.put(Normal.of(unit.name()), unit.code());
            if (other != null) {
                ambiguous.add(Normal.of(unit.name()));
            }
        }
        codes.keySet().removeAll(ambiguous);
        units.forEach(unit -> codes.put(Normal.of(unit.code()), unit.code()));
        others.forEach((name, code) -> {
            if (units.stream().anyMatch(unit -> unit.code().equals(code))) {
                codes.putIfAbsent(name, code);
            }
        });
    }

    /** Empty when no unit has this code or name, or two have this name. */
    public Optional<String> code(String text) {
        return Optional.ofNullable(codes.get(Normal.of(text)));
    }

    /** The codes of a list; what is no unit stays as it was written, and the form refuses it. */
    public List<String> codes(String text) {
        Optional<String> one = code(text);
        return one.map(List::of).orElseGet(() -> names(text).stream()
                .map(part -> code(part).orElse(part))
                .distinct()
                .toList());
    }

    /** The names that a text lists. */
    public List<String> names(String text) {
        if (code(text).isPresent()) {
            return List.of(text);
        }
        return SEPARATOR
                .splitAsStream(text)
                .map(String::strip)
                .map(part -> code(part).isPresent()
                        ? part
                        : PART.matcher(part).replaceAll("").strip())
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** True where the text names a kind of units, not one: 各镇（街道）. */
    public boolean isCollective(String name) {
        return code(name).isEmpty() && COLLECTIVE.matcher(Normal.of(name)).matches();
    }

    /** Units that may be meant by a name that none has: a former or a short one. The most similar first; may be empty. */
    public List<Unit> suggestions(String name) {
        String wanted = bare(name);
        if (wanted.length() < 2) {
            return List.of();
        }
        record Similar(Unit unit, double likeness) {}
        return units.stream()
                .map(unit -> new Similar(unit, likeness(wanted, bare(unit.name()))))
                .filter(similar -> similar.likeness() >= ALIKE)
                .sorted(Comparator.comparingDouble(Similar::likeness).reversed())
                .limit(MAX_SUGGESTED)
                .map(Similar::unit)
                .toList();
    }

    /** 1 when the shorter name is an abbreviation of the longer one, as 住建局 is: its characters in the same order. */
    private static double likeness(String one, String other) {
        String shorter = one.length() < other.length() ? one : other;
        int common = common(one, other);
        boolean abbreviation = !shorter.isEmpty() && common == shorter.length() && last(one) == last(other);
        return abbreviation ? 1 : 2.0 * common / (one.length() + other.length());
    }

    private static char last(String text) {
        return text.charAt(text.length() - 1);
    }

    /** The length of the longest sequence of characters that both have in this order. */
    private static int common(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            for (int j = 1; j <= other.length(); j++) {
                now[j] = one.charAt(i - 1) == other.charAt(j - 1) ? before[j - 1] + 1 : Math.max(before[j], now[j - 1]);
            }
            before = now;
        }
        return before[other.length()];
    }

    private static String bare(String name) {
        String bare = REMARK.matcher(Normal.of(name)).replaceAll("");
        return Stream.of("市", "县", "区").anyMatch(bare::startsWith) && bare.length() > 2 ? bare.substring(1) : bare;
    }
}
