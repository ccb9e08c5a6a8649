package org.guiling.signon.throttle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The counts of failed sign-ons, shared by all nodes. A row from the future, of a clock set back, counts nothing. */
@Repository
class SignOnCounts {

    /** Instead of an account, or instead of a source. */
    static final String ANY = "*";

    /** Every account that has signed on from the source before. */
    static final String ANY_KNOWN = "*known";

    /** No wait, also for a node whose clock is behind. */
    static final Instant OPEN = Instant.EPOCH;

    /** As far as the clocks of two nodes may differ. */
    private static final Duration NODES_APART = Duration.ofMinutes(5);

    private static final Duration KEPT = Duration.ofDays(7);
    private static final int LIMIT = 200_000;

    private static final String CLOSED = " from sign_on_count where open_at > :now and last_at <= :latest and ";
    private static final String OF_SOURCES = "account in ('*', '*known')";
    /** A name that is nobody's begins with a question mark. */
    private static final String OF_PEOPLE = "account not in ('*', '*known') and not starts_with(account, '?')";

    private final JdbcClient jdbc;

    SignOnCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Key(String account, String source) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byAccount = account.compareTo(other.account);
            return byAccount == 0 ? source.compareTo(other.source) : byAccount;
        }
    }

    record Count(Key key, int failures, Instant lastAt, Instant openAt) {

        boolean isFromTheFuture(Instant now) {
            return lastAt.isAfter(now.plus(NODES_APART));
        }
    }

    List<Count> find(Collection<Key> keys) {
        return select(keys, "");
    }

    /** Locks them in one order, so that nobody waits for each other. */
    List<Count> lock(Collection<Key> keys, Instant now) {
        List<Key> sorted = keys.stream().sorted().toList();
        sorted.forEach(key -> jdbc.sql("""
                        insert into sign_on_count (account, source, failures, last_at, open_at)
                        values (:account, :source, 0, :now, :open) on conflict do nothing""")
                .param("account", key.account())
                .param("source", key.source())
                .param("now", at(now))
                .param("open", at(OPEN))
                .update());
        return select(sorted, " for update");
    }

    private List<Count> select(Collection<Key> keys, String how) {
        return jdbc.sql("""
                        select account, source, failures, last_at, open_at from sign_on_count
                        where (account, source) in (
                            select * from unnest(cast(:accounts as text[]), cast(:sources as text[])))
                        order by account collate "C", source collate "C\"""" + how)
                .param("accounts", keys.stream().map(Key::account).toArray(String[]::new))
                .param("sources", keys.stream().map(Key::source).toArray(String[]::new))
                .query(SignOnCounts::count)
                .list();
    }

    void write(Count count) {
        jdbc.sql("""
                        update sign_on_count set failures = :failures, last_at = :lastAt, open_at = :openAt
                        where account = :account and source = :source""")
                .param("account", count.key().account())
                .param("source", count.key().source())
                .param("failures", count.failures())
                .param("lastAt", at(count.lastAt()))
                .param("openAt", at(count.openAt()))
                .update();
    }

    /**
     * A page of the people's accounts that are closed at the moment, what opens last first.
     *
     * @param account null for all
     */
    List<Count> closedAccounts(Instant now, String account, int offset, int limit) {
        return closed(ofPeople(account), now, account, offset, limit);
    }

    int countClosedAccounts(Instant now) {
        return countClosed(OF_PEOPLE, now, null);
    }

    /** A page of the sources that are closed at the moment, what opens last first. */
    List<Count> closedSources(Instant now, int offset, int limit) {
        return closed(OF_SOURCES, now, null, offset, limit);
    }

    int countClosedSources(Instant now) {
        return countClosed(OF_SOURCES, now, null);
    }

    private static String ofPeople(String account) {
        return account == null ? OF_PEOPLE : OF_PEOPLE + " and account = :who";
    }

    private List<Count> closed(String which, Instant now, String who, int offset, int limit) {
        return jdbc.sql("select account, source, failures, last_at, open_at" + CLOSED + which
                        + " order by open_at desc, account, source offset :offset limit :limit")
                .param("now", at(now))
                .param("latest", at(now.plus(NODES_APART)))
                .param("who", who)
                .param("offset", offset)
                .param("limit", limit)
                .query(SignOnCounts::count)
                .list();
    }

    private int countClosed(String which, Instant now, String who) {
        return jdbc.sql("select count(*)" + CLOSED + which)
                .param("now", at(now))
                .param("latest", at(now.plus(NODES_APART)))
                .param("who", who)
                .query(Integer.class)
                .single();
    }

    /** @return how many of them were closed */
    int openAccount(String account, Instant now) {
        return open("account = :who", account, now);
    }

    /** @return how many of them were closed */
    int openSource(String source, Instant now) {
        return open("source = :who and account in ('*', '*known')", source, now);
    }

    private int open(String which, String who, Instant now) {
        int closed = countClosed(which, now, who);
        jdbc.sql("update sign_on_count set failures = 0, open_at = :open where " + which)
                .param("open", at(OPEN))
                .param("who", who)
                .update();
        return closed;
    }

    /** So that no flood fills the database: first what is old, then what counts least. */
    void tidy(Instant now) {
        jdbc.sql("delete from sign_on_count where last_at < ?")
                .param(at(now.minus(KEPT)))
                .update();
        jdbc.sql("""
                        delete from sign_on_count where (account, source) in (
                            select account, source from sign_on_count order by failures desc, last_at desc offset ?
                            for update skip locked)""").param(LIMIT).update();
    }

    private static Count count(ResultSet row, int index) throws SQLException {
        return new Count(
                new Key(row.getString("account"), row.getString("source")),
                row.getInt("failures"),
                row.getTimestamp("last_at").toInstant(),
                row.getTimestamp("open_at").toInstant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
