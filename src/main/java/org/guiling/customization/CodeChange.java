package org.guiling.customization;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.organization.Tier;
import org.guiling.text.Texts;

/**
 * One thing that becomes different about a list of codes.
 *
 * @param code as it is afterwards; null where the order of the list changes
 * @param before as it was; null for a code that is new
 * @param order the list's codes in their new order; empty where it stays
 */
public record CodeChange(Kind kind, Code code, Code before, List<Code> order) {

    /** Kinds of changes to a list. */
    enum Kind {
        ADDED,
        RENAMED,
        RENAMED_IN_ENGLISH,
        WITHDRAWN,
        OFFERED,
        TIERS,
        ORDERED
    }

    /** The changes that lead from one state of a list to another. */
    static List<CodeChange> between(List<Code> before, List<Code> after) {
        Map<String, Code> known = new HashMap<>();
        before.forEach(code -> known.put(code.code(), code));
        List<CodeChange> changes = new ArrayList<>();
        for (Code code : after) {
            Code was = known.get(code.code());
            if (was == null) {
                changes.add(new CodeChange(Kind.ADDED, code, null, List.of()));
            } else {
                addTo(changes, was, code);
            }
        }
        List<String> order = codes(before);
        List<String> newOrder = codes(after);
        newOrder.retainAll(known.keySet());
        order.retainAll(newOrder);
        if (!order.equals(newOrder)) {
            changes.add(new CodeChange(Kind.ORDERED, null, null, after));
        }
        return changes;
    }

    private static void addTo(List<CodeChange> changes, Code before, Code after) {
        if (!before.chinese().equals(after.chinese())) {
            changes.add(new CodeChange(Kind.RENAMED, after, before, List.of()));
        }
        if (!before.english().equals(after.english())) {
            changes.add(new CodeChange(Kind.RENAMED_IN_ENGLISH, after, before, List.of()));
        }
        if (before.offered() != after.offered()) {
            changes.add(new CodeChange(after.offered() ? Kind.OFFERED : Kind.WITHDRAWN, after, before, List.of()));
        }
        if (!before.tiers().equals(after.tiers())) {
            changes.add(new CodeChange(Kind.TIERS, after, before, List.of()));
        }
    }

    private static List<String> codes(List<Code> list) {
        return list.stream().map(Code::code).collect(Collectors.toCollection(ArrayList::new));
    }

    /** In words: 改名：生态环境 → 生态环保（ECOLOGY）. */
    public String text(Texts texts) {
        String key = "rules.codes.change." + kind;
        String separator = texts.get("list.separator");
        return switch (kind) {
            case ADDED -> texts.get(key, code.chinese(), code.english(), code.code());
            case RENAMED -> texts.get(key, before.chinese(), code.chinese(), code.code());
            case RENAMED_IN_ENGLISH -> texts.get(key, before.english(), code.english(), code.code());
            case WITHDRAWN, OFFERED -> texts.get(key, code.chinese(), code.code());
            case TIERS -> texts.get(key, code.chinese(), tiers(code.tiers(), texts), code.code());
            case ORDERED -> texts.get(key, order.stream().map(Code::chinese).collect(Collectors.joining(separator)));
        };
    }

    static String tiers(Set<Tier> tiers, Texts texts) {
        return tiers.isEmpty()
                ? texts.get("rules.codes.tiers.all")
                : tiers.stream().map(texts::label).collect(Collectors.joining(texts.get("list.separator")));
    }
}
