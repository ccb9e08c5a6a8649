/**
 * Spot checks (随机抽查): what is drawn, who goes, what they found (DOMAIN.md §3). Knows neither the engine, which waits for
 * the visits, nor who is told how.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Inspection",
        allowedDependencies = {"item", "item::*", "organization", "organization::*", "calendar", "time", "refusal"})
package org.guiling.spotcheck;
