package org.guiling.audit;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/**
 * Audit events that somebody may cause as often as they like. The first is written at once; those that are equal to it and come
 * within a while are counted, and written as one with how many they were. So a script that tries all night neither
 * fills the trail nor is told as one attempt. Each node counts for itself.
 */
@Service
public class RepeatedEvents {

    /** The detail that says how many an event stands for; an event without it stands for one. */
    public static final String TIMES = "times";

    private static final Logger log = LoggerFactory.getLogger(RepeatedEvents.class);
    private static final int REMEMBERED = 10_000;

    private final AuditTrail trail;
    private final Clock clock;
    private final Map<Event, Repeated> counted = new LinkedHashMap<>();

    RepeatedEvents(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    private record Event(AuditEventKind kind, String actor, String subject, Map<String, ?> details) {}

    /** @param times since the event that was written at {@code first} */
    private record Repeated(Instant first, Duration apart, int times) {

        boolean isOver(Instant now) {
            return now.isBefore(first) || !now.isBefore(first.plus(apart));
        }
    }

    /**
     * Writes the event, or counts it. Never fails: what was refused stays refused, and the log has what the trail has not.
     *
     * @param actor may be null
     * @param apart so long equal ones are one
     */
    public void record(AuditEventKind kind, String actor, String subject, Map<String, ?> details, Duration apart) {
        Event event = new Event(kind, actor, subject, Map.copyOf(details));
        Map<Event, Integer> told = new LinkedHashMap<>();
        synchronized (counted) {
            Instant now = clock.instant();
            Repeated before = counted.get(event);
            if (before != null && !before.isOver(now)) {
                counted.put(event, new Repeated(before.first(), before.apart(), before.times() + 1));
                return;
            }
            counted.remove(event);
            makeRoom(told);
            counted.put(event, new Repeated(now, apart, 0));
            told.put(event, 1 + (before == null ? 0 : before.times()));
        }
        told.forEach(this::write);
    }

    private void makeRoom(Map<Event, Integer> told) {
        while (counted.size() >= REMEMBERED) {
            Map.Entry<Event, Repeated> eldest = counted.entrySet().iterator().next();
            counted.remove(eldest.getKey());
            if (eldest.getValue().times() > 0) {
                told.put(eldest.getKey(), eldest.getValue().times());
            }
        }
    }

    /** Writes what was counted and whose time is over. */
    @Scheduled(fixedDelayString = "PT1M")
    public void writeCounted() {
        write(false);
    }

    @PreDestroy
    void writeAll() {
        write(true);
    }

    private void write(boolean all) {
        List<Map.Entry<Event, Repeated>> over = new ArrayList<>();
        synchronized (counted) {
            Instant now = clock.instant();
            counted.entrySet().stream()
                    .filter(each -> all || each.getValue().isOver(now))
                    .forEach(each -> over.add(Map.entry(each.getKey(), each.getValue())));
            over.forEach(each -> counted.remove(each.getKey()));
        }
        over.stream()
                .filter(each -> each.getValue().times() > 0)
                .forEach(each -> write(each.getKey(), each.getValue().times()));
    }

    private void write(Event event, int times) {
        Map<String, Object> details = new HashMap<>(event.details());
        if (times > 1) {
            details.put(TIMES, times);
        }
        try {
            trail.recordApart(event.kind(), event.actor(), event.subject(), details);
        } catch (DataAccessException | TransactionException e) {
            log.error(
                    "{} of {} about {} is missing in the audit trail, {} times",
                    event.kind(),
                    event.actor(),
                    event.subject(),
                    times,
                    e);
        }
    }
}
