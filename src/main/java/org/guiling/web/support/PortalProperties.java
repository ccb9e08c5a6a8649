package org.guiling.web.support;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for what the portal leaves in the browsers of its readers.
 *
 * @param keptInBrowser whether browsers keep pages to be read without a connection, drafts, remembered filters and evidence
 *     that was looked at, until their person signs off; otherwise they keep nothing, and forget what they have
 */
@ConfigurationProperties("guiling.portal")
public record PortalProperties(@DefaultValue("true") boolean keptInBrowser) {}
