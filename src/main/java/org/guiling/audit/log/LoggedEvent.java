package org.guiling.audit.log;

import java.time.Instant;

/**
 * An audit event on its way out.
 *
 * @param details as JSON
 * @param node the node on which it happened; null for an event of before nodes were written down
 * @param seq its number within its kind
 * @param previous the hash of the event before within its kind, in hexadecimal digits like hash
 * @param record the row as its hash covers it
 */
record LoggedEvent(
        long id,
        Instant at,
        String kind,
        String actor,
        String subject,
        String details,
        String node,
        long seq,
        String previous,
        String hash,
        String record) {}
