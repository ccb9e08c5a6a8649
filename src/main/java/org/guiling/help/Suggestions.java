package org.guiling.help;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.List;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Complaints and suggestions (投诉建议): anybody makes them, those who review for the office and administrators read and
 * answer them, once each. Whoever wants to be nameless is so to these readers; the record has to know to whom the answer
 * goes.
 */
@Service
@Transactional
public class Suggestions {

    /** The longest content and the longest answer, in characters. */
    public static final int LONGEST = 2000;

    private static final int MAX_A_DAY = 20;
    private static final String COLUMNS =
            "id, kind, content, made_by, nameless, made_at, answer, answered_by, answered_at";

    private final JdbcClient jdbc;
    private final OfficeClock clock;

    Suggestions(JdbcClient jdbc, OfficeClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** True where the person reads and answers what others make. */
    public boolean isReader(Person person) {
        return person.has(Role.REVIEWER) || person.has(Role.ADMINISTRATOR);
    }

    /**
     * Writes one down.
     *
     * @param nameless whether its readers are not to know who it was
     * @throws RefusedException when it says nothing or too much, or is one of too many today
     */
    public void make(SuggestionKind kind, String content, boolean nameless, Person person) {
        requireText(content, "content", "refusal.suggestion.empty");
        OffsetDateTime midnight = clock.today().atStartOfDay(clock.getZone()).toOffsetDateTime();
        long today = jdbc.sql("select count(*) from suggestion where made_by = ? and made_at >= ?")
                .params(person.id(), midnight)
                .query(Long.class)
                .single();
        if (today >= MAX_A_DAY) {
            throw RefusedException.invalid("content", "refusal.suggestion.many", MAX_A_DAY);
        }
        jdbc.sql("insert into suggestion (kind, content, made_by, nameless, made_at) values (?, ?, ?, ?, ?)")
                .params(kind.name(), content.strip(), person.id(), nameless, OffsetDateTime.now(clock))
                .update();
    }

    /**
     * Those that the person has made, the newest first.
     *
     * @param offset how many are left out before
     * @param limit how many at most
     */
    @Transactional(readOnly = true)
    public List<Suggestion> of(Person person, int offset, int limit) {
        return jdbc.sql("select " + COLUMNS + " from suggestion where made_by = ? order by id desc offset ? limit ?")
                .params(person.id(), offset, limit)
                .query((row, index) -> suggestion(row, row.getString("made_by")))
                .list();
    }

    /** Number of those that the person has made. */
    @Transactional(readOnly = true)
    public long countOf(Person person) {
        return jdbc.sql("select count(*) from suggestion where made_by = ?")
                .param(person.id())
                .query(Long.class)
                .single();
    }

    /**
     * Those of everybody, the unanswered first.
     *
     * @param offset how many are left out before
     * @param limit how many at most
     * @throws RefusedException when the person is none of their readers
     */
    @Transactional(readOnly = true)
    public List<Suggestion> all(Person reader, int offset, int limit) {
        requireReader(reader);
        return jdbc.sql("select " + COLUMNS
                        + " from suggestion order by answered_at is not null, id desc offset ? limit ?")
                .params(offset, limit)
                .query((row, index) -> suggestion(row, row.getBoolean("nameless") ? null : row.getString("made_by")))
                .list();
    }

    /**
     * Number of those that everybody has made.
     *
     * @throws RefusedException when the person is none of their readers
     */
    @Transactional(readOnly = true)
    public long count(Person reader) {
        requireReader(reader);
        return jdbc.sql("select count(*) from suggestion").query(Long.class).single();
    }

    /** Number of those that wait for an answer. */
    @Transactional(readOnly = true)
    public long waiting() {
        return jdbc.sql("select count(*) from suggestion where answered_at is null")
                .query(Long.class)
                .single();
    }

    /**
     * Answers one.
     *
     * @throws RefusedException when the person is none of their readers, the answer says nothing or too much, or somebody
     *     has answered it
     */
    public void answer(long id, String answer, Person reader) {
        requireReader(reader);
        requireText(answer, "answer", "refusal.suggestion.no-answer");
        int answered = jdbc.sql("""
                        update suggestion set answer = ?, answered_by = ?, answered_at = ?
                        where id = ? and answered_at is null""")
                .params(answer.strip(), reader.id(), OffsetDateTime.now(clock), id)
                .update();
        if (answered == 0) {
            throw RefusedException.conflict("refusal.suggestion.answered");
        }
    }

    private void requireReader(Person person) {
        if (!isReader(person)) {
            throw RefusedException.forbidden("refusal.suggestion.reader");
        }
    }

    private static void requireText(String text, String field, String empty) {
        if (text.isBlank()) {
            throw RefusedException.invalid(field, empty);
        }
        if (text.strip().length() > LONGEST) {
            throw RefusedException.invalid(field, "refusal.suggestion.long", LONGEST);
        }
    }

    private static Suggestion suggestion(ResultSet row, String madeBy) throws SQLException {
        Timestamp answeredAt = row.getTimestamp("answered_at");
        return new Suggestion(
                row.getLong("id"),
                SuggestionKind.valueOf(row.getString("kind")),
                row.getString("content"),
                madeBy,
                row.getTimestamp("made_at").toInstant(),
                row.getString("answer"),
                row.getString("answered_by"),
                answeredAt == null ? null : answeredAt.toInstant());
    }
}
