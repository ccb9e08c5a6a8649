/**
 * The record of an item (事项): what is known, who did what, and the five gates (五步) between which it moves. Knows
 * neither the engine nor the web.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Item",
        allowedDependencies = {"organization", "organization::*", "calendar", "audit", "time", "refusal"})
package org.guiling.item;
