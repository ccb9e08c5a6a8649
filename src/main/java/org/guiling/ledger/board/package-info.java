/** Figures of the board: counts, rates, the course of a period. */
@org.springframework.modulith.NamedInterface("board")
package org.guiling.ledger.board;
