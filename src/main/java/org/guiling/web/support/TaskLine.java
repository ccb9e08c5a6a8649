package org.guiling.web.support;

import org.guiling.web.support.Dues.Due;

/**
 * A waiting task as pages show it.
 *
 * @param inHand whether it is the reader's own already
 * @param itemDue the date of its item; null before there is one
 */
public record TaskLine(
        String id, String name, String itemNo, String title, String unit, boolean inHand, Due due, Due itemDue) {}
