package org.guiling.organization;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.guiling.refusal.RefusedException;

/** The rules of the tree: three tiers (三级) below one another, departments in units, no circle. */
class UnitTree {

    /** 市级部门 → 乡镇街道 → 村社区, and below any of them departments of departments. */
    private static final int DEPTH = 6;

    private final Map<String, Unit> byCode = new HashMap<>();

    UnitTree(Collection<Unit> units) {
        units.forEach(unit -> byCode.put(unit.code(), unit));
    }

    /** @throws RefusedException when the tree with the unit, new or changed, would be none */
    void require(Unit unit) {
        Unit before = byCode.put(unit.code(), unit);
        requirePlace(unit);
        requireNoCircle(unit);
        byCode.values().stream()
                .filter(below -> unit.code().equals(below.parentCode()) && below.isOpen())
                .forEach(below -> {
                    if (!unit.isOpen()) {
                        throw RefusedException.conflictAt(
                                "unit", "organization.unit.has-below", unit.name(), below.name());
                    }
                    requirePlace(below);
                });
        byCode.values().stream().filter(Unit::isOpen).forEach(this::requireDepth);
        if (before != null) {
            byCode.put(before.code(), before);
        }
    }

    private void requirePlace(Unit unit) {
        if (unit.department() && unit.tier() == Tier.VILLAGE) {
            throw RefusedException.invalid("department", "organization.unit.village-department", unit.name());
        }
        if (unit.parentCode() == null) {
            if (unit.department() || unit.tier() == Tier.VILLAGE) {
                throw RefusedException.invalid("parent", "organization.unit.parent-missing", unit.name());
            }
            return;
        }
        Unit parent = byCode.get(unit.parentCode());
        if (parent == null || !parent.isOpen() && unit.isOpen()) {
            throw RefusedException.invalid(
                    "parent", "organization.unit.parent-unknown", unit.name(), unit.parentCode());
        }
        boolean fits = unit.department()
                ? parent.tier() == unit.tier()
                : !parent.department()
                        && switch (unit.tier()) {
                            case CITY, TOWNSHIP -> parent.tier() == Tier.CITY;
                            case VILLAGE -> parent.tier() == Tier.TOWNSHIP;
                        };
        if (!fits) {
            throw RefusedException.invalid("parent", "organization.unit.tier", unit.name(), parent.name());
        }
    }

    private void requireNoCircle(Unit unit) {
        Unit above = unit;
        for (int steps = 0; above != null; steps++) {
            if (steps > byCode.size()) {
                throw RefusedException.invalid("parent", "organization.unit.circle", unit.name());
            }
            above = above.parentCode() == null ? null : byCode.get(above.parentCode());
        }
    }

    private void requireDepth(Unit unit) {
        int depth = 0;
        for (Unit above = unit; above != null; depth++) {
            above = above.parentCode() == null ? null : byCode.get(above.parentCode());
        }
        if (depth > DEPTH) {
            throw RefusedException.invalid("parent", "organization.unit.depth", unit.name(), DEPTH);
        }
    }
}
