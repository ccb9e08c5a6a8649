package org.guiling.signon.factor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of second factors in the database. */
@Repository
class FactorRecords {

    private final JdbcClient jdbc;
    private final Clock clock;

    FactorRecords(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Somebody's second factor.
     *
     * @param algorithm of the codes
     * @param secret encrypted
     * @param lastStep whose code was the last to be used; none before counts any more
     * @param failures wrong codes since the last right one or the last lock
     * @param locks how often in a row it was locked
     * @param lockedUntil null where it never was
     */
    record Row(
            long id,
            String personId,
            TotpAlgorithm algorithm,
            byte[] secret,
            Instant enrolledAt,
            long lastStep,
            int failures,
            int locks,
            Instant lockedUntil) {

        boolean isLocked(Instant now) {
            return lockedUntil != null && now.isBefore(lockedUntil);
        }
    }

    boolean exist() {
        return jdbc.sql("select exists (select from second_factor)")
                .query(Boolean.class)
                .single();
    }

    List<Row> all() {
        return jdbc.sql("select * from second_factor").query(FactorRecords::row).list();
    }

    Optional<Row> find(String personId) {
        return jdbc.sql("select * from second_factor where person_id = ?")
                .param(personId)
                .query(FactorRecords::row)
                .optional();
    }

    /** The same; others who ask so wait until this transaction ends. */
    Optional<Row> lock(String personId) {
        return jdbc.sql("select * from second_factor where person_id = ? for update")
                .param(personId)
                .query(FactorRecords::row)
                .optional();
    }

    /** @return its id; empty where the person has one already */
    Optional<Long> add(String personId, TotpAlgorithm algorithm, byte[] encrypted, long usedStep) {
        return jdbc.sql("""
                        insert into second_factor (person_id, algorithm, secret, enrolled_at, last_step)
                        values (?, ?, ?, ?, ?)
                        on conflict (person_id) do nothing returning id""")
                .params(personId, algorithm.name(), encrypted, OffsetDateTime.now(clock), usedStep)
                .query(Long.class)
                .optional();
    }

    /** @return false where it was exchanged, enrolled anew or removed meanwhile */
    boolean replaceSecret(Row row, byte[] encrypted) {
        return jdbc.sql("update second_factor set secret = ? where id = ? and secret = ?")
                        .params(encrypted, row.id(), row.secret())
                        .update()
                > 0;
    }

    /** @return false where it is gone already */
    boolean remove(long id) {
        return jdbc.sql("delete from second_factor where id = ?").param(id).update() > 0;
    }

    void passed(long id, long step) {
        jdbc.sql("update second_factor set last_step = ?, failures = 0, locks = 0, locked_until = null where id = ?")
                .params(step, id)
                .update();
    }

    void failed(Row row, Instant lockedUntil) {
        if (lockedUntil == null) {
            jdbc.sql("update second_factor set failures = failures + 1 where id = ?")
                    .param(row.id())
                    .update();
        } else {
            jdbc.sql("update second_factor set failures = 0, locks = locks + 1, locked_until = ? where id = ?")
                    .params(lockedUntil.atZone(clock.getZone()).toOffsetDateTime(), row.id())
                    .update();
        }
    }

    void unlock(String personId) {
        jdbc.sql("update second_factor set failures = 0, locks = 0, locked_until = null where person_id = ?")
                .param(personId)
                .update();
    }

    void replaceRecoveryCodes(long factorId, Collection<byte[]> digests) {
        jdbc.sql("delete from recovery_code where factor_id = ?")
                .param(factorId)
                .update();
        digests.forEach(digest -> jdbc.sql("insert into recovery_code (factor_id, digest) values (?, ?)")
                .params(factorId, digest)
                .update());
    }

    /** @return false where there is no such code, or none any more */
    boolean useRecoveryCode(long factorId, byte[] digest) {
        return jdbc.sql("update recovery_code set used_at = ? where factor_id = ? and digest = ? and used_at is null")
                        .params(OffsetDateTime.now(clock), factorId, digest)
                        .update()
                > 0;
    }

    int unusedRecoveryCodes(long factorId) {
        return jdbc.sql("select count(*) from recovery_code where factor_id = ? and used_at is null")
                .param(factorId)
                .query(Integer.class)
                .single();
    }

    private static Row row(ResultSet row, int index) throws SQLException {
        Timestamp lockedUntil = row.getTimestamp("locked_until");
        return new Row(
                row.getLong("id"),
                row.getString("person_id"),
                TotpAlgorithm.valueOf(row.getString("algorithm")),
                row.getBytes("secret"),
                row.getTimestamp("enrolled_at").toInstant(),
                row.getLong("last_step"),
                row.getInt("failures"),
                row.getInt("locks"),
                lockedUntil == null ? null : lockedUntil.toInstant());
    }
}
