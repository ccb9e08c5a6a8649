package org.guiling.signon;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the database keeps of accounts beside people: all nodes see the same, and a restart forgets nothing. */
@Repository
class AccountRecords {

    private final JdbcClient jdbc;
    private final Clock clock;

    AccountRecords(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The password that an account has now.
     *
     * @param setAt null while it is the one that the organization was loaded with
     * @param isInitial whether somebody else set it
     */
    record PasswordInUse(Instant setAt, boolean isInitial) {}

    PasswordInUse password(String personId) {
        return jdbc.sql("""
                        select greatest(password_changed_at, password_reset_at) as set_at,
                               password_changed_at is null or password_reset_at is not null as initial
                        from account where person_id = ?""")
                .param(personId)
                .query((row, index) -> new PasswordInUse(
                        Optional.ofNullable(row.getTimestamp("set_at"))
                                .map(Timestamp::toInstant)
                                .orElse(null),
                        row.getBoolean("initial")))
                .optional()
                .orElse(new PasswordInUse(null, true));
    }

    void passwordChanged(String personId) {
        jdbc.sql("""
                        insert into account (person_id, password_changed_at) values (?, ?)
                        on conflict (person_id) do update
                        set password_changed_at = excluded.password_changed_at, password_reset_at = null, failures = 0,
                            locked_until = null""").params(personId, now()).update();
    }

    /** Somebody else has set the password. */
    void passwordReset(String personId) {
        jdbc.sql("""
                        insert into account (person_id, password_reset_at) values (?, ?)
                        on conflict (person_id) do update
                        set password_reset_at = excluded.password_reset_at, failures = 0, locked_until = null""").params(personId, now()).update();
    }

    /** @return how many wrong passwords there are in a row now */
    int addFailure(String personId, Duration remembered) {
        OffsetDateTime now = now();
        return jdbc.sql("""
                        insert into account (person_id, failures, last_failure_at) values (:person, 1, :now)
                        on conflict (person_id) do update
                        set failures = case when account.last_failure_at > :since then account.failures + 1 else 1 end,
                            last_failure_at = excluded.last_failure_at
                        returning failures""")
                .param("person", personId)
                .param("now", now)
                .param("since", now.minus(remembered))
                .query(Integer.class)
                .single();
    }

    /** Locks and begins to count anew, so that the lock ends by itself. */
    void lock(String personId, Instant until) {
        jdbc.sql("update account set failures = 0, locked_until = ? where person_id = ?")
                .params(until.atZone(clock.getZone()).toOffsetDateTime(), personId)
                .update();
    }

    void forgetFailures(String personId) {
        jdbc.sql("update account set failures = 0 where person_id = ? and failures > 0")
                .param(personId)
                .update();
    }

    /** @return whether the account was locked */
    boolean unlock(String personId) {
        return jdbc.sql("update account set failures = 0, locked_until = null where person_id = ? and locked_until > ?")
                        .params(personId, now())
                        .update()
                > 0;
    }

    Optional<LockOuts.LockedAccount> locked(String personId) {
        return jdbc.sql("select person_id, locked_until from account where person_id = ? and locked_until > ?")
                .params(personId, now())
                .query(AccountRecords::lockedAccount)
                .optional();
    }

    List<LockOuts.LockedAccount> locked() {
        return jdbc.sql("select person_id, locked_until from account where locked_until > ? order by locked_until")
                .param(now())
                .query(AccountRecords::lockedAccount)
                .list();
    }

    private static LockOuts.LockedAccount lockedAccount(ResultSet row, int index) throws SQLException {
        return new LockOuts.LockedAccount(
                row.getString("person_id"), row.getTimestamp("locked_until").toInstant());
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
