package org.guiling.organization.substitution;

/** From now on the absent person does their own work again. Told within the transaction that ends it. */
public record SubstitutionEnded(Substitution substitution) {}
