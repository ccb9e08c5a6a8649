package org.guiling.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.core.io.ClassPathResource;

/**
 * A ledger that grows by copies of the items that were in it at first, by {@code scale-loader.sql}: as if each had been
 * worked on. For databases that nobody needs.
 */
final class ScaleLedger {

    private static final int OPEN_PERCENT = 50;
    private static final int HISTORY_PERCENT = 100;
    private static final int SEED = 1;

    private final JdbcConnectionDetails database;
    private final String loader;
    private final long patterns;
    private long made;

    /** The items that are there at this moment are those that will be copied. */
    ScaleLedger(JdbcConnectionDetails database) throws SQLException, IOException {
        this.database = database;
        this.loader =
                new ClassPathResource("scale-loader.sql", ScaleLedger.class).getContentAsString(StandardCharsets.UTF_8);
        this.patterns = number("select max(id) from item");
    }

    /** Adds copies until there are so many items. */
    void growTo(long items) throws SQLException {
        long missing = items - number("select count(*) from item");
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            set(
                    connection,
                    Map.of(
                            "items",
                            missing,
                            "made",
                            made,
                            "patterns",
                            patterns,
                            "open",
                            (long) OPEN_PERCENT,
                            "history",
                            (long) HISTORY_PERCENT,
                            "seed",
                            (long) SEED));
            statement.execute(loader);
            connection.commit();
        }
        made += missing;
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
        }
    }

    private static void set(Connection connection, Map<String, Long> settings) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select set_config('loader.' || ?, ?, false)")) {
            for (Map.Entry<String, Long> setting : settings.entrySet()) {
                set.setString(1, setting.getKey());
                set.setString(2, setting.getValue().toString());
                set.execute();
            }
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }
}
