package org.guiling.rules;

import java.time.Instant;

/**
 * A version of an office's file, without its content.
 *
 * @param version 1 is the office's first
 * @param own whether it has a content of the office's; otherwise the shipped one counted from then on
 * @param madeBy a person's id
 */
public record OfficeVersion(int version, boolean own, String madeBy, Instant madeAt) {}
