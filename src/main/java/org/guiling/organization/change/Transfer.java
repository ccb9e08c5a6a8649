package org.guiling.organization.change;

/**
 * Destination of open work at a unit that is moved or closed.
 *
 * @param receivingUnit its code; that of the unit itself when it is moved and keeps what is open; null for nothing
 * @param handler who takes over from handlers that are not of the receiving unit; may be null
 * @param reason why; kept in every item's history
 */
public record Transfer(String receivingUnit, String handler, String reason) {

    static final Transfer NONE = new Transfer(null, null, null);
}
