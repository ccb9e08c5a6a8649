/**
 * The database: a real PostgreSQL in {@code ./data} for those who bring none, and the migrations that own the
 * engine's schema and ours.
 */
@org.springframework.modulith.ApplicationModule(
        displayName = "Database",
        allowedDependencies = {"secret", "time"})
package org.guiling.database;
