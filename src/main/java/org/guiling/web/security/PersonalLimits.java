package org.guiling.web.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits for one person, however they call the server: above what people do, below what a script needs to empty the
 * ledger or to fill it. They count on each node by itself.
 *
 * @param within which they are counted
 * @param exports ledger, documents and audit trail as files
 * @param uploads requests with files
 * @param changes all other requests that change something, registrations among them
 */
@ConfigurationProperties("guiling.requests.of-one-person")
record PersonalLimits(
        @DefaultValue("10m") Duration within,
        @DefaultValue("100") int exports,
        @DefaultValue("500") int uploads,
        @DefaultValue("3000") int changes) {}
