package org.guiling.organization;

import java.time.LocalDate;

/**
 * A unit (单位) or a department (科室) of one.
 *
 * @param tier that of the unit it is part of, for a department
 * @param parentCode the unit above, or null at the top
 * @param closedOn the first day on which it is no more; null while it is
 */
public record Unit(String code, String name, Tier tier, String parentCode, boolean department, LocalDate closedOn) {

    public Unit(String code, String name, Tier tier, String parentCode) {
        this(code, name, tier, parentCode, false, null);
    }

    public boolean isOpen() {
        return closedOn == null;
    }

    public Unit named(String newName) {
        return new Unit(code, newName, tier, parentCode, department, closedOn);
    }

    public Unit under(String newParent) {
        return new Unit(code, name, tier, newParent, department, closedOn);
    }

    public Unit closed(LocalDate day) {
        return new Unit(code, name, tier, parentCode, department, day);
    }
}
