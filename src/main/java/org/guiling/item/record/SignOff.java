package org.guiling.item.record;

import java.time.Instant;

/** One signature of the chain (销号审批意见). */
public record SignOff(int round, String approver, boolean approved, String opinion, Instant signedAt) {}
