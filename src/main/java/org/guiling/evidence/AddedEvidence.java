package org.guiling.evidence;

/** The result of adding a file: the evidence, and true where it is new rather than there already. */
public record AddedEvidence(Evidence evidence, boolean anew) {}
