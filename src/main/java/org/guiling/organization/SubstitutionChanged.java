package org.guiling.organization;

/** Somebody entered a substitution, or ended one before its time. Told within the transaction of the change. */
record SubstitutionChanged(Substitution substitution) {}
