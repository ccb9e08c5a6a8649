package org.guiling.signon;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
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
                        set password_changed_at = excluded.password_changed_at, password_reset_at = null""").params(personId, now()).update();
    }

    /** Somebody else has set the password. */
    void passwordReset(String personId) {
        jdbc.sql("""
                        insert into account (person_id, password_reset_at) values (?, ?)
                        on conflict (person_id) do update
                        set password_reset_at = excluded.password_reset_at""").params(personId, now()).update();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
