/** Units, people, roles: who somebody is and what they answer for. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Organization",
        allowedDependencies = {})
package org.guiling.organization;
