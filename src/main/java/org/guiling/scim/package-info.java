/** Provisioning of people by the office's directory: SCIM 2.0 (RFC 7643, RFC 7644). */
@org.springframework.modulith.ApplicationModule(
        displayName = "SCIM",
        allowedDependencies = {"organization", "organization::*", "text", "refusal"})
package org.guiling.scim;
