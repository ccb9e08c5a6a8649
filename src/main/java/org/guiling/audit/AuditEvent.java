package org.guiling.audit;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened beside the items; never changed once written.
 *
 * @param actor a person's id; null where the system acted by itself or nobody was signed on
 * @param subject what or whom it is about; may be null
 * @param details what else is worth knowing, by name
 */
public record AuditEvent(
        long id, Instant at, AuditEventKind kind, String actor, String subject, Map<String, Object> details) {}
