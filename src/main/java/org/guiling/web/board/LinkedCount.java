package org.guiling.web.board;

/**
 * A number on the board.
 *
 * @param link the address of the list of exactly the items that it counts; may be null for none
 */
record LinkedCount(long count, String link) {}
