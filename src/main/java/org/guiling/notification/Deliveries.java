package org.guiling.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.guiling.notification.Delivery.Told;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of deliveries. Its unique key is what keeps a message from being written down twice. */
@Repository
class Deliveries {

    private final JdbcClient jdbc;
    private final Clock clock;

    Deliveries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The key of a new delivery.
     *
     * @param person null for a group
     * @param key the deduplication key
     */
    record Envelope(ChannelName channel, String person, String key) {}

    /** Writes a delivery down that waits; empty when the key is known. */
    Optional<Long> open(Envelope envelope, long noticeId, Instant notBefore) {
        return insert(envelope, noticeId, DeliveryState.WAITING, notBefore, null);
    }

    /** Writes down why a message is not sent, unless the key is known. */
    void suppress(Envelope envelope, long noticeId, String reason) {
        insert(envelope, noticeId, DeliveryState.SUPPRESSED, null, reason);
    }

    private Optional<Long> insert(
            Envelope envelope, long noticeId, DeliveryState state, Instant notBefore, String reason) {
        Optional<Long> id = jdbc.sql("""
                        insert into delivery
                            (channel, person, deduplication_key, state, not_before, created_at, last_error)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (deduplication_key) do nothing
                        returning id""")
                .params(
                        envelope.channel().name(),
                        envelope.person(),
                        envelope.key(),
                        state.name(),
                        notBefore == null
                                ? null
                                : notBefore.atZone(clock.getZone()).toOffsetDateTime(),
                        OffsetDateTime.now(clock),
                        reason)
                .query(Long.class)
                .optional();
        id.ifPresent(deliveryId -> link(deliveryId, noticeId));
        return id;
    }

    /**
     * Adds a notice to a delivery that still waits. The lock keeps it from being sent without the notice.
     *
     * @return false when the delivery has left
     */
    boolean join(Envelope envelope, long noticeId) {
        Optional<Long> waiting = jdbc.sql(
                        "select id from delivery where deduplication_key = ? and state = 'WAITING' for update")
                .param(envelope.key())
                .query(Long.class)
                .optional();
        waiting.ifPresent(deliveryId -> link(deliveryId, noticeId));
        return waiting.isPresent();
    }

    private void link(long deliveryId, long noticeId) {
        jdbc.sql("insert into delivery_notice (delivery_id, notice_id) values (?, ?)")
                .params(deliveryId, noticeId)
                .update();
    }

    /**
     * True where a notice of this kind about this item went the same way within the time, or is about to. A batch that still
     * waits takes another one along and is no message more.
     */
    boolean wentOut(Envelope envelope, Notice notice, Duration within) {
        return jdbc.sql("""
                        select exists (
                            select from notice
                            join delivery_notice on delivery_notice.notice_id = notice.id
                            join delivery on delivery.id = delivery_notice.delivery_id
                            where notice.item_no = ? and notice.kind = ? and notice.created_at > ?
                              and delivery.channel = ? and delivery.person is not distinct from ?
                              and delivery.state <> all (?))""")
                .params(
                        notice.itemNo(),
                        notice.kind().name(),
                        OffsetDateTime.now(clock).minus(within),
                        envelope.channel().name(),
                        envelope.person(),
                        notice.kind().isBatched()
                                ? new String[] {DeliveryState.SUPPRESSED.name(), DeliveryState.WAITING.name()}
                                : new String[] {DeliveryState.SUPPRESSED.name()})
                .query(Boolean.class)
                .single();
    }

    /** The delivery, held against everybody else until the transaction ends. */
    Optional<Delivery> lock(long id) {
        return jdbc.sql("select channel, person, state from delivery where id = ? for update")
                .param(id)
                .query((row, index) -> new Delivery(
                        id,
                        ChannelName.valueOf(row.getString("channel")),
                        row.getString("person"),
                        DeliveryState.valueOf(row.getString("state")),
                        notices(id)))
                .optional();
    }

    /** A task that was done or opened meanwhile needs no message. */
    private List<Told> notices(long deliveryId) {
        return jdbc.sql("""
                        select distinct on (notice.item_no) notice.kind, notice.item_no, notice.created_at
                        from delivery_notice join notice on notice.id = delivery_notice.notice_id
                        where delivery_notice.delivery_id = ?
                          and not (notice.kind = 'TASK_WAITING' and notice.read_at is not null)
                        order by notice.item_no, notice.id desc""")
                .param(deliveryId)
                .query((row, index) -> new Told(
                        NoticeKind.valueOf(row.getString("kind")),
                        row.getString("item_no"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    void sent(Delivery delivery) {
        jdbc.sql("""
                        update delivery set state = 'SENT', attempts = attempts + 1, sent_at = ?, last_error = null
                        where id = ?""").params(OffsetDateTime.now(clock), delivery.id()).update();
    }

    void suppress(Delivery delivery, String reason) {
        jdbc.sql("update delivery set state = 'SUPPRESSED', last_error = ? where id = ?")
                .params(reason, delivery.id())
                .update();
    }

    /** Leaves one alone that somebody else has sent meanwhile. */
    void failed(Delivery delivery, String error) {
        jdbc.sql("""
                        update delivery set state = 'FAILED', attempts = attempts + 1, last_error = ?
                        where id = ? and state in ('WAITING', 'FAILED')""").params(error, delivery.id()).update();
    }
}
