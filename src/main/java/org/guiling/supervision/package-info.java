/**
 * Supervision (督办): the ladder that a problem climbs while it is not at zero, and the cards that it proposes and people
 * issue (DOMAIN.md §3). Knows neither the engine, whose timers call it, nor who is told how.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Escalation",
        allowedDependencies = {"item", "item::*", "organization", "organization::*", "calendar", "time", "refusal"})
package org.guiling.supervision;
