/** The office's time: one zone, one clock. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Time",
        allowedDependencies = {})
package org.guiling.time;
