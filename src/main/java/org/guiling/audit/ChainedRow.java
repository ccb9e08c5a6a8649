package org.guiling.audit;

/**
 * A row of a chain as it is found.
 *
 * @param record all that it says, as text, without its hash
 */
record ChainedRow(long id, long seq, byte[] hash, String record) {}
