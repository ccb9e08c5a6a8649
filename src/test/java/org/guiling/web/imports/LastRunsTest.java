package org.guiling.web.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The last run of each person: kept while it goes on, and not for ever after. */
class LastRunsTest {

    private final Set<String> over = new HashSet<>();
    private Instant now = Instant.parse("2026-12-01T08:00:00Z");
    private final LastRuns<String> runs = new LastRuns<>(over::contains, new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void aRunThatIsOverEndsAfterAWhileAndOneThatGoesOnDoesNot() {
        runs.begin("first", "long");
        runs.begin("second", "short");
        over.add("short");

        pass(LastRuns.KEPT);
        assertThat(runs.of("second")).contains("short");
        pass(LastRuns.KEPT);
        assertThat(runs.of("second")).contains("short");
        pass(Duration.ofSeconds(1));
        assertThat(runs.of("second")).isEmpty();
        assertThat(runs.of("first")).contains("long");
        assertThat(runs.begin("first", "next")).isEqualTo("long");

        over.add("long");
        assertThat(runs.begin("first", "next")).isEqualTo("next");
        assertThat(runs.of("first")).contains("next");
    }

    @Test
    void ofManyThatAreOverTheLatestAreKept() {
        runs.begin("busy", "long");
        for (int i = 0; i < LastRuns.MOST + 5; i++) {
            pass(Duration.ofSeconds(1));
            over.add("run " + i);
            runs.begin("person " + i, "run " + i);
        }

        assertThat(IntStream.range(0, 5).mapToObj(i -> runs.of("person " + i))).allMatch(java.util.Optional::isEmpty);
        assertThat(IntStream.range(5, LastRuns.MOST + 5).mapToObj(i -> runs.of("person " + i)))
                .allMatch(java.util.Optional::isPresent);
        assertThat(runs.of("busy")).contains("long");
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
