package org.guiling.audit;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The audit trail.
 *
 * @param anchors the folder of the anchors' files; of several nodes the same one
 */
@ConfigurationProperties("guiling.audit")
public record AuditProperties(@DefaultValue("data/anchors") Path anchors) {}
