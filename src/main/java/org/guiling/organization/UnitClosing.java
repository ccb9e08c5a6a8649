package org.guiling.organization;

/**
 * A unit is about to be closed, or merged into another. Whoever keeps something of the unit's moves it to the target
 * within the transaction, or refuses where there is none.
 *
 * @param target where what is open goes; null when nobody named one
 * @param reason why, in the words of whoever did it
 * @param documentNo the document (文号) that orders it
 */
public record UnitClosing(Unit unit, Unit target, String reason, String documentNo) {}
