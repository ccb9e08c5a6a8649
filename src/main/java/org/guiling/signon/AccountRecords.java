package org.guiling.signon;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the state of accounts in the database, apart from people: all nodes see it, and a restart forgets nothing. */
@Repository
public class AccountRecords {

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
     * @param givenAt when they did, or the person came; null where there is no such person
     */
    public record PasswordInUse(Instant setAt, boolean isInitial, Instant givenAt) {}

    public PasswordInUse password(String personId) {
        return jdbc.sql("""
                        select greatest(account.password_changed_at, account.password_reset_at) as set_at,
                               account.password_changed_at is null or account.password_reset_at is not null as initial,
                               coalesce(account.password_reset_at, person.added_at) as given_at
                        from person left join account on account.person_id = person.id where person.id = ?""")
                .param(personId)
                .query((row, index) -> new PasswordInUse(
                        Optional.ofNullable(row.getTimestamp("set_at"))
                                .map(Timestamp::toInstant)
                                .orElse(null),
                        row.getBoolean("initial"),
                        row.getTimestamp("given_at").toInstant()))
                .optional()
                .orElse(new PasswordInUse(null, true, null));
    }

    public void passwordChanged(String personId) {
        jdbc.sql("""
                        insert into account (person_id, password_changed_at) values (?, ?)
                        on conflict (person_id) do update
                        set password_changed_at = excluded.password_changed_at, password_reset_at = null""").params(personId, OffsetDateTime.now(clock)).update();
    }

    /** Somebody else has set the password. */
    public void passwordReset(String personId) {
        jdbc.sql("""
                        insert into account (person_id, password_reset_at) values (?, ?)
                        on conflict (person_id) do update
                        set password_reset_at = excluded.password_reset_at""").params(personId, OffsetDateTime.now(clock)).update();
    }
}
