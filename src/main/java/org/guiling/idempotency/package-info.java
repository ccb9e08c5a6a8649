/** Carries out requests and forms once, even when they are sent twice: their keys, and the first answer to them. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Idempotency",
        allowedDependencies = {"item", "item::*", "refusal"})
package org.guiling.idempotency;
