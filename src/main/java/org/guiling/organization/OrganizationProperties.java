package org.guiling.organization;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.io.Resource;

/**
 * Source of units and people.
 *
 * @param location a YAML file that is read at every start, or null to leave what is there
 * @param initialPassword the password of people that are new, unless the file gives a hash; null when it always does
 */
@ConfigurationProperties("guiling.organization")
public record OrganizationProperties(Resource location, String initialPassword) {}
