package org.guiling.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Events beside the items (审计事件). Rows are only ever added; the database refuses anything else. */
@Service
public class AuditTrail {

    private static final int LONGEST_SUBJECT = 400;
    /** A change after which all is as before, as when a post gets the roles that it has, is written and not told. */
    private static final String SAYS_SOMETHING =
            "(details -> 'changes' is distinct from cast('{}' as jsonb) or details ->> 'after' is null)";

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;
    private final Node node;

    AuditTrail(JdbcClient jdbc, ObjectMapper json, Clock clock, Node node) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.node = node;
    }

    /**
     * Writes an event, in the caller's transaction where there is one: the action and its event, or neither. What is to
     * stay though the action rolls back is recorded when its transaction is over. Whoever else records the same kind waits
     * until the transaction ends.
     *
     * @param actor a person's id; null where the system acts by itself or nobody is signed on
     * @param subject what or whom it is about; may be null, and is cut where it is long
     * @param details what else is worth knowing, as JSON; never a secret
     */
    @Transactional
    public void record(AuditEventKind kind, String actor, String subject, Map<String, ?> details) {
        jdbc.sql(
                        "insert into audit_event (at, kind, actor, subject, details, node) values (?, ?, ?, ?, cast(? as jsonb), ?)")
                .params(
                        OffsetDateTime.now(clock),
                        kind.name(),
                        storable(actor),
                        storable(subject),
                        write(details),
                        node.name())
                .update();
    }

    /**
     * The same, unless the actor's event of this kind about this subject is there since midnight. In a transaction of its
     * own: what was seen was seen, whatever becomes of the caller's, which may be one that only reads.
     *
     * @param actor not null
     * @param subject not null
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void recordOnceADay(AuditEventKind kind, String actor, String subject, Map<String, ?> details) {
        OffsetDateTime midnight = OffsetDateTime.now(clock).truncatedTo(ChronoUnit.DAYS);
        boolean recorded = jdbc.sql("""
                        select exists (select from audit_event where kind = ? and actor = ? and subject = ? and at >= ?)""")
                .params(kind.name(), storable(actor), storable(subject), midnight)
                .query(Boolean.class)
                .single();
        if (!recorded) {
            record(kind, actor, subject, details);
        }
    }

    /** The same, whatever becomes of the caller's transaction, which may be one that only reads. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void recordApart(AuditEventKind kind, String actor, String subject, Map<String, ?> details) {
        record(kind, actor, subject, details);
    }

    /**
     * A page of events, the newest first.
     *
     * @param kind null for all
     * @param actor a person's id, null for all
     * @param before the id that the page continues behind; null for the newest
     * @param limit how many at most; at least 1
     */
    @Transactional(readOnly = true)
    public List<AuditEvent> page(AuditEventKind kind, String actor, Long before, int limit) {
        return jdbc.sql("""
                        select id, at, kind, actor, subject, details from audit_event
                        where (cast(:kind as text) is null or kind = :kind)
                          and (cast(:actor as text) is null or actor = :actor)
                          and id < :before
                        order by id desc limit :limit""")
                .param("kind", kind == null ? null : kind.name())
                .param("actor", storable(actor))
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query(this::event)
                .list();
    }

    /**
     * The newest events of these kinds.
     *
     * @param subject what or whom they are about; null for all
     * @param detail a detail that they have, with its value; null for any. With a subject, events without the detail are
     *     found as well: those of before it was told.
     */
    @Transactional(readOnly = true)
    public List<AuditEvent> newest(
            Set<AuditEventKind> kinds, String subject, Map.Entry<String, String> detail, int limit) {
        return newest(kinds, subject, detail, 0, limit);
    }

    /** A page of them. */
    @Transactional(readOnly = true)
    public List<AuditEvent> newest(
            Set<AuditEventKind> kinds, String subject, Map.Entry<String, String> detail, int offset, int limit) {
        return jdbc.sql("select id, at, kind, actor, subject, details" + about(subject, detail)
                        + " order by id desc offset :offset limit :limit")
                .params(parameters(kinds, subject, detail))
                .param("offset", offset)
                .param("limit", limit)
                .query(this::event)
                .list();
    }

    /** Number of events. */
    @Transactional(readOnly = true)
    public int count(Set<AuditEventKind> kinds, String subject, Map.Entry<String, String> detail) {
        return jdbc.sql("select count(*)" + about(subject, detail))
                .params(parameters(kinds, subject, detail))
                .query(Integer.class)
                .single();
    }

    /** Without conditions on what is not asked: then the indices of the others are used. */
    private static String about(String subject, Map.Entry<String, String> detail) {
        String ofDetail = subject == null
                ? " and details ->> :detail = :value"
                : " and (details ->> :detail = :value or details ->> :detail is null)";
        return " from audit_event where kind = any (:kinds) and " + SAYS_SOMETHING
                + (subject == null ? "" : " and subject = :subject")
                + (detail == null ? "" : ofDetail);
    }

    private static Map<String, Object> parameters(
            Set<AuditEventKind> kinds, String subject, Map.Entry<String, String> detail) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("kinds", kinds.stream().map(Enum::name).toArray(String[]::new));
        parameters.put("subject", storable(subject));
        parameters.put("detail", detail == null ? null : detail.getKey());
        parameters.put("value", detail == null ? null : detail.getValue());
        return parameters;
    }

    private AuditEvent event(ResultSet row, int index) throws SQLException {
        return new AuditEvent(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                AuditEventKind.valueOf(row.getString("kind")),
                row.getString("actor"),
                row.getString("subject"),
                read(row.getString("details")));
    }

    private String write(Map<String, ?> details) {
        try {
            // The database refuses NUL.
            return json.writeValueAsString(details).replace("\\u0000", "\\ufffd");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> read(String details) {
        try {
            return json.readValue(details, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String storable(String text) {
        if (text == null) {
            return null;
        }
        String cut = text.length() <= LONGEST_SUBJECT ? text : text.substring(0, LONGEST_SUBJECT - 1) + "…";
        return cut.replace('\0', '\ufffd');
    }
}
