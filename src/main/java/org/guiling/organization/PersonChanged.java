package org.guiling.organization;

/**
 * Somebody came, left, or may do something else than before. Told within the transaction of the change.
 *
 * @param before null for somebody new
 * @param after null for somebody who left
 */
public record PersonChanged(String id, Person before, Person after) {}
