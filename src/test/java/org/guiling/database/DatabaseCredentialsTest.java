package org.guiling.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.guiling.GuilingTest;
import org.guiling.secret.SecretFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.jdbc.core.JdbcTemplate;

/** The database's password is exchanged while the application runs, on both sides. */
@GuilingTest
class DatabaseCredentialsTest {

    private static final String NAME = "spring.datasource.username";
    private static final String PASSWORD = "spring.datasource.password";

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    JdbcConnectionDetails database;

    @TempDir
    Path folder;

    @BeforeEach
    void makeRoles() {
        jdbc.execute("create role rotated_a login password 'first'");
        jdbc.execute("create role rotated_b login password 'of b'");
    }

    @AfterEach
    void dropRoles() {
        jdbc.execute("drop role rotated_a");
        jdbc.execute("drop role rotated_b");
    }

    @Test
    void thePoolTakesANewPasswordAndANewRole() throws SQLException {
        SecretFolder files = new SecretFolder(folder).with(NAME, "rotated_a").with(PASSWORD, "first");
        try (HikariDataSource pool = pool("rotated_a", "first")) {
            DatabaseCredentials credentials = new DatabaseCredentials(pool, files.read());
            assertThat(role(pool)).isEqualTo("rotated_a");

            jdbc.execute("alter role rotated_a password 'second'");
            pool.getHikariPoolMXBean().softEvictConnections();
            assertThatThrownBy(() -> role(pool)).isInstanceOf(SQLException.class);
            files.with(PASSWORD, "second");
            credentials.read();
            assertThat(role(pool)).isEqualTo("rotated_a");

            files.with(NAME, "rotated_b").with(PASSWORD, "of b");
            credentials.read();
            pool.getHikariPoolMXBean().softEvictConnections();
            assertThat(role(pool)).isEqualTo("rotated_b");
        }
    }

    @Test
    void thePasswordOfTheEmbeddedServerIsNotOverwritten() throws SQLException {
        SecretFolder files = new SecretFolder(folder).with(PASSWORD, "of another server");
        try (HikariDataSource pool = pool("rotated_a", "first")) {
            new DatabaseCredentials(pool, files.read()).read();
            assertThat(role(pool)).isEqualTo("rotated_a");
        }
    }

    private HikariDataSource pool(String name, String password) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.getJdbcUrl());
        pool.setUsername(name);
        pool.setPassword(password);
        pool.setMaximumPoolSize(1);
        pool.setConnectionTimeout(1_000);
        return pool;
    }

    private static String role(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.getMetaData().getUserName();
        }
    }
}
