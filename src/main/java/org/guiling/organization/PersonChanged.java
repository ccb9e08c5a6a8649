package org.guiling.organization;

/**
 * Somebody came, left, or may do something else than before. Told within the transaction of the change.
 *
 * @param before null for somebody new, or who was disabled
 * @param after null for somebody who left; equal to before where it is time that changed what they may
 */
public record PersonChanged(String id, Person before, Person after) {}
