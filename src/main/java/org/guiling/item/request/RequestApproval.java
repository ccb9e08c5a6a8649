package org.guiling.item.request;

import java.time.Instant;

/**
 * One approval of a request.
 *
 * @param approver a person's id
 * @param opinion may be null
 */
public record RequestApproval(String approver, Instant approvedAt, String opinion) {}
