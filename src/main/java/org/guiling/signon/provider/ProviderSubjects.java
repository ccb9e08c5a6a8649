package org.guiling.signon.provider;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.guiling.signon.SignOnEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Holds each person to the account at the provider that they came with first: the name in a claim may be given to somebody
 * else one day, the subject is not.
 */
@Repository
class ProviderSubjects {

    private final JdbcClient jdbc;
    private final Clock clock;

    ProviderSubjects(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Binds whoever comes for the first time; false where the person, or the subject, is bound to another. */
    @Transactional
    boolean isOf(String personId, String issuer, String subject) {
        jdbc.sql("""
                        insert into provider_subject (person_id, issuer, subject, bound_at) values (?, ?, ?, ?)
                        on conflict do nothing""")
                .params(personId, issuer, subject, OffsetDateTime.now(clock))
                .update();
        return jdbc.sql("""
                        select exists (select from provider_subject
                                       where person_id = ? and issuer = ? and subject = ?)""")
                .params(personId, issuer, subject)
                .query(Boolean.class)
                .single();
    }

    /** An administrator has set the account up anew: it may be another one at the provider too. */
    @EventListener
    void accountReset(SignOnEvent.PasswordChanged event) {
        if (!event.by().equals(event.personId())) {
            jdbc.sql("delete from provider_subject where person_id = ?")
                    .param(event.personId())
                    .update();
        }
    }
}
