/** Limits and due dates. Dates are days in {@code Asia/Shanghai}; a deadline ends at 24:00 of its day. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Calendar",
        allowedDependencies = {})
package org.guiling.calendar;
