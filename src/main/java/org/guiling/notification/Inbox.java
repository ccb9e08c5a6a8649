package org.guiling.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The in-app channel (站内通知): what each person was told, and what they have not read yet. */
@Repository
public class Inbox {

    private static final String COLUMNS = "select id, kind, item_no, occasion, created_at, read_at from notice ";

    private final JdbcClient jdbc;
    private final Clock clock;

    Inbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One notice to one person.
     *
     * @param occasion what it was told of, as {@link Notice} has it
     * @param readAt null while it is unread
     */
    public record Entry(long id, NoticeKind kind, String itemNo, String occasion, Instant createdAt, Instant readAt) {}

    /** The person's notices, the newest first. */
    public List<Entry> of(String person, int limit) {
        return of(person, 0, limit);
    }

    /** A page of the person's notices, the newest first. */
    public List<Entry> of(String person, int skipped, int limit) {
        return jdbc.sql(COLUMNS + "where person = ? order by id desc offset ? limit ?")
                .params(person, skipped, limit)
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

    /**
     * Writes a notice down for its recipients, in the order of their ids.
     *
     * @return the notice of each who is in the organization and was not told of this occasion before, by their id
     */
    SortedMap<String, Long> add(Notice notice) {
        SortedMap<String, Long> told = new TreeMap<>();
        jdbc.sql("""
                        insert into notice (kind, item_no, person, occasion, created_at)
                        select ?, ?, id, ?, ? from person where enabled and id = any (?) order by id
                        on conflict (item_no, kind, person, occasion) do nothing
                        returning id, person""")
                .params(
                        notice.kind().name(),
                        notice.itemNo(),
                        notice.occasion(),
                        OffsetDateTime.now(clock),
                        notice.recipients().toArray(String[]::new))
                .query((row, index) -> told.put(row.getString("person"), row.getLong("id")))
                .list();
        return told;
    }

    /**
     * What a task that waits no longer had to say is read: nobody looks for it, and no message about it leaves.
     *
     * @param task the first word of the occasions
     * @param except who has the task in hand; null for nobody
     */
    void settle(String itemNo, String task, String except) {
        jdbc.sql("""
                        update notice set read_at = ?
                        where item_no = ? and kind = 'TASK_WAITING' and read_at is null
                          and split_part(occasion, ' ', 1) = ? and person is distinct from ?""").params(OffsetDateTime.now(clock), itemNo, task, except).update();
    }

    private static Entry entry(ResultSet row, int index) throws SQLException {
        OffsetDateTime readAt = row.getObject("read_at", OffsetDateTime.class);
        return new Entry(
                row.getLong("id"),
                NoticeKind.valueOf(row.getString("kind")),
                row.getString("item_no"),
                row.getString("occasion"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                readAt == null ? null : readAt.toInstant());
    }
}
