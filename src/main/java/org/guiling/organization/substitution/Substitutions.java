package org.guiling.organization.substitution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Substitutions (代理、AB 角). While one is in force the substitute has the absent person's posts, and their to-dos are
 * with the substitute. It begins and ends by the calendar days of the office.
 */
@Service
public class Substitutions {

    private static final int LONGEST_YEARS = 1;
    private static final String CURRENT = " from substitution where state in ('PLANNED', 'IN_FORCE') ";

    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final OfficeClock clock;

    Substitutions(
            Organization organization,
            CurrentPerson currentPerson,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            OfficeClock clock) {
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Those that have not ended, the earliest first. */
    @Transactional(readOnly = true)
    public List<Substitution> current() {
        return current(0, Integer.MAX_VALUE);
    }

    /** A page of those that have not ended. */
    @Transactional(readOnly = true)
    public List<Substitution> current(int offset, int limit) {
        return jdbc.sql("select *" + CURRENT + "order by from_on, id offset ? limit ?")
                .params(offset, limit)
                .query(Substitutions::substitution)
                .list();
    }

    /** Number of substitutions that have not ended. */
    public int countCurrent() {
        return jdbc.sql("select count(*)" + CURRENT).query(Integer.class).single();
    }

    /** Those of somebody that have not ended, on either side, the earliest first. */
    @Transactional(readOnly = true)
    public List<Substitution> currentOf(String person) {
        return jdbc.sql("select *" + CURRENT + "and (absent = :person or substitute = :person) order by from_on, id")
                .param("person", person)
                .query(Substitutions::substitution)
                .list();
    }

    /** Those who act for the person today (代理顺位): where the first may not, the next does. */
    public List<Substitution> inForceFor(String absent) {
        return jdbc.sql("""
                        select * from substitution
                        where absent = ? and state = 'IN_FORCE' and ? between from_on and until_on order by id""")
                .params(absent, clock.today())
                .query(Substitutions::substitution)
                .list();
    }

    /** Those of the people for whom somebody acts today. */
    public Set<String> absentOf(Collection<String> people) {
        return Set.copyOf(jdbc.sql("""
                        select distinct absent from substitution
                        where absent = any (?) and state = 'IN_FORCE' and ? between from_on and until_on""")
                .params(people.toArray(String[]::new), clock.today())
                .query(String.class)
                .list());
    }

    /**
     * Lets somebody act for somebody; at once when the first day has come. Whoever is entered later comes after those who
     * were entered before, for what these may not do.
     *
     * @throws RefusedException for anybody but an administrator, and when dates or people do not allow it
     */
    @Transactional
    public Substitution plan(String absent, String substitute, LocalDate from, LocalDate until) {
        currentPerson.require(Role.ADMINISTRATOR, "organization.administrator");
        requirePeriod(from, until);
        requirePerson("absent", absent);
        requirePerson("substitute", substitute);
        if (absent.equals(substitute)) {
            throw RefusedException.invalid("substitute", "organization.substitution.self");
        }
        // Two that are entered at once see each other.
        jdbc.sql("lock table substitution in share row exclusive mode").update();
        requireFree(absent, substitute, from, until);
        long id = jdbc.sql("""
                        insert into substitution (absent, substitute, from_on, until_on, state, entered_by, entered_at)
                        values (?, ?, ?, ?, 'PLANNED', ?, ?) returning id""")
                .params(absent, substitute, from, until, currentPerson.get().id(), OffsetDateTime.now(clock))
                .query(Long.class)
                .single();
        events.publishEvent(new SubstitutionChanged(get(id)));
        applyDue();
        return get(id);
    }

    /** Ends a substitution before its time; what has not begun is cancelled. */
    @Transactional
    public void end(long id) {
        currentPerson.require(Role.ADMINISTRATOR, "organization.administrator");
        Substitution substitution = get(id);
        if (substitution.state() != Substitution.State.PLANNED && substitution.state() != Substitution.State.IN_FORCE) {
            throw RefusedException.conflictAt(null, "organization.substitution.over");
        }
        endEarly(substitution);
    }

    private void endEarly(Substitution substitution) {
        if (substitution.state() == Substitution.State.IN_FORCE) {
            finish(substitution);
        } else {
            state(substitution, Substitution.State.CANCELLED);
        }
        events.publishEvent(new SubstitutionChanged(get(substitution.id())));
    }

    /** Begins and ends what is due. Each minute, on whichever node is first; calling it again changes nothing. */
    @Scheduled(fixedDelayString = "PT1M")
    @Transactional
    public void applyDue() {
        LocalDate today = clock.today();
        due("state = 'IN_FORCE' and until_on < :today", today).forEach(this::finish);
        due("state = 'PLANNED' and until_on < :today", today)
                .forEach(missed -> state(missed, Substitution.State.ENDED));
        due("state = 'PLANNED' and from_on <= :today", today).forEach(this::begin);
    }

    /** Of somebody who leaves, on either side. */
    public void endAllOf(String person) {
        currentOf(person).forEach(this::endEarly);
    }

    private List<Substitution> due(String which, LocalDate today) {
        return jdbc.sql("select * from substitution where " + which + " order by id for update skip locked")
                .param("today", today)
                .query(Substitutions::substitution)
                .list();
    }

    private void begin(Substitution planned) {
        Person before = organization.person(planned.substitute()).orElse(null);
        Substitution substitution = state(planned, Substitution.State.IN_FORCE);
        organization.changed(planned.substitute(), before);
        events.publishEvent(new SubstitutionBegan(substitution));
    }

    private void finish(Substitution inForce) {
        Person before = organization.person(inForce.substitute()).orElse(null);
        Substitution substitution = state(inForce, Substitution.State.ENDED);
        organization.changed(inForce.substitute(), before);
        events.publishEvent(new SubstitutionEnded(substitution));
    }

    private Substitution state(Substitution substitution, Substitution.State state) {
        jdbc.sql("update substitution set state = ? where id = ?")
                .params(state.name(), substitution.id())
                .update();
        return get(substitution.id());
    }

    private Substitution get(long id) {
        return jdbc.sql("select * from substitution where id = ?")
                .param(id)
                .query(Substitutions::substitution)
                .optional()
                .orElseThrow(() -> RefusedException.notFound("organization.substitution.unknown"));
    }

    private void requirePeriod(LocalDate from, LocalDate until) {
        if (from == null || until == null || until.isBefore(from)) {
            throw RefusedException.invalid("until", "organization.substitution.dates");
        }
        if (until.isBefore(clock.today())) {
            throw RefusedException.invalid("until", "organization.substitution.past");
        }
        if (until.isAfter(from.plusYears(LONGEST_YEARS))) {
            throw RefusedException.invalid("until", "organization.substitution.long");
        }
    }

    private void requirePerson(String field, String id) {
        if (id == null || organization.person(id).isEmpty()) {
            throw RefusedException.invalid(field, "organization.person.unknown", id);
        }
    }

    /** Refuses a substitute who is absent; but one may act for several, and several for one. */
    private void requireFree(String absent, String substitute, LocalDate from, LocalDate until) {
        List<Substitution> meanwhile = Stream.of(absent, substitute)
                .flatMap(person -> currentOf(person).stream())
                .filter(each -> !each.from().isAfter(until) && !each.until().isBefore(from))
                .toList();
        if (meanwhile.stream().anyMatch(each -> each.substitute().equals(absent))) {
            throw RefusedException.conflictAt("absent", "organization.substitution.overlap", absent);
        }
        boolean taken = meanwhile.stream()
                .anyMatch(each -> each.absent().equals(substitute)
                        || each.absent().equals(absent) && each.substitute().equals(substitute));
        if (taken) {
            throw RefusedException.conflictAt("substitute", "organization.substitution.overlap", substitute);
        }
    }

    private static Substitution substitution(ResultSet row, int index) throws SQLException {
        return new Substitution(
                row.getLong("id"),
                row.getString("absent"),
                row.getString("substitute"),
                row.getObject("from_on", LocalDate.class),
                row.getObject("until_on", LocalDate.class),
                Substitution.State.valueOf(row.getString("state")),
                row.getString("entered_by"));
    }
}
