/** The refusals of all rules: what is lacking, why, and which HTTP status tells a caller. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Refusal",
        allowedDependencies = {})
package org.guiling.refusal;
