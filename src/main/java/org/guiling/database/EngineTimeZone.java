package org.guiling.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.guiling.time.OfficeClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives the JVM the time zone that the engine's times in this database are written in, before the engine reads one.
 * Camunda's manual demands one zone for all nodes; on a server with another one every timer would move by the difference.
 */
@Component
class EngineTimeZone implements Callback {

    static final String OF_A_NEW_DATABASE = OfficeClock.ZONE_ID;

    private static final Logger log = LoggerFactory.getLogger(EngineTimeZone.class);

    /** Null where this JVM has had the right zone from the start. */
    private HikariPoolMXBean pool;

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public String getCallbackName() {
        return "engine time zone";
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            // ZoneId refuses a zone that this JVM does not know, where TimeZone would take it for GMT.
            TimeZone kept = TimeZone.getTimeZone(ZoneId.of(read(context), ZoneId.SHORT_IDS));
            if (!kept.hasSameRules(TimeZone.getDefault())) {
                log.info(
                        "The engine's times in this database are of the zone {}; this JVM takes it in place of {}",
                        kept.getID(),
                        TimeZone.getDefault().getID());
                TimeZone.setDefault(kept);
                pool = poolOf(context.getConfiguration().getDataSource());
                renewSessions();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The time zone of the engine's times cannot be read", e);
        }
    }

    private static String read(Context context) throws SQLException {
        try (Statement statement = context.getConnection().createStatement();
                ResultSet row = statement.executeQuery("select zone from engine_time_zone")) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * A session keeps the zone that the JVM had when it began. One that was just beginning when the zone changed is renewed
     * when the application is ready, before anybody works with it.
     */
    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void renewSessions() {
        if (pool != null) {
            pool.softEvictConnections();
        }
    }

    private static HikariPoolMXBean poolOf(DataSource dataSource) throws SQLException {
        return dataSource.isWrapperFor(HikariDataSource.class)
                ? dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean()
                : null;
    }
}
