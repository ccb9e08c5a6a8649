package org.guiling;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.guiling.time.OfficeClock;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * A clock that runs like the real one until a test moves it. {@code -Dguiling.test.days-ahead=5} begins so many days later, to
 * see the tests pass on another weekday.
 */
public class TestClock extends OfficeClock {

    private static final Duration START = Duration.ofDays(Integer.getInteger("guiling.test.days-ahead", 0));

    private volatile Duration ahead = START;

    public void advance(Duration duration) {
        ahead = ahead.plus(duration);
    }

    /** Moves to a day, to an hour at which people work. */
    public void set(LocalDate day) {
        ahead = Duration.between(Instant.now(), day.atTime(9, 30).atZone(ZONE));
    }

    public void reset() {
        ahead = START;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Configuration {

        @Bean
        TestClock clock() {
            return new TestClock();
        }
    }
}
