package org.guiling.organization;

/**
 * A unit was opened, named anew, moved or closed. Told within the transaction of the change.
 *
 * @param before null for a new one
 */
public record UnitChanged(Unit before, Unit after) {}
