package org.guiling.signon.factor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.Notifications;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The recovery (找回) of somebody whose device is gone: they ask with their password, one administrator approves, another
 * confirms, and the factor is removed. Neither of them is the person, nor are they the same (双人复核).
 */
@Service
public class FactorRecoveries {

    private static final String OPEN = """
             from factor_recovery r
            join second_factor f on f.id = r.factor_id
            where r.closed_at is null and r.expires_at > :now
            """;

    private final JdbcClient jdbc;
    private final FactorRecords records;
    private final SecondFactorProperties properties;
    private final Organization organization;
    private final Notifications notifications;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    FactorRecoveries(
            JdbcClient jdbc,
            FactorRecords records,
            SecondFactorProperties properties,
            Organization organization,
            Notifications notifications,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.records = records;
        this.properties = properties;
        this.organization = organization;
        this.notifications = notifications;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Somebody who asks.
     *
     * @param approvedBy the first administrator; null while there is none
     */
    public record Recovery(
            long id, String personId, long factorId, Instant askedAt, Instant expiresAt, String approvedBy) {}

    /**
     * Asks; whoever asks again while a request is open finds that one.
     *
     * @return until when two administrators may answer
     * @throws RefusedException when there is no factor to take away
     */
    @Transactional
    public Instant ask(Person person) {
        FactorRecords.Row factor =
                records.lock(person.id()).orElseThrow(() -> RefusedException.conflict("factor.race"));
        Instant now = clock.instant();
        for (Recovery before : open("and r.person_id = :person", "person", person.id())) {
            return before.expiresAt();
        }
        close(person.id());
        Instant expiresAt = now.plus(properties.recoveryExpires());
        long id = jdbc.sql("""
                        insert into factor_recovery (person_id, factor_id, asked_at, expires_at) values (?, ?, ?, ?)
                        returning id""")
                .params(person.id(), factor.id(), at(now), at(expiresAt))
                .query(Long.class)
                .single();
        events.publishEvent(new FactorEvent.RecoveryAsked(person.id(), id, expiresAt));
        return expiresAt;
    }

    /** A page of the requests that wait for administrators, the oldest first. */
    public List<Recovery> open(int offset, int limit) {
        return jdbc.sql("select r.*" + OPEN + " order by r.id offset :offset limit :limit")
                .param("now", at(clock.instant()))
                .param("offset", offset)
                .param("limit", limit)
                .query(FactorRecoveries::recovery)
                .list();
    }

    public int countOpen() {
        return jdbc.sql("select count(*)" + OPEN)
                .param("now", at(clock.instant()))
                .query(Integer.class)
                .single();
    }

    /**
     * The first administrator approves; the second confirms, and the factor is gone.
     *
     * @return whether it is gone
     * @throws RefusedException for anybody but an administrator, about one's own, by the same twice, or when it is over
     */
    @Transactional
    public boolean approve(long id, Person administrator) {
        Recovery recovery = require(id, administrator);
        if (recovery.approvedBy() == null) {
            jdbc.sql("update factor_recovery set approved_by = ?, approved_at = ? where id = ?")
                    .params(administrator.id(), at(clock.instant()), id)
                    .update();
            events.publishEvent(new FactorEvent.RecoveryApproved(recovery.personId(), id, administrator.id()));
            return false;
        }
        if (recovery.approvedBy().equals(administrator.id())) {
            throw RefusedException.conflict("factor.recovery.same");
        }
        if (organization
                .person(recovery.approvedBy())
                .filter(first -> first.has(Role.ADMINISTRATOR))
                .isEmpty()) {
            throw RefusedException.conflict("factor.recovery.first-left");
        }
        jdbc.sql("update factor_recovery set confirmed_by = ?, closed_at = ? where id = ?")
                .params(administrator.id(), at(clock.instant()), id)
                .update();
        records.remove(recovery.factorId());
        events.publishEvent(
                new FactorEvent.RecoveryConfirmed(recovery.personId(), id, recovery.approvedBy(), administrator.id()));
        notifications.notify(Notice.of(
                NoticeKind.SECOND_FACTOR_REMOVED, recovery.personId(), Set.of(recovery.personId()), "recovery " + id));
        return true;
    }

    /**
     * An administrator refuses; the factor stays.
     *
     * @throws RefusedException for anybody but an administrator, about one's own, or when it is over
     */
    @Transactional
    public void refuse(long id, Person administrator) {
        Recovery recovery = require(id, administrator);
        close(recovery.personId());
        events.publishEvent(new FactorEvent.RecoveryRefused(recovery.personId(), id, administrator.id()));
    }

    private Recovery require(long id, Person administrator) {
        if (!administrator.has(Role.ADMINISTRATOR)) {
            throw RefusedException.forbidden("refusal.role.accounts");
        }
        // One after the other: two who approve at once are the first and the second.
        jdbc.sql("select from factor_recovery where id = ? for update")
                .param(id)
                .query((row, index) -> true)
                .list();
        Recovery recovery = open("and r.id = :id", "id", id).stream()
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("factor.recovery.over"));
        if (recovery.personId().equals(administrator.id())) {
            throw RefusedException.conflict("factor.recovery.own");
        }
        return recovery;
    }

    private List<Recovery> open(String which, String parameter, Object value) {
        return jdbc.sql("select r.*" + OPEN + which)
                .param("now", at(clock.instant()))
                .param(parameter, value)
                .query(FactorRecoveries::recovery)
                .list();
    }

    private void close(String personId) {
        jdbc.sql("update factor_recovery set closed_at = ? where person_id = ? and closed_at is null")
                .params(at(clock.instant()), personId)
                .update();
    }

    private static Recovery recovery(ResultSet row, int index) throws SQLException {
        return new Recovery(
                row.getLong("id"),
                row.getString("person_id"),
                row.getLong("factor_id"),
                row.getTimestamp("asked_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                row.getString("approved_by"));
    }

    private OffsetDateTime at(Instant instant) {
        return instant.atZone(clock.getZone()).toOffsetDateTime();
    }
}
