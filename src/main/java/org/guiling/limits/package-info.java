/** What files from outside may ask of those who read them. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Limits",
        allowedDependencies = {})
package org.guiling.limits;
