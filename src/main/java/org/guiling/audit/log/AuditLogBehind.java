package org.guiling.audit.log;

import java.time.Instant;

/**
 * Told in a transaction when a place of the security log has failed for long, once for each time that it fails.
 *
 * @param sink {@code file} or {@code syslog}
 * @param since when it began to fail
 */
public record AuditLogBehind(String sink, Instant since) {}
