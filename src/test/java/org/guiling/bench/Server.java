package org.guiling.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** The PostgreSQL server, watched from a database of its own so that watching counts for neither side. */
final class Server implements AutoCloseable {

    private static final String OF_DATABASE =
            "from pg_stat_statements where dbid = (select oid from pg_database where datname = ?)";

    private final JdbcConnectionDetails details;
    private final Connection observer;

    private Server(JdbcConnectionDetails details, Connection observer) {
        this.details = details;
        this.observer = observer;
    }

    /** Watches from a new database and keeps checkpoints away, for measuring what is written. */
    static Server watch(JdbcConnectionDetails details) throws SQLException {
        try (Server server = connect(details)) {
            server.execute("create database observer");
            // After a checkpoint the first change of each page writes the whole page.
            server.execute("alter system set checkpoint_timeout = '1h'");
            server.execute("alter system set max_wal_size = '8GB'");
            server.execute("select pg_reload_conf()");
        }
        Server server = new Server(details, connection(details, url(details, "observer")));
        server.execute("create extension pg_walinspect");
        return server;
    }

    static Server connect(JdbcConnectionDetails details) throws SQLException {
        return new Server(details, connection(details, details.getJdbcUrl()));
    }

    /** Bytes of the records themselves, bytes of full-page images, and commits as the server counts them. */
    record Written(long recordBytes, long imageBytes, long commits) {}

    /** The position of the log and the number of transactions that a database has committed. */
    record Mark(String position, String database, long commits) {}

    /** @param pool the pool of the side to be measured; its own figures are handed over first */
    Mark mark(String database, HikariDataSource pool) throws SQLException {
        // A backend keeps its figures for up to a minute; this thread gets the connection that it used before.
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_stat_force_next_flush()");
        }
        try (PreparedStatement query = observer.prepareStatement(
                "select pg_current_wal_flush_lsn(), (select xact_commit from pg_stat_database where datname = ?)")) {
            query.setString(1, database);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Mark(row.getString(1), database, row.getLong(2));
            }
        }
    }

    /** The amounts written between two marks; the commit of the second mark's own flush is taken off. */
    Written between(Mark from, Mark to) throws SQLException {
        try (PreparedStatement query = observer.prepareStatement(
                "select sum(record_size), sum(fpi_size) from pg_get_wal_stats(?::pg_lsn, ?::pg_lsn)")) {
            query.setString(1, from.position());
            query.setString(2, to.position());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Written(row.getLong(1), row.getLong(2), to.commits() - from.commits() - 1);
            }
        }
    }

    /** Counts from here on the statements of all databases; needs {@code pg_stat_statements} to be preloaded. */
    void countStatements() throws SQLException {
        execute("create extension pg_stat_statements");
    }

    void forgetStatements() throws SQLException {
        execute("select pg_stat_statements_reset()");
    }

    /** The statements of a database, their milliseconds within the server, and the blocks of 8 kB that they touched. */
    record Read(double statements, double milliseconds, double blocks, double temporaryBlocks) {

        Read each(int times) {
            return new Read(statements / times, milliseconds / times, blocks / times, temporaryBlocks / times);
        }
    }

    /** The sum of what was executed in a database since {@link #forgetStatements()}. */
    Read read(String database) throws SQLException {
        try (PreparedStatement query = observer.prepareStatement("""
                select coalesce(sum(calls), 0), coalesce(sum(total_exec_time), 0),
                       coalesce(sum(shared_blks_hit + shared_blks_read), 0), coalesce(sum(temp_blks_read + temp_blks_written), 0)
                """ + OF_DATABASE)) {
            query.setString(1, database);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Read(row.getDouble(1), row.getDouble(2), row.getDouble(3), row.getDouble(4));
            }
        }
    }

    /** The statements that touched most since {@link #forgetStatements()}, with their counts, the dearest first. */
    List<String> dearest(String database, int most) throws SQLException {
        try (PreparedStatement query = observer.prepareStatement(
                """
                select calls || ' times, ' || round(mean_exec_time::numeric, 1) || ' ms, '
                    || (shared_blks_hit + shared_blks_read) / calls || ' blocks: ' || regexp_replace(query, '\\s+', ' ', 'g')
                """ + OF_DATABASE + " order by shared_blks_hit + shared_blks_read desc limit ?")) {
            query.setString(1, database);
            query.setInt(2, most);
            List<String> statements = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    statements.add(rows.getString(1));
                }
            }
            return statements;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = observer.createStatement()) {
            statement.execute(sql);
        }
    }

    String version() throws SQLException {
        try (Statement statement = observer.createStatement();
                ResultSet row = statement.executeQuery("show server_version")) {
            row.next();
            return row.getString(1);
        }
    }

    HikariDataSource pool(String database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url(details, database));
        pool.setUsername(details.getUsername());
        pool.setPassword(details.getPassword());
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return pool;
    }

    private static Connection connection(JdbcConnectionDetails details, String url) throws SQLException {
        return DriverManager.getConnection(url, details.getUsername(), details.getPassword());
    }

    private static String url(JdbcConnectionDetails details, String database) {
        return details.getJdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + database + "$1");
    }

    @Override
    public void close() throws SQLException {
        observer.close();
    }
}
