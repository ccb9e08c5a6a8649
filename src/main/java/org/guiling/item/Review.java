package org.guiling.item;

import java.time.Instant;

/**
 * The review of the registration (立项审核). Null throughout before it.
 *
 * @param reviewedBy null also for a part of what came on the fast lane, which nobody reviewed
 */
public record Review(String reviewedBy, Instant reviewedAt, String reviewOpinion) {}
