package org.guiling.organization.change;

import org.guiling.organization.Person;

/**
 * Somebody is about to leave without anybody who takes over. What they handle stays in their name until an administrator
 * hands it over; what they claimed for a group goes back to it within the transaction.
 */
public record PersonShutOut(Person before) {}
