package org.guiling.organization;

import java.time.LocalDate;

/**
 * A unit (单位) or a department (科室) of one.
 *
 * @param tier that of the unit it is part of, for a department
 * @param parentCode the unit above, or null at the top
 * @param openedOn null where nobody wrote it down
 * @param closedOn the first day on which it is no more; null while it is
 */
public record Unit(
        String code,
        String name,
        Tier tier,
        String parentCode,
        boolean department,
        LocalDate openedOn,
        LocalDate closedOn) {

    public Unit(String code, String name, Tier tier, String parentCode) {
        this(code, name, tier, parentCode, false, null, null);
    }

    public boolean isOpen() {
        return closedOn == null;
    }

    Unit closed(LocalDate day) {
        return new Unit(code, name, tier, parentCode, department, openedOn, day);
    }
}
