package org.guiling.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The in-app channel (站内通知): what each person was told, and what they have not read yet. */
@Repository
public class Inbox {

    private static final String COLUMNS = "select id, kind, item_no, occasion, created_at, read_at from notice ";

    private static final String TOGETHER = """
            person = :person
            and (id = :id
                 or together = (select one.together from notice one where one.id = :id and one.person = :person))""";

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
    public record Entry(long id, NoticeKind kind, String itemNo, String occasion, Instant createdAt, Instant readAt) {

        /** The first word of the occasion: of a task that waits, its id. */
        public String task() {
            return occasion.split(" ", 2)[0];
        }
    }

    /**
     * One or more notices that are shown as one: those of tasks that came together.
     *
     * @param shown the one that is shown; of several any of them
     * @param told number of notices in it; in a list of unread ones, of those that are unread
     * @param unread number of unread notices in it
     */
    public record Bundle(Entry shown, int told, int unread) {

        public boolean isSeveral() {
            return told > 1;
        }
    }

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

    /** The person's unread notices, the newest first. */
    public List<Entry> unread(String person, int limit) {
        return jdbc.sql(COLUMNS + "where person = ? and read_at is null order by id desc limit ?")
                .params(person, limit)
                .query(Inbox::entry)
                .list();
    }

    /** A page of what the person was told, the newest first; what came together is one. */
    public List<Bundle> bundles(String person, int skipped, int limit) {
        return jdbc.sql("""
                        select shown.*, coalesce(members.told, 1) as told,
                               coalesce(members.unread, case when shown.read_at is null then 1 else 0 end) as unread
                        from (select * from notice where person = ? and (together is null or together = id)
                              order by id desc offset ? limit ?) shown
                            left join lateral (
                                select count(*) as told, count(*) filter (where read_at is null) as unread
                                from notice where together = shown.together) members on shown.together is not null
                        order by shown.id desc""").params(person, skipped, limit).query(Inbox::bundle).list();
    }

    /** The person's unread notices, the newest first; those that came together are one, which counts the unread. */
    public List<Bundle> unreadBundles(String person, int limit) {
        return jdbc.sql("""
                        select notice.*, bundle.unread as told, bundle.unread
                        from (select max(id) as newest, count(*) as unread from notice
                              where person = ? and read_at is null
                              group by coalesce(together, id) order by newest desc limit ?) bundle
                            join notice on notice.id = bundle.newest
                        order by notice.id desc""").params(person, limit).query(Inbox::bundle).list();
    }

    /** Number of the person's unread notices, where those that came together are one. */
    public long unreadBundleCount(String person) {
        return jdbc.sql(
                        "select count(distinct coalesce(together, id)) from notice where person = ? and read_at is null")
                .param(person)
                .query(Long.class)
                .single();
    }

    /** Number of the person's notices that came together with this one; 0 when the person has no such notice. */
    public int countTogether(String person, long id) {
        return jdbc.sql("select count(*) from notice where " + TOGETHER)
                .param("person", person)
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    /** A page of the person's notices that are one with this, in the order in which they were told. */
    public List<Entry> together(String person, long id, int offset, int limit) {
        return jdbc.sql(COLUMNS + "where " + TOGETHER + " order by id offset :offset limit :limit")
                .param("person", person)
                .param("id", id)
                .param("offset", offset)
                .param("limit", limit)
                .query(Inbox::entry)
                .list();
    }

    /** Marks a notice and all that are one with it as read. */
    @Transactional
    public void markBundleRead(String person, long id) {
        jdbc.sql("update notice set read_at = :now where read_at is null and " + TOGETHER)
                .param("now", OffsetDateTime.now(clock))
                .param("person", person)
                .param("id", id)
                .update();
    }

    /** The number of notices that the person ever had. */
    public long count(String person) {
        return jdbc.sql("select count(*) from notice where person = ?")
                .param(person)
                .query(Long.class)
                .single();
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
     * Writes notices down for their recipients. Those of a kind that is batched are one for each person.
     *
     * @return for each of them, the notice of each who is in the organization and was not told of this occasion before, by
     *     their id and in their order
     */
    Map<Notice, SortedMap<String, Long>> addAll(List<Notice> notices) {
        Map<Notice, SortedMap<String, Long>> told = new LinkedHashMap<>();
        Map<String, Long> first = new HashMap<>();
        Set<Long> several = new TreeSet<>();
        for (Notice notice : notices) {
            boolean batched = notice.kind().isBatched();
            SortedMap<String, Long> now = add(notice, batched ? first : Map.of());
            told.put(notice, now);
            if (batched) {
                now.forEach((person, id) -> {
                    Long before = first.putIfAbsent(person, id);
                    if (before != null) {
                        several.add(before);
                    }
                });
            }
        }
        if (!several.isEmpty()) {
            jdbc.sql("update notice set together = id where id = any (?)")
                    .param(several.toArray(Long[]::new))
                    .update();
        }
        return told;
    }

    /** @param first the notice with which a person's is one, by their id */
    private SortedMap<String, Long> add(Notice notice, Map<String, Long> first) {
        SortedMap<String, Long> told = new TreeMap<>();
        List<String> people = notice.recipients().stream().toList();
        jdbc.sql("""
                        insert into notice (kind, item_no, person, occasion, created_at, together)
                        select ?, ?, person.id, ?, ?, recipient.together
                        from unnest(cast(? as text[]), cast(? as bigint[])) as recipient (id, together)
                            join person using (id)
                        where person.enabled order by person.id
                        on conflict (item_no, kind, person, occasion) do nothing
                        returning id, person""")
                .params(
                        notice.kind().name(),
                        notice.itemNo(),
                        notice.occasion(),
                        OffsetDateTime.now(clock),
                        people.toArray(String[]::new),
                        people.stream().map(first::get).toArray(Long[]::new))
                .query((row, index) -> told.put(row.getString("person"), row.getLong("id")))
                .list();
        return told;
    }

    /**
     * Marks the notices of a task that no longer waits as read: nobody looks for them, and no message about them
     * leaves.
     *
     * @param task the first word of the occasions
     * @param except the people for whom it still waits
     */
    void settle(String itemNo, String task, Collection<String> except) {
        jdbc.sql("""
                        update notice set read_at = ?
                        where item_no = ? and kind = 'TASK_WAITING' and read_at is null
                          and split_part(occasion, ' ', 1) = ? and person <> all (?)""")
                .params(OffsetDateTime.now(clock), itemNo, task, except.toArray(String[]::new))
                .update();
    }

    private static Bundle bundle(ResultSet row, int index) throws SQLException {
        return new Bundle(entry(row, index), row.getInt("told"), row.getInt("unread"));
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
