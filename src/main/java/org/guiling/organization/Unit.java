package org.guiling.organization;

/**
 * A unit (单位): a department, a township or a village.
 *
 * @param parentCode the unit above, or null at the top
 */
public record Unit(String code, String name, Tier tier, String parentCode) {}
