package org.guiling.engine.property;

/**
 * An attempt at a move.
 *
 * @param person their id; null where the system acts by itself or nobody is signed on
 * @param what in words, for the story of a sequence that failed
 * @param illegal why it has to be refused; null when nothing says that it has to be
 * @param work does it, or throws
 */
record Attempt(String person, String what, String illegal, Runnable work) {}
