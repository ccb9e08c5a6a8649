package org.guiling.organization;

/**
 * Criteria of a search for people; those that are null or blank do not matter.
 *
 * @param text in the name or the account
 * @param unit code of a unit in which they have a post, or below which
 * @param role in any of their posts
 * @param left those who have left, and nobody else
 */
public record PersonFilter(String text, String unit, Role role, boolean left) {}
