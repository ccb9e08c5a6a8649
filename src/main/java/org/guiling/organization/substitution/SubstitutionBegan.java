package org.guiling.organization.substitution;

/** From now on the substitute does the absent person's work. Told within the transaction that begins it. */
public record SubstitutionBegan(Substitution substitution) {}
