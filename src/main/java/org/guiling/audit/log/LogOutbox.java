package org.guiling.audit.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.log.LogSink.Made;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Events on their way to each sink. Events become lines first, which are kept until they have arrived: a sink that is
 * away or a server that stops loses nothing, and what is sent once more is the same line with the same number.
 * Positions are kept by kind and number, which are seen without gaps; an event with a lower id may be committed after
 * one with a higher.
 */
@Repository
class LogOutbox {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final String[] kinds;

    LogOutbox(JdbcClient jdbc, Clock clock, LogProperties properties) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.kinds = Arrays.stream(AuditEventKind.values())
                .filter(kind -> !properties.except().contains(kind))
                .map(Enum::name)
                .toArray(String[]::new);
    }

    /**
     * State of a sink.
     *
     * @param shipped the last line that arrived; chained the hash of the last that was made, null before the first
     * @param failingSince null while it works
     */
    record State(
            long made,
            long shipped,
            String chained,
            Instant shippedAt,
            int failures,
            Instant failingSince,
            Instant nextAttempt,
            String error,
            Instant toldAt) {}

    /** The events that have not arrived: their number, and since when the first of them waits; null where none does. */
    record Waiting(long events, Instant since) {}

    /** Takes the place for a while, unless another node has it or it is too early to try again. */
    @Transactional
    boolean lease(String sink, String by, Duration atMost) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("insert into audit_sink (sink) values (?) on conflict do nothing")
                .param(sink)
                .update();
        return jdbc.sql("""
                        update audit_sink set leased_by = :by, leased_until = :until
                        where sink = :sink and (next_attempt is null or next_attempt <= :now)
                          and (leased_until is null or leased_until <= :now or leased_by = :by)""")
                        .param("by", by)
                        .param("until", now.plus(atMost))
                        .param("sink", sink)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Lets other nodes have it. */
    @Transactional
    void release(String sink, String by) {
        jdbc.sql("update audit_sink set leased_by = null, leased_until = null where sink = ? and leased_by = ?")
                .params(sink, by)
                .update();
    }

    /** The next lines to send: those that were made before, else the next events as lines; empty where there is nothing. */
    @Transactional
    List<Made> next(LogSink sink, int limit) {
        State state = jdbc.sql("select * from audit_sink where sink = ? for update")
                .param(sink.name())
                .query(LogOutbox::state)
                .single();
        List<Made> waiting = jdbc.sql("select n, content from audit_sink_line where sink = ? order by n limit ?")
                .params(sink.name(), limit)
                .query((row, index) -> new Made(row.getLong("n"), row.getString("content")))
                .list();
        return waiting.isEmpty() ? make(sink, state, limit) : waiting;
    }

    /** These and those before have arrived. */
    @Transactional
    void arrived(String sink, long n) {
        jdbc.sql("delete from audit_sink_line where sink = ? and n <= ?")
                .params(sink, n)
                .update();
        jdbc.sql("""
                        update audit_sink set shipped = greatest(shipped, ?), shipped_at = ?, failures = 0,
                               failing_since = null, next_attempt = null, error = null, told_at = null
                        where sink = ?""").params(n, OffsetDateTime.now(clock), sink).update();
    }

    /** An attempt failed; the next comes after the wait. */
    @Transactional
    void failed(String sink, String error, Duration wait) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("""
                        update audit_sink set failures = failures + 1, failing_since = coalesce(failing_since, ?),
                               next_attempt = ?, error = ?
                        where sink = ?""").params(now, now.plus(wait), error, sink).update();
    }

    /** Notes that people are told of this failing; false where they were told. */
    @Transactional
    boolean tell(String sink) {
        return jdbc.sql("update audit_sink set told_at = ? where sink = ? and told_at is null")
                        .params(OffsetDateTime.now(clock), sink)
                        .update()
                == 1;
    }

    /** Empty before anything was sent there. */
    @Transactional(readOnly = true)
    Optional<State> state(String sink) {
        return jdbc.sql("select * from audit_sink where sink = ?")
                .param(sink)
                .query(LogOutbox::state)
                .optional();
    }

    @Transactional(readOnly = true)
    Waiting waiting(String sink) {
        return jdbc.sql("""
                        select coalesce(sum(events), 0) as events, min(since) as since from (
                            select count(*) as events, min(at) as since from audit_sink_line where sink = :sink
                            union all
                            select head.rows - coalesce(done.seq, 0), first.at
                            from unnest(:kinds) as wanted (kind)
                            join chain_head head on head.chain = 'event ' || wanted.kind
                            left join audit_sink_position done on done.sink = :sink and done.kind = wanted.kind
                            join audit_event first
                                 on first.kind = wanted.kind and first.seq = coalesce(done.seq, 0) + 1
                        ) waiting""")
                .param("sink", sink)
                .param("kinds", kinds)
                .query((row, index) -> new Waiting(row.getLong("events"), instant(row, "since")))
                .single();
    }

    private List<Made> make(LogSink sink, State state, int limit) {
        String before = state.chained() == null ? LogLine.beginning(sink.name()) : state.chained();
        long n = state.made();
        Map<String, Long> positions = new LinkedHashMap<>();
        List<Made> made = new ArrayList<>();
        for (LoggedEvent event : events(sink.name(), limit)) {
            n++;
            LogSink.Content content = sink.content(event, n, before);
            before = content.line().chained();
            positions.put(event.kind(), event.seq());
            made.add(new Made(n, content.text()));
            jdbc.sql("insert into audit_sink_line (sink, n, at, content) values (?, ?, ?, ?)")
                    .params(sink.name(), n, event.at().atOffset(ZoneOffset.UTC), content.text())
                    .update();
        }
        positions.forEach(
                (kind, seq) -> jdbc.sql("""
                        insert into audit_sink_position (sink, kind, seq) values (?, ?, ?)
                        on conflict (sink, kind) do update set seq = excluded.seq""").params(sink.name(), kind, seq).update());
        if (!made.isEmpty()) {
            jdbc.sql("update audit_sink set made = ?, chained = ? where sink = ?")
                    .params(n, HexFormat.of().parseHex(before), sink.name())
                    .update();
        }
        return made;
    }

    /** Each kind in the order of its chain, all of them in the order of their ids as far as that allows. */
    private List<LoggedEvent> events(String sink, int limit) {
        return jdbc.sql("""
                        select next.id, next.at, next.kind, next.actor, next.subject, next.details::text as details,
                               next.node, next.seq, next.record, encode(next.hash, 'hex') as hash,
                               encode(coalesce(before.hash,
                                               sha256(convert_to('event ' || next.kind, 'UTF8'))), 'hex') as previous
                        from (select event.*, max(event.id) over (partition by event.kind order by event.seq) as place
                              from unnest(:kinds) as wanted (kind)
                              join chain_head head on head.chain = 'event ' || wanted.kind
                              left join audit_sink_position done on done.sink = :sink and done.kind = wanted.kind
                              cross join lateral (
                                  select each.*, audit_event_record(each) as record from audit_event each
                                  where each.kind = wanted.kind and each.seq > coalesce(done.seq, 0)
                                  order by each.seq limit :limit) event
                              where head.rows > coalesce(done.seq, 0)) next
                        left join audit_event before on before.kind = next.kind and before.seq = next.seq - 1
                        order by next.place, next.kind, next.seq limit :limit""")
                .param("sink", sink)
                .param("kinds", kinds)
                .param("limit", limit)
                .query((row, index) -> new LoggedEvent(
                        row.getLong("id"),
                        instant(row, "at"),
                        row.getString("kind"),
                        row.getString("actor"),
                        row.getString("subject"),
                        row.getString("details"),
                        row.getString("node"),
                        row.getLong("seq"),
                        row.getString("previous"),
                        row.getString("hash"),
                        row.getString("record")))
                .list();
    }

    private static State state(ResultSet row, int index) throws SQLException {
        byte[] chained = row.getBytes("chained");
        return new State(
                row.getLong("made"),
                row.getLong("shipped"),
                chained == null ? null : HexFormat.of().formatHex(chained),
                instant(row, "shipped_at"),
                row.getInt("failures"),
                instant(row, "failing_since"),
                instant(row, "next_attempt"),
                row.getString("error"),
                instant(row, "told_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
