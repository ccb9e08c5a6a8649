package org.guiling.notification;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The address at which people reach this application.
 *
 * @param publicUrl with scheme and host; null as long as nothing leaves the house
 */
@ConfigurationProperties("guiling")
record PublicAddress(URI publicUrl) {}
