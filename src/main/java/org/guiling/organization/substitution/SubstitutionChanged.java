package org.guiling.organization.substitution;

/** Somebody entered a substitution, or ended one before its time. Told within the transaction of the change. */
public record SubstitutionChanged(Substitution substitution) {}
