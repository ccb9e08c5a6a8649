package org.guiling.audit;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One digest over the heads of all chains (锚定), taken once a day.
 *
 * @param digest SHA-256 of {@link Anchors#file} in hexadecimal digits
 * @param heads how many chains moved since the anchor before
 */
public record Anchor(long id, LocalDate day, Instant madeAt, String digest, long heads) {}
