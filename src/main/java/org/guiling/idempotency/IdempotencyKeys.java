package org.guiling.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what is sent under a key once, on whichever node, and answers every later request with the key as the first one:
 * the key's row is written in the transaction of the work, and whoever comes meanwhile finds it locked. What is refused
 * leaves no row: nothing was done, so it may be sent again.
 */
@Service
public class IdempotencyKeys {

    /** The time for which an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** Work that has not ended after this time has ended with its node. */
    static final Duration LONGEST_WORK = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final PlatformTransactionManager transactions;
    private final TransactionTemplate transaction;
    private final Clock clock;

    IdempotencyKeys(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Work to be done once, which returns its answer. */
    @FunctionalInterface
    public interface Work {
        FirstAnswer run() throws Exception;
    }

    /**
     * Does the work in the transaction in which the key is stored, or answers as before.
     *
     * @throws RefusedException when the key was sent with something else, its answer is not kept, or its work goes on
     */
    public FirstAnswer once(Sending sending, Work work) throws Exception {
        return once(sending, false, work);
    }

    /** As {@link #once}, but waits for the end of what goes on: for people, who sent a form twice. */
    public FirstAnswer onceWaiting(Sending sending, Work work) throws Exception {
        return once(sending, true, work);
    }

    private FirstAnswer once(Sending sending, boolean wait, Work work) throws Exception {
        return inOneTransaction(() -> {
            lock(sending, wait);
            Optional<FirstAnswer> first = first(sending);
            if (first.isPresent()) {
                return first.get();
            }
            begin(sending);
            FirstAnswer answer = work.run();
            if (!answer.isRefusal()) {
                keep(sending, answer);
            }
            return answer;
        });
    }

    /** Does work that has no key, and answers when its transaction is over; a refusal leaves nothing. */
    public FirstAnswer inOneTransaction(Work work) throws Exception {
        TransactionStatus all = transactions.getTransaction(new DefaultTransactionDefinition());
        FirstAnswer answer;
        try {
            answer = work.run();
        } catch (Throwable e) {
            transactions.rollback(all);
            throw e;
        }
        if (answer.isRefusal()) {
            transactions.rollback(all);
        } else {
            transactions.commit(all);
        }
        return answer;
    }

    /**
     * Does work that has transactions of its own, such as an upload. A node that ends in the midst of it leaves the key
     * locked for 15 minutes; afterwards it is done anew, and has to notice by itself what is there already.
     */
    public FirstAnswer onceInSeveralTransactions(Sending sending, Work work) throws Exception {
        Optional<FirstAnswer> before = transaction.execute(status -> {
            lock(sending, false);
            Optional<FirstAnswer> first = first(sending);
            if (first.isEmpty()) {
                begin(sending);
            }
            return first;
        });
        if (before.isPresent()) {
            return before.get();
        }
        FirstAnswer answer;
        try {
            answer = work.run();
        } catch (Throwable e) {
            forget(sending);
            throw e;
        }
        if (answer.isRefusal()) {
            forget(sending);
        } else {
            keep(sending, answer);
        }
        return answer;
    }

    private void lock(Sending sending, boolean wait) {
        boolean locked = jdbc.sql(
                        wait
                                ? "select pg_advisory_xact_lock(hashtextextended(?, 0)) is not null"
                                : "select pg_try_advisory_xact_lock(hashtextextended(?, 0))")
                .param(sending.lock())
                .query(Boolean.class)
                .single();
        if (!locked) {
            throw RefusedException.conflict("idempotency.running");
        }
    }

    /** The answer of before; empty where there is none, or none that counts any more. */
    private Optional<FirstAnswer> first(Sending sending) {
        record Row(Instant begun, byte[] fingerprint, FirstAnswer answer) {}
        Optional<Row> found = jdbc.sql("""
                        select begun_at, fingerprint, status, location, content_type, body, withheld
                        from idempotency_key where person_id = ? and key = ?""")
                .params(sending.person(), sending.key())
                .query((row, index) -> new Row(
                        row.getTimestamp("begun_at").toInstant(),
                        row.getBytes("fingerprint"),
                        row.getObject("status") == null
                                ? null
                                : new FirstAnswer(
                                        row.getInt("status"),
                                        row.getString("location"),
                                        row.getString("content_type"),
                                        row.getString("body"),
                                        row.getBoolean("withheld"))))
                .optional();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Row before = found.get();
        Instant now = clock.instant();
        boolean running = before.answer() == null;
        if (!before.begun().plus(running ? LONGEST_WORK : KEPT).isAfter(now)) {
            forget(sending);
            return Optional.empty();
        }
        if (!sending.asksFor(before.fingerprint())) {
            throw new RefusedException(
                    RefusedException.Kind.UNPROCESSABLE,
                    List.of(Problem.of(IdempotencyKey.HEADER, "idempotency.other-payload")));
        }
        if (running) {
            throw RefusedException.conflict("idempotency.running");
        }
        if (before.answer().withheld()) {
            throw RefusedException.conflict("idempotency.withheld");
        }
        return Optional.of(before.answer());
    }

    private void begin(Sending sending) {
        jdbc.sql("insert into idempotency_key (person_id, key, fingerprint, begun_at) values (?, ?, ?, ?)")
                .params(sending.person(), sending.key(), sending.fingerprint(), OffsetDateTime.now(clock))
                .update();
    }

    private void keep(Sending sending, FirstAnswer answer) {
        jdbc.sql("""
                        update idempotency_key
                        set status = ?, location = ?, content_type = ?, body = ?, withheld = ?
                        where person_id = ? and key = ?""")
                .params(
                        answer.status(),
                        answer.location(),
                        answer.contentType(),
                        answer.withheld() ? null : answer.body(),
                        answer.withheld(),
                        sending.person(),
                        sending.key())
                .update();
    }

    private void forget(Sending sending) {
        jdbc.sql("delete from idempotency_key where person_id = ? and key = ?")
                .params(sending.person(), sending.key())
                .update();
    }

    /** Removes old keys: a request with a key older than a day is carried out anew. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    public void sweep() {
        jdbc.sql("delete from idempotency_key where begun_at <= ?")
                .param(OffsetDateTime.now(clock).minus(KEPT))
                .update();
    }
}
