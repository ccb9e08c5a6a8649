package org.guiling.signon.token;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.AccountRecords;
import org.guiling.signon.SignOnEvent;
import org.guiling.signon.SignOnProperties;
import org.guiling.signon.SignedOnPerson;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Personal access tokens (访问令牌): a script calls {@code /api} with one, as the person who made it and with no more than
 * they may do at that moment. When the person leaves, the database revokes them.
 */
@Service
public class AccessTokens {

    /** So that scanners for leaked secrets know one. */
    static final String PREFIX = "guiling_";

    private static final int RANDOM_BYTES = 32;
    private static final int LONGEST_NAME = 100;
    private static final Duration USE_NOTED_AFTER = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Organization organization;
    private final AccountRecords accounts;
    private final SignOnProperties.Token limits;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AccessTokens(
            JdbcClient jdbc,
            Organization organization,
            AccountRecords accounts,
            SignOnProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.organization = organization;
        this.accounts = accounts;
        this.limits = properties.token();
        this.events = events;
        this.clock = clock;
    }

    /** @param lastUsedAt within ten minutes; null when it never was */
    public record AccessToken(long id, String name, Instant createdAt, Instant expiresAt, Instant lastUsedAt) {}

    /** In days. */
    public long longest() {
        return limits.longest().toDays();
    }

    /** Somebody's valid tokens, the oldest first. */
    public List<AccessToken> of(String personId) {
        return jdbc.sql("""
                        select id, name, created_at, expires_at, last_used_at from access_token
                        where person_id = ? and revoked_at is null and expires_at > ? order by id""")
                .params(personId, OffsetDateTime.now(clock))
                .query((row, index) -> new AccessToken(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant(),
                        Optional.ofNullable(row.getTimestamp("last_used_at"))
                                .map(java.sql.Timestamp::toInstant)
                                .orElse(null)))
                .list();
    }

    /**
     * Makes a token for somebody in a session.
     *
     * @param days how long it lives
     * @return what a script sends; it is kept nowhere
     * @throws RefusedException also when the password is another than at the sign-on: who signed on with the old one makes
     *     no key that outlives it
     */
    @Transactional
    public String create(SignedOnPerson signedOn, String name, long days) {
        lock(signedOn.getName());
        if (!signedOn.hasPasswordOf(accounts.password(signedOn.getName()).setAt())) {
            throw RefusedException.conflict("password.changed-meanwhile");
        }
        return create(signedOn.getName(), name, days);
    }

    /** Tokens of a person are made one after the other, and before or after their password changes or they leave. */
    private void lock(String personId) {
        boolean here = jdbc.sql("select true from person where enabled and id = ? for no key update")
                .param(personId)
                .query(Boolean.class)
                .optional()
                .isPresent();
        if (!here) {
            throw RefusedException.notFound("account.unknown", personId);
        }
    }

    /**
     * Makes a token.
     *
     * @param days how long it lives
     * @return what a script sends; it is kept nowhere
     */
    @Transactional
    public String create(String personId, String name, long days) {
        String shortName = name.strip();
        if (shortName.isEmpty() || shortName.codePointCount(0, shortName.length()) > LONGEST_NAME) {
            throw RefusedException.invalid("name", "token.name-missing", LONGEST_NAME);
        }
        if (days < 1 || days > longest()) {
            throw RefusedException.invalid("days", "token.days", longest());
        }
        lock(personId);
        if (of(personId).size() >= limits.most()) {
            throw RefusedException.conflict("token.too-many", limits.most());
        }
        String secret = newSecret();
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days));
        long id = jdbc.sql("""
                        insert into access_token (person_id, name, digest, created_at, expires_at)
                        values (?, ?, ?, ?, ?) returning id""")
                .params(
                        personId,
                        shortName,
                        DigestUtils.sha256(secret),
                        OffsetDateTime.now(clock),
                        expiresAt.atZone(clock.getZone()).toOffsetDateTime())
                .query(Long.class)
                .single();
        events.publishEvent(new SignOnEvent.TokenCreated(personId, id, shortName, expiresAt));
        return secret;
    }

    /**
     * Withdraws a token.
     *
     * @param by the person, or the administrator who does it for them
     * @throws RefusedException when the person has no such token
     */
    @Transactional
    public void revoke(String personId, long tokenId, String by) {
        int revoked = jdbc.sql("""
                        update access_token set revoked_at = ? where id = ? and person_id = ? and revoked_at is null""")
                .params(OffsetDateTime.now(clock), tokenId, personId)
                .update();
        if (revoked == 0) {
            throw RefusedException.notFound("token.unknown");
        }
        events.publishEvent(new SignOnEvent.TokenRevoked(personId, tokenId, by));
    }

    /** All that the person has, as when somebody else sets their password. */
    @Transactional
    public void revokeAll(String personId, String by) {
        of(personId).forEach(token -> revoke(personId, token.id(), by));
    }

    /** The owner of a valid token; empty for one that is unknown, revoked or expired, or whose person has left. */
    Optional<Person> personOf(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        record Found(long id, String personId, boolean useIsNoted) {}
        OffsetDateTime now = OffsetDateTime.now(clock);
        Optional<Found> found = jdbc.sql("""
                        select id, person_id, coalesce(last_used_at > :noted, false) as use_is_noted from access_token
                        where digest = :digest and revoked_at is null and expires_at > :now""")
                .param("digest", DigestUtils.sha256(secret))
                .param("now", now)
                .param("noted", now.minus(USE_NOTED_AFTER))
                .query(Found.class)
                .optional();
        Optional<Person> person = found.flatMap(token -> organization.person(token.personId()));
        if (person.isPresent() && !found.get().useIsNoted()) {
            jdbc.sql("update access_token set last_used_at = ? where id = ?")
                    .params(now, found.get().id())
                    .update();
        }
        return person;
    }

    private String newSecret() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
