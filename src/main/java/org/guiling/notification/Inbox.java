package org.guiling.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The in-app channel (站内通知): what each person was told, and what they have not read yet. */
@Repository
public class Inbox {

    private static final String COLUMNS = "select id, kind, item_no, created_at, read_at from notice ";

    private final JdbcClient jdbc;
    private final Clock clock;

    Inbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One notice to one person.
     *
     * @param readAt null while it is unread
     */
    public record Entry(long id, NoticeKind kind, String itemNo, Instant createdAt, Instant readAt) {}

    /** The person's notices, the newest first. */
    public List<Entry> of(String person, int limit) {
        return jdbc.sql(COLUMNS + "where person = ? order by id desc limit ?")
                .params(person, limit)
                .query(Inbox::entry)
                .list();
    }

    /** What the person has not read, the newest first. */
    public List<Entry> unread(String person, int limit) {
        return jdbc.sql(COLUMNS + "where person = ? and read_at is null order by id desc limit ?")
                .params(person, limit)
                .query(Inbox::entry)
                .list();
    }

    public long unreadCount(String person) {
        return jdbc.sql("select count(*) from notice where person = ? and read_at is null")
                .param(person)
                .query(Long.class)
                .single();
    }

    /**
     * Marks a notice as read; the first time counts.
     *
     * @return false when the person has no such notice
     */
    @Transactional
    public boolean markRead(String person, long id) {
        return jdbc.sql("update notice set read_at = coalesce(read_at, ?) where person = ? and id = ?")
                        .params(OffsetDateTime.now(clock), person, id)
                        .update()
                == 1;
    }

    @Transactional
    public void markAllRead(String person) {
        jdbc.sql("update notice set read_at = ? where person = ? and read_at is null")
                .params(OffsetDateTime.now(clock), person)
                .update();
    }

    /** Writes a notice down; empty when the person was told of this occasion before. */
    Optional<Long> add(Notice notice, String person) {
        return jdbc.sql("""
                        insert into notice (kind, item_no, person, occasion, created_at) values (?, ?, ?, ?, ?)
                        on conflict (item_no, kind, person, occasion) do nothing
                        returning id""")
                .params(notice.kind().name(), notice.itemNo(), person, notice.occasion(), OffsetDateTime.now(clock))
                .query(Long.class)
                .optional();
    }

    private static Entry entry(ResultSet row, int index) throws SQLException {
        OffsetDateTime readAt = row.getObject("read_at", OffsetDateTime.class);
        return new Entry(
                row.getLong("id"),
                NoticeKind.valueOf(row.getString("kind")),
                row.getString("item_no"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                readAt == null ? null : readAt.toInstant());
    }
}
