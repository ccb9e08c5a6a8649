package org.guiling.audit;

import java.time.LocalDate;

/**
 * One thing that is wrong with the audit trail.
 *
 * @param subject the item's number, else the name of the chain, else the file of an anchor; null for an anchor as a whole
 * @param from the first row concerned, counted from 1 within its chain; null where it is about no row
 * @param to the last row concerned
 * @param rowId the id of the row in its table; null where there is none
 * @param day the anchor that it is about or was found by; null where none was needed
 */
public record Finding(Fault fault, String subject, Long from, Long to, Long rowId, LocalDate day) {

    static Finding at(Fault fault, String subject, ChainedRow row) {
        return new Finding(fault, subject, row.seq(), row.seq(), row.id(), null);
    }

    static Finding missing(String subject, long from, long to) {
        return new Finding(Fault.MISSING, subject, from, to, null, null);
    }

    static Finding of(Fault fault, String subject) {
        return new Finding(fault, subject, null, null, null, null);
    }

    static Finding ofAnchor(Fault fault, String file, LocalDate day) {
        return new Finding(fault, file, null, null, null, day);
    }
}
