package org.guiling.document;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A document as it was issued.
 *
 * @param version 1, 2, … for the item and the kind
 * @param occasion the action that it is about
 * @param number the office's; null where none was given
 * @param issuedBy a person's id
 * @param reason why it was issued again; null for what was issued as it came
 */
public record IssuedDocument(
        DocumentKind kind,
        int version,
        String occasion,
        String number,
        LocalDate issuedOn,
        Instant issuedAt,
        String issuedBy,
        String reason,
        String sha256) {}
