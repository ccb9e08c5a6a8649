/** Limits on the resources that files from outside may take from their readers. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Limits",
        allowedDependencies = {})
package org.guiling.limits;
