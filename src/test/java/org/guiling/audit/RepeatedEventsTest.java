package org.guiling.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.guiling.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** An event that is repeated a thousand times makes few rows, which add up to a thousand. */
class RepeatedEventsTest {

    private static final Duration APART = Duration.ofMinutes(1);

    private final List<Map<String, ?>> written = new ArrayList<>();
    private final TestClock clock = new TestClock();
    private boolean away;
    private final RepeatedEvents events = new RepeatedEvents(
            new AuditTrail(null, null, null, null) {
                @Override
                public void recordApart(AuditEventKind kind, String actor, String subject, Map<String, ?> details) {
                    if (away) {
                        throw new DataAccessResourceFailureException("away");
                    }
                    written.add(details);
                }
            },
            clock);

    private void tried(String subject) {
        events.record(AuditEventKind.REFUSED, "somebody", subject, Map.of("why", "x"), APART);
    }

    private int told() {
        return written.stream()
                .mapToInt(details -> details.containsKey("times") ? (Integer) details.get("times") : 1)
                .sum();
    }

    @Test
    void theFirstIsWrittenAtOnceAndTheOthersAreCounted() {
        IntStream.range(0, 1_000).forEach(i -> tried("a"));
        assertThat(written).singleElement().isEqualTo(Map.of("why", "x"));
        events.writeCounted();
        assertThat(written).hasSize(1);

        clock.advance(APART);
        events.writeCounted();
        events.writeCounted();

        assertThat(written).hasSize(2);
        assertThat(written.get(1).get("times")).isEqualTo(999);
    }

    @Test
    void whatComesLaterBringsTheCountOfBeforeAlong() {
        IntStream.range(0, 5).forEach(i -> tried("a"));
        clock.advance(APART);

        tried("a");
        tried("a");
        events.writeAll();

        assertThat(told()).isEqualTo(7);
        assertThat(written).hasSize(3);
    }

    @Test
    void whatIsAboutSomethingElseIsAnEventOfItsOwn() {
        tried("a");
        tried("b");
        events.record(AuditEventKind.REFUSED, null, "a", Map.of("why", "x"), APART);

        assertThat(written).hasSize(3);
    }

    /** Made-up subjects are remembered up to a number, and none is lost that was counted. */
    @Test
    void noCountIsLostWhereManyAreRemembered() {
        IntStream.range(0, 3).forEach(i -> tried("first"));
        IntStream.range(0, 20_000).forEach(i -> tried("other " + i));
        tried("first");
        events.writeAll();

        assertThat(told()).isEqualTo(20_004);
    }

    @Test
    void nobodyIsHinderedByADatabaseThatIsAway() {
        away = true;
        tried("a");
        tried("a");
        clock.advance(APART);
        events.writeCounted();

        assertThat(written).isEmpty();
    }
}
