package org.guiling.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/**
 * Counts at JDBC level what goes through a data source: each statement, each entry of a batch, and each end of a
 * transaction that executed something: by commit, by a statement in auto-commit mode, or by the return to auto-commit
 * mode, which commits as well (MyBatis ends its reading transactions so).
 */
final class StatementCounter implements QueryExecutionListener, MethodExecutionListener {

    private final HikariDataSource raw;
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final Set<String> inTransaction = ConcurrentHashMap.newKeySet();
    private volatile List<QueryInfo> recorded;
    private final Map<String, Long> texts = new ConcurrentHashMap<>();

    private StatementCounter(HikariDataSource raw) {
        this.raw = raw;
    }

    static StatementCounter around(HikariDataSource raw) {
        return new StatementCounter(raw);
    }

    DataSource dataSource() {
        return ProxyDataSourceBuilder.create(raw)
                .listener(this)
                .methodListener(this)
                .build();
    }

    /** The data source itself, for what is not to be counted. */
    HikariDataSource uncounted() {
        return raw;
    }

    /** The server's plans for the statements of some work, with the same parameters. */
    List<String> plansOf(Runnable work) throws SQLException, ReflectiveOperationException {
        List<QueryInfo> queries = new ArrayList<>();
        recorded = queries;
        work.run();
        recorded = null;
        List<String> plans = new ArrayList<>();
        try (Connection connection = raw.getConnection()) {
            for (QueryInfo query : queries) {
                try (PreparedStatement explain =
                        connection.prepareStatement("explain (analyze, buffers) " + query.getQuery())) {
                    for (ParameterSetOperation parameter :
                            query.getParametersList().get(0)) {
                        parameter.getMethod().invoke(explain, parameter.getArgs());
                    }
                    try (ResultSet rows = explain.executeQuery()) {
                        while (rows.next()) {
                            plans.add(rows.getString(1));
                        }
                    }
                    plans.add("");
                }
            }
        }
        return plans;
    }

    long statements() {
        return statements.get();
    }

    /** Calls of the driver: a batch is one. */
    long calls() {
        return calls.get();
    }

    long commits() {
        return commits.get();
    }

    /** Number of executions of each text since {@link #forgetTexts()}. */
    Map<String, Long> texts() {
        return texts;
    }

    void forgetTexts() {
        texts.clear();
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        calls.incrementAndGet();
        if (recorded != null) {
            recorded.addAll(queries);
        }
        for (QueryInfo query : queries) {
            // A batch of one prepared statement is one query with many sets of parameters.
            long times =
                    execution.isBatch() ? Math.max(1, query.getParametersList().size()) : 1;
            statements.addAndGet(times);
            texts.merge(query.getQuery().replaceAll("\\s+", " ").trim(), times, Long::sum);
        }
        try {
            if (execution.getStatement().getConnection().getAutoCommit()) {
                commits.incrementAndGet();
            } else {
                inTransaction.add(execution.getConnectionId());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void beforeMethod(MethodExecutionContext call) {}

    @Override
    public void afterMethod(MethodExecutionContext call) {
        if (!(call.getTarget() instanceof Connection) || call.getThrown() != null) {
            return;
        }
        String connection = call.getConnectionInfo().getConnectionId();
        switch (call.getMethod().getName()) {
            case "commit" -> committed(connection);
            case "setAutoCommit" -> {
                if (Boolean.TRUE.equals(call.getMethodArgs()[0])) {
                    committed(connection);
                }
            }
            case "rollback", "close" -> inTransaction.remove(connection);
            default -> {}
        }
    }

    private void committed(String connection) {
        if (inTransaction.remove(connection)) {
            commits.incrementAndGet();
        }
    }
}
