/** Secrets of other services that lie in files: exchanged there, they are used without a restart. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Secret",
        allowedDependencies = {})
package org.guiling.secret;
