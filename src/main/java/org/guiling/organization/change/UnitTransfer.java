package org.guiling.organization.change;

import org.guiling.organization.Person;
import org.guiling.organization.Unit;
import org.guiling.refusal.RefusedException;

/**
 * A unit is about to be moved in the tree, or closed. Whoever keeps something of the unit's hands it over within the
 * transaction, or refuses ({@link RefusedException}) where nobody said to whom.
 *
 * @param unit as it was
 * @param receiving who answers for what is open from now on, as it will be: another unit, or the same one in its new
 *     place; null when nobody named one
 * @param handler who takes over where the present handler is not of the receiving unit; may be null
 * @param reason why, in the words of whoever did it; null only when nobody named a receiving unit
 * @param actor null where the system acts by itself
 */
public record UnitTransfer(Unit unit, Unit receiving, String handler, String reason, Person actor) {}
