package org.guiling.organization.change;

import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;

/**
 * Somebody is about to leave a post. Whoever keeps work of theirs hands it to the successor within the transaction, or
 * refuses ({@link RefusedException}) where there is none.
 *
 * @param after as they will be; null for somebody who leaves altogether
 * @param successor who takes over what they handle; may be null
 * @param reason why, or null
 * @param actor null where the system acts by itself
 */
public record PersonMoves(Person before, Person after, String successor, String reason, Person actor) {

    /** True where they will still handle the unit's items. */
    public boolean staysHandlerOf(String unit) {
        return after != null && after.isAppointed(Role.HANDLER, unit);
    }
}
