/** Units, people, posts, roles, substitutes: who somebody is and what they answer for. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Organization",
        allowedDependencies = {"audit", "time", "refusal"})
package org.guiling.organization;
