package org.guiling.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.guiling.secret.SecretFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives the pool the name and the password with which the database is to be asked from now on, where a file has others than
 * before. Connections that are open stay: the database looked at their password when they began.
 */
@Component
class DatabaseCredentials {

    private static final Logger log = LoggerFactory.getLogger(DatabaseCredentials.class);
    private static final String PASSWORD = "spring.datasource.password";
    private static final int SECONDS = 5;

    private final HikariDataSource pool;
    private final SecretFiles secrets;
    private final boolean fromSettings;

    /** @param dataSource the pool, or one around it that counts its statements */
    DatabaseCredentials(DataSource dataSource, SecretFiles secrets) throws SQLException {
        this.pool = dataSource.unwrap(HikariDataSource.class);
        this.secrets = secrets;
        // The embedded server has a password of its own.
        fromSettings = pool.getPassword() != null && pool.getPassword().equals(secrets.current(PASSWORD, null));
    }

    @Scheduled(fixedDelay = SECONDS, timeUnit = TimeUnit.SECONDS)
    void read() {
        if (!fromSettings) {
            return;
        }
        String username = secrets.current("spring.datasource.username", pool.getUsername());
        String password = secrets.current(PASSWORD, pool.getPassword());
        if (!Objects.equals(username, pool.getUsername()) || !Objects.equals(password, pool.getPassword())) {
            pool.setUsername(username);
            pool.setPassword(password);
            log.info("The pool has new credentials for the database, of {}.", username);
        }
    }
}
