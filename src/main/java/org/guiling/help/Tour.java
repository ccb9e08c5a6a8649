package org.guiling.help;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.guiling.organization.Person;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The tour of the portal (新手导览): offered until somebody has taken it or does not want it. */
@Service
public class Tour {

    private final JdbcClient jdbc;
    private final Clock clock;

    Tour(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** True where it is still to be offered. */
    public boolean isOffered(Person person) {
        return jdbc.sql("select not exists (select from tour where person = ?)")
                .param(person.id())
                .query(Boolean.class)
                .single();
    }

    /** It was taken, or is not wanted. */
    @Transactional
    public void end(Person person) {
        jdbc.sql("insert into tour (person, ended_at) values (?, ?) on conflict (person) do nothing")
                .params(person.id(), OffsetDateTime.now(clock))
                .update();
    }
}
