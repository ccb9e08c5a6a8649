/**
 * The audit trail (审计留痕): chains of hashes over the timeline and over what happened beside the items, a daily anchor,
 * and the verification that finds whatever was changed behind the application's back.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Audit",
        allowedDependencies = {"text", "time"})
package org.guiling.audit;
