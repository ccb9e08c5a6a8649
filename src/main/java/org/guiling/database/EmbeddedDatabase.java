package org.guiling.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.guiling.time.OfficeClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A real PostgreSQL on loopback whose data outlives the application. Its defaults for tests (no fsync, asynchronous
 * commit, trust) are turned into those of a server that keeps a record.
 */
final class EmbeddedDatabase implements JdbcConnectionDetails, ApplicationListener<ContextClosedEvent>, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final int RESTARTS_IN_A_ROW = 10;
    private static final Duration BETWEEN_RESTARTS = Duration.ofSeconds(1);
    private static final String USER = "postgres";
    private static final String LOOPBACK_WITH_PASSWORD = """
        # Written by Guiling: loopback only, with a password.
        host all all 127.0.0.1/32 scram-sha-256
        host all all ::1/128      scram-sha-256
        """;

    private final DataFolder folder;
    private final int port;
    private final Duration timeout;
    private final Runnable lost;
    private final EmbeddedPostgres server;
    private volatile boolean ending;
    private volatile Thread restarting;

    private EmbeddedDatabase(DataFolder folder, EmbeddedPostgres server, Duration timeout, Runnable lost) {
        this.folder = folder;
        this.server = server;
        this.port = server.getPort();
        this.timeout = timeout;
        this.lost = lost;
    }

    /**
     * Starts the server, and starts it again on the same port where it ends without being asked: PostgreSQL then recovers
     * what was committed.
     *
     * @param lost what to do when it cannot be started again
     */
    static EmbeddedDatabase start(EmbeddedDatabaseProperties properties, Runnable lost) {
        DataFolder folder = DataFolder.acquire(properties.directory());
        try {
            folder.server().ifPresent(EmbeddedDatabase::stop);
            EmbeddedDatabase database =
                    new EmbeddedDatabase(folder, launch(folder, properties), properties.timeout(), lost);
            folder.server().ifPresent(process -> database.watch(process, pgCtl(process)));
            return database;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private void watch(ProcessHandle process, Path control) {
        process.onExit().thenAccept(ended -> ended(ended, control));
    }

    private static Path pgCtl(ProcessHandle server) {
        Path postgres = Path.of(server.info().command().orElseThrow());
        return postgres.resolveSibling(postgres.getFileName().toString().replace("postgres", "pg_ctl"));
    }

    private void ended(ProcessHandle process, Path control) {
        if (!ending) {
            log.error(
                    "The embedded PostgreSQL, process {}, ended without being asked; starting it again", process.pid());
            restarting = new Thread(() -> restart(control), "postgres-restart");
            restarting.start();
        }
    }

    private void restart(Path control) {
        if (!isStartedAgain(control) && !ending) {
            lost.run();
        }
    }

    /** The processes that a killed server leaves hold its memory for a moment, and it does not start before they are gone. */
    private synchronized boolean isStartedAgain(Path control) {
        try {
            for (int i = 0; i < RESTARTS_IN_A_ROW && !ending; i++) {
                if (isStartedBy(control) && isWatched(control)) {
                    log.info("The embedded PostgreSQL is back on loopback port {}", port);
                    return true;
                }
                Thread.sleep(BETWEEN_RESTARTS.toMillis());
            }
            log.error("The embedded PostgreSQL did not start again; see {}", folder.log());
        } catch (IOException e) {
            log.error("The embedded PostgreSQL cannot be started again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** A server may end again while the control program still waits to see it ready; the program then reports success. */
    private boolean isWatched(Path control) {
        Optional<ProcessHandle> process = folder.server();
        process.ifPresent(running -> watch(running, control));
        return process.isPresent();
    }

    /**
     * Not by the library, which waits its whole timeout for a server that has ended and keeps its lock on the data after
     * that. The server knows the options that it was started with.
     */
    private boolean isStartedBy(Path control) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(controlCommand(control));
        command.addAll(List.of("restart", "-w", "-t", Long.toString(Math.max(1, timeout.toSeconds()))));
        command.addAll(
                List.of("-D", folder.postgres().toString(), "-l", folder.log().toString()));
        Process starting = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.log().resolveSibling("pg_ctl.log").toFile())
                .start();
        try {
            return starting.waitFor() == 0;
        } catch (InterruptedException e) {
            starting.destroy();
            throw e;
        }
    }

    /** Whatever stops the application may stop the server at the same time. */
    @Override
    public void onApplicationEvent(ContextClosedEvent closing) {
        ending = true;
    }

    /** PostgreSQL refuses root; the library calls it in a namespace of its own, where the caller is somebody else. */
    private static List<String> controlCommand(Path control) {
        return LinuxUtils.isUnshareAvailable()
                ? List.of("unshare", "-U", control.toString())
                : List.of(control.toString());
    }

    private static EmbeddedPostgres launch(DataFolder folder, EmbeddedDatabaseProperties properties) {
        Path binaries = properties.binaries() == null ? folder.binaries() : properties.binaries();
        boolean first = !Files.exists(folder.postgres().resolve("postgresql.conf"));
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.postgres())
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(
                            Files.createDirectories(binaries).toFile())
                    .setPGStartupWait(properties.timeout())
                    .setRegisterShutdownHook(false)
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("timezone", OfficeClock.ZONE_ID);
            if (!first) {
                builder.setConnectConfig("password", folder.password());
            }
            if (properties.port() > 0) {
                builder.setPort(properties.port());
            }
            EmbeddedPostgres server = builder.start();
            if (first) {
                demandPassword(server, folder);
            }
            log.info("Embedded PostgreSQL on loopback port {}, data in {}", server.getPort(), folder.postgres());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start on " + folder.postgres(), e);
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded PostgreSQL could not be secured", e);
        }
    }

    /** A new cluster trusts everybody on the machine; from here on it asks for the password. */
    private static void demandPassword(EmbeddedPostgres server, DataFolder folder) throws SQLException, IOException {
        Path accessRules = folder.postgres().resolve("pg_hba.conf");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter role " + USER + " password '" + folder.password() + "'");
            Files.writeString(accessRules, LOOPBACK_WITH_PASSWORD);
            statement.execute("select pg_reload_conf()");
        }
    }

    private static void stop(ProcessHandle orphan) {
        log.warn("Stopping PostgreSQL process {}, left behind by an application that was killed", orphan.pid());
        orphan.destroy();
        try {
            orphan.onExit().get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while stopping process " + orphan.pid(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "PostgreSQL process " + orphan.pid() + " still holds the data folder and did not stop", e);
        }
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public String getUsername() {
        return USER;
    }

    @Override
    public String getPassword() {
        return folder.password();
    }

    @Override
    public void close() throws IOException {
        ending = true;
        Thread waiting = restarting;
        if (waiting != null && waiting != Thread.currentThread()) {
            waiting.interrupt();
        }
        synchronized (this) {
            server.close();
            folder.close();
        }
    }
}
