package org.guiling.document;

import java.time.LocalDate;

/**
 * The particulars with which a document is issued.
 *
 * @param number the office's; null to leave room for it
 * @param day on which it is issued again; null for what bears the day of its action
 */
record Issue(String number, LocalDate day) {

    static final Issue AS_IT_COMES = new Issue(null, null);

    /** The day that the paper bears: of the action, or of the day on which it is issued again. */
    LocalDate dated(LocalDate actionDay) {
        return day == null ? actionDay : day;
    }
}
