package org.guiling.item;

import java.time.Instant;

/** The review of the registration (立项审核). Null throughout before it. */
public record Review(String reviewedBy, Instant reviewedAt, String reviewOpinion) {}
