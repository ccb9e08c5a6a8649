package org.guiling.organization;

/**
 * Which of the people are looked for; what is null or blank does not matter.
 *
 * @param text in the name or the account
 * @param unit code of a unit in which they have a post, or below which
 * @param role in any of their posts
 * @param left those who have left, and nobody else
 */
public record PersonFilter(String text, String unit, Role role, boolean left) {}
