package org.guiling.signon.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.SignOnEvent;
import org.guiling.signon.SignOnProperties;
import org.guiling.signon.SignOnWay;
import org.guiling.signon.SignedOnPerson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The sessions of people, kept in the database beside the server's own, so that their person sees all of them and ends
 * them on whichever node they are. None goes on for longer than the settings allow, however much it is used.
 */
@Service
public class OpenSessions {

    private static final Logger log = LoggerFactory.getLogger(OpenSessions.class);
    private static final String KEPT = OpenSessions.class.getName() + ".kept";
    private static final String PROVED_AT = OpenSessions.class.getName() + ".proved-at";
    private static final Duration SEEN_NOTED_AFTER = Duration.ofMinutes(5);
    private static final int LONGEST_BROWSER = 300;

    private final JdbcClient jdbc;
    private final SignOnProperties.Session limits;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    OpenSessions(JdbcClient jdbc, SignOnProperties properties, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.limits = properties.session();
        this.events = events;
        this.clock = clock;
    }

    /** The part of its row that a session of the server keeps. */
    private record Kept(long id, Instant begunAt) {}

    /**
     * A session as its person sees it.
     *
     * @param seenAt within five minutes
     * @param browser as it calls itself
     */
    public record OpenSession(
            long id, SignOnWay way, Instant begunAt, Instant seenAt, String address, String browser) {}

    /** Somebody has signed on, with all that was asked of them. */
    @Transactional
    public void begin(HttpServletRequest request, SignedOnPerson person) {
        HttpSession session = request.getSession();
        jdbc.sql("delete from open_session where seen_at < ?")
                .param(idleSince())
                .update();
        String browser =
                Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)).orElse("");
        long id = jdbc.sql("""
                        insert into open_session (person_id, way, begun_at, seen_at, address, browser)
                        values (:person, :way, :now, :now, :address, :browser) returning id""")
                .param("person", person.getName())
                .param("way", person.way().name())
                .param("now", OffsetDateTime.now(clock))
                .param("address", request.getRemoteAddr())
                .param("browser", browser.length() > LONGEST_BROWSER ? browser.substring(0, LONGEST_BROWSER) : browser)
                .query(Long.class)
                .single();
        session.setAttribute(KEPT, new Kept(id, clock.instant()));
        proved(session);
    }

    /** False once it was ended elsewhere, or has lasted as long as any may. */
    @Transactional
    public boolean goesOn(HttpSession session) {
        Optional<Kept> kept = kept(session);
        if (kept.isEmpty() || !clock.instant().isBefore(kept.get().begunAt().plus(limits.longest()))) {
            return false;
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        Optional<Boolean> noted = jdbc.sql("select seen_at > ? from open_session where id = ?")
                .params(now.minus(SEEN_NOTED_AFTER), kept.get().id())
                .query(Boolean.class)
                .optional();
        if (noted.isPresent() && !noted.get()) {
            jdbc.sql("update open_session set seen_at = ? where id = ?")
                    .params(now, kept.get().id())
                    .update();
        }
        return noted.isPresent();
    }

    /** Its person signs off, or it is over: never hindered by a row that cannot be removed. */
    public void over(HttpSession session) {
        try {
            kept(session).ifPresent(kept -> jdbc.sql("delete from open_session where id = ?")
                    .param(kept.id())
                    .update());
        } catch (DataAccessException away) {
            log.warn("A session that is over stays in its person's list until it counts as idle: {}", away.toString());
        }
    }

    /** Somebody's, the newest first. */
    public List<OpenSession> of(String personId) {
        return jdbc.sql("""
                        select id, way, begun_at, seen_at, address, browser from open_session
                        where person_id = ? and seen_at >= ? order by id desc""")
                .params(personId, idleSince())
                .query((row, index) -> new OpenSession(
                        row.getLong("id"),
                        SignOnWay.valueOf(row.getString("way")),
                        row.getTimestamp("begun_at").toInstant(),
                        row.getTimestamp("seen_at").toInstant(),
                        row.getString("address"),
                        row.getString("browser")))
                .list();
    }

    /** The id of the one that a request belongs to; null where none is kept. */
    public Long idOf(HttpSession session) {
        return kept(session).map(Kept::id).orElse(null);
    }

    /**
     * Ends one of somebody's sessions: at once on this node, within half a minute on the others.
     *
     * @throws RefusedException when it is not theirs, or has ended
     */
    @Transactional
    public void end(String personId, long id) {
        int ended = jdbc.sql("delete from open_session where id = ? and person_id = ?")
                .params(id, personId)
                .update();
        if (ended == 0) {
            throw RefusedException.notFound("session.unknown");
        }
        events.publishEvent(new SignOnEvent.SessionsEnded(personId, ended));
    }

    /** Ends all of somebody's sessions but the one that they do it from. */
    @Transactional
    public void endOthers(String personId, HttpSession own) {
        int ended = jdbc.sql("delete from open_session where person_id = ? and id is distinct from ?")
                .params(personId, idOf(own))
                .update();
        if (ended > 0) {
            events.publishEvent(new SignOnEvent.SessionsEnded(personId, ended));
        }
    }

    /** A new password ends all of them by itself; their rows go too. */
    @EventListener
    void passwordChanged(SignOnEvent.PasswordChanged event) {
        jdbc.sql("delete from open_session where person_id = ?")
                .param(event.personId())
                .update();
    }

    /** True where the session's person showed who they are a moment ago, by signing on or by doing it again. */
    public boolean isProved(HttpSession session) {
        return session.getAttribute(PROVED_AT) instanceof Instant at
                && !clock.instant().isBefore(at)
                && clock.instant().isBefore(at.plus(limits.proofLasts()));
    }

    /** @throws RefusedException when they have to show it again before they change how they are let in */
    public void requireProof(HttpSession session) {
        if (!isProved(session)) {
            throw RefusedException.forbidden("proof.needed");
        }
    }

    public void proved(HttpSession session) {
        session.setAttribute(PROVED_AT, clock.instant());
    }

    private OffsetDateTime idleSince() {
        return OffsetDateTime.now(clock).minus(limits.idle()).minus(SEEN_NOTED_AFTER);
    }

    private static Optional<Kept> kept(HttpSession session) {
        return Optional.ofNullable((Kept) session.getAttribute(KEPT));
    }
}
