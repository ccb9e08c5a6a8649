/**
 * Notifications (通知): who is told what, once, when, and through which channel. Callers know {@link
 * org.guiling.notification.Notifications} alone. Knows neither the engine, which carries the deliveries, nor the record.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Notification",
        allowedDependencies = {"organization", "organization::*", "calendar", "text", "audit::log", "secret"})
package org.guiling.notification;
