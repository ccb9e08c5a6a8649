package org.guiling.organization;

/**
 * Somebody as the register has them, also after they have left.
 *
 * @param person with the main post that they have, or had last
 * @param active false for somebody who has left
 */
public record RegisteredPerson(Person person, boolean active, Addresses addresses) {}
