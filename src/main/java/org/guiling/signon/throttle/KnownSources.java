package org.guiling.signon.throttle;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.guiling.signon.SignOnProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Remembers the sources that each account has signed on from: failures elsewhere do not lock anybody out there. */
@Repository
class KnownSources {

    private static final Duration NOTED_AGAIN_AFTER = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final SignOnProperties.KnownSource limits;
    private final Clock clock;

    KnownSources(JdbcClient jdbc, SignOnProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.limits = properties.knownSource();
        this.clock = clock;
    }

    boolean isKnown(String personId, String source) {
        return jdbc.sql("select exists (select from known_source where person_id = ? and source = ? and last_at > ?)")
                .params(personId, source, OffsetDateTime.now(clock).minus(limits.remembered()))
                .query(Boolean.class)
                .single();
    }

    /** Somebody has signed on from there; who has been in too many places is forgotten at the first of them. */
    void remember(String personId, String source) {
        int noted = jdbc.sql("""
                        insert into known_source (person_id, source, last_at) values (:person, :source, :now)
                        on conflict (person_id, source) do update set last_at = excluded.last_at
                        where known_source.last_at not between :before and :now""")
                .param("person", personId)
                .param("source", source)
                .param("now", OffsetDateTime.now(clock))
                .param("before", OffsetDateTime.now(clock).minus(NOTED_AGAIN_AFTER))
                .update();
        if (noted > 0) {
            jdbc.sql("""
                            delete from known_source where person_id = :person and (last_at <= :forgotten or source in (
                                select source from known_source where person_id = :person
                                order by last_at desc offset :limit))""")
                    .param("person", personId)
                    .param("forgotten", OffsetDateTime.now(clock).minus(limits.remembered()))
                    .param("limit", limits.most())
                    .update();
        }
    }
}
