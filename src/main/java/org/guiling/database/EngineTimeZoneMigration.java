package org.guiling.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TimeZone;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/**
 * Keeps the time zone that the engine's times are written in: its columns have none and mean that of the JVM. A database
 * that holds models already was written by JVMs of the zone that this one has.
 */
@Component
class EngineTimeZoneMigration extends CodeMigration {

    EngineTimeZoneMigration() {
        super("62", "engine time zone");
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                create table engine_time_zone (
                    only_row boolean primary key default true check (only_row),
                    zone     text not null
                )""");
        }
        try (PreparedStatement zone = connection.prepareStatement("insert into engine_time_zone (zone) values (?)")) {
            zone.setString(1, isWritten(connection) ? TimeZone.getDefault().getID() : EngineTimeZone.OF_A_NEW_DATABASE);
            zone.executeUpdate();
        }
    }

    private static boolean isWritten(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet models = statement.executeQuery("select exists (select from act_re_deployment)")) {
            models.next();
            return models.getBoolean(1);
        }
    }
}
