/**
 * The only package that knows Camunda: guards, delegates, and what the engine's web apps need.
 * Everything else calls {@link org.guiling.engine.service.ItemProcesses} and {@link org.guiling.engine.service.Tasks}.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Process",
        allowedDependencies = {
            "item",
            "item::*",
            "supervision",
            "spotcheck",
            "workflow",
            "workflow::*",
            "organization",
            "organization::*",
            "calendar",
            "database",
            "text",
            "audit",
            "notification",
            "customization",
            "limits",
            "time",
            "refusal"
        })
package org.guiling.engine;
