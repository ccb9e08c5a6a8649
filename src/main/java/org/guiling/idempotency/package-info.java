/** What is sent twice is done once: keys of requests and forms, and the first answer to them. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Idempotency",
        allowedDependencies = {"item", "refusal"})
package org.guiling.idempotency;
