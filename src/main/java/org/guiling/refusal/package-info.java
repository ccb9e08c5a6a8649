/** How a rule says no: what is lacking, why, and what that is to a caller. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Refusal",
        allowedDependencies = {})
package org.guiling.refusal;
