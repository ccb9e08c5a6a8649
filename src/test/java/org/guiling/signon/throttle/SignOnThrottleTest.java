package org.guiling.signon.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.signon.SignOnProperties;
import org.guiling.signon.SignOnRefusal;
import org.guiling.signon.SignOnRefusedException;
import org.guiling.signon.throttle.SignOnThrottle.Attempt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Two nodes count in one database, with the limits that are shipped. */
@GuilingTest
class SignOnThrottleTest {

    @Autowired
    SignOnCounts counts;

    @Autowired
    KnownSources knownSources;

    @Autowired
    LockOuts lockOuts;

    @Autowired
    Organization organization;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    private SignOnThrottle here;
    private SignOnThrottle there;

    @BeforeEach
    void twoNodes() {
        here = node();
        there = node();
        jdbc.sql("delete from sign_on_count").update();
        jdbc.sql("delete from known_source where person_id like 'throttled%'").update();
    }

    @AfterEach
    void backToToday() {
        clock.reset();
        jdbc.sql("delete from sign_on_count").update();
    }

    private SignOnThrottle node() {
        SignOnProperties shipped = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("guiling.sign-on", SignOnProperties.class);
        return new SignOnThrottle(counts, knownSources, shipped, events, transactions, clock);
    }

    @Test
    void twoNodesGiveNoMoreTriesThanOne() {
        long begun = IntStream.range(0, 30)
                .parallel()
                .filter(i -> begins(i % 2 == 0 ? here : there, "?at-two-nodes", "192.0.2.10"))
                .count();

        assertThat(begun).isEqualTo(5);
    }

    @Test
    void whoTriesManyAccountsFromOneAddressIsSlowed() {
        long begun = IntStream.range(0, 200)
                .parallel()
                .filter(i -> begins(i % 2 == 0 ? here : there, "?spray-" + i, "192.0.2.20"))
                .count();
        assertThat(begun).isEqualTo(50);
        assertThat(begins(here, "?spray-other", "192.0.2.21")).isTrue();
        assertThat(lockOuts.sources(0, 30))
                .extracting(LockOuts.LockedSource::source)
                .containsExactly("192.0.2.20");

        int inAnHour = 0;
        for (int second = 0; second < 3600; second += 5) {
            clock.advance(Duration.ofSeconds(5));
            inAnHour += begins(there, "?spray-more-" + second, "192.0.2.20") ? 1 : 0;
        }
        assertThat(inAnHour).isBetween(10, 140);

        assertThat(lockOuts.liftSource("192.0.2.20", "administrator")).isTrue();
        assertThat(begins(here, "?spray-lifted", "192.0.2.20")).isTrue();
        assertThat(lockOuts.liftSource("192.0.2.20", "administrator")).isFalse();
    }

    /** One colleague who guesses does not close the office's address to those who work there. */
    @Test
    void whoHasSignedOnThereIsCountedByThemselves() {
        person("throttled-colleague");
        here.right(here.begin("throttled-colleague", "192.0.2.30"));
        for (int i = 0; i < 50; i++) {
            assertThat(begins(here, "?guessed-" + i, "192.0.2.30")).isTrue();
        }
        assertThat(begins(here, "?guessed-more", "192.0.2.30")).isFalse();

        assertThat(begins(here, "throttled-colleague", "192.0.2.30")).isTrue();
        assertThatThrownBy(() -> here.requireOpen("192.0.2.30")).isInstanceOf(SignOnRefusedException.class);
    }

    /** Whoever has one address of IPv6 has 2^64. */
    @Test
    void addressesOfOneNetworkAreOneSource() {
        for (int i = 0; i < 5; i++) {
            assertThat(begins(here, "?six", "2001:db8:1:2::" + i)).isTrue();
        }
        assertThat(begins(here, "?six", "2001:db8:1:2:ffff::1")).isFalse();
        assertThat(begins(here, "?six", "2001:db8:1:3::1")).isTrue();
    }

    @Test
    void aRightOneTakesItsCountBackAndNoOther() {
        person("throttled-right");
        for (int i = 0; i < 40; i++) {
            Attempt attempt = here.begin("throttled-right", "192.0.2." + (100 + i));
            if (i < 30) {
                here.wrong(attempt);
            } else {
                here.right(attempt);
            }
        }

        assertThat(failures("throttled-right", "*")).isEqualTo(30);
        assertThat(failures("throttled-right", "192.0.2.100")).isEqualTo(1);
        assertThat(failures("throttled-right", "192.0.2.139")).isZero();
        assertThat(failures("*", "192.0.2.139")).isZero();
    }

    @Test
    void anAttemptThatWasNotMadeCountsNothing() {
        for (int i = 0; i < 20; i++) {
            here.withdrawn(here.begin("?away", "192.0.2.40"));
        }

        assertThat(failures("?away", "192.0.2.40")).isZero();
        assertThat(failures("*", "192.0.2.40")).isZero();
    }

    @Test
    void aClockThatWasSetBackKeepsNobodyOut() {
        clock.advance(Duration.ofDays(3));
        for (int i = 0; i < 5; i++) {
            begins(here, "?clock", "192.0.2.50");
        }
        assertThat(begins(here, "?clock", "192.0.2.50")).isFalse();

        clock.reset();

        assertThat(begins(here, "?clock", "192.0.2.50")).isTrue();
    }

    /** The clocks of two nodes differ a little: who guesses at both gains nothing by it. */
    @Test
    void aNodeThatIsBehindForgetsNothing() {
        clock.advance(Duration.ofSeconds(3));
        for (int i = 0; i < 4; i++) {
            assertThat(begins(here, "?skew", "192.0.2.70")).isTrue();
        }
        clock.reset();

        assertThat(begins(there, "?skew", "192.0.2.70")).isTrue();
        assertThat(begins(there, "?skew", "192.0.2.70")).isFalse();
    }

    /** The text typed in the field of the account may be a password. */
    @Test
    void aNameThatIsNobodysIsKeptAsADigest() {
        assertThat(SignOnThrottle.nobody("Geheimes Kennwort"))
                .isEqualTo(SignOnThrottle.nobody("geheimes kennwort"))
                .matches("\\?[0-9a-f]{32}");
    }

    @Test
    void neitherCountsNorPlacesGrowForEver() {
        jdbc.sql("""
                        insert into sign_on_count (account, source, failures, last_at, open_at)
                        select '?flood-' || n, '192.0.2.60', 1, now(), now() from generate_series(1, 200100) n""").update();
        jdbc.sql("insert into sign_on_count values ('?old', '192.0.2.60', 9, now() - interval '8 days', now())")
                .update();
        jdbc.sql("insert into sign_on_count values ('?counts', '192.0.2.60', 9, now() - interval '1 day', now())")
                .update();

        counts.tidy(clock.instant());

        assertThat(jdbc.sql("select count(*) from sign_on_count")
                        .query(Integer.class)
                        .single())
                .isEqualTo(200_000);
        assertThat(counts.find(Set.of(new SignOnCounts.Key("?counts", "192.0.2.60"))))
                .hasSize(1);
        assertThat(counts.find(Set.of(new SignOnCounts.Key("?old", "192.0.2.60"))))
                .isEmpty();

        person("throttled-traveller");
        for (int i = 0; i < 60; i++) {
            knownSources.remember("throttled-traveller", "198.51.100." + i);
        }
        assertThat(jdbc.sql("select count(*) from known_source where person_id = 'throttled-traveller'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(50);
        assertThat(knownSources.isKnown("throttled-traveller", "198.51.100.59")).isTrue();
        assertThat(knownSources.isKnown("throttled-traveller", "198.51.100.0")).isFalse();
    }

    private int failures(String account, String source) {
        return counts.find(Set.of(new SignOnCounts.Key(account, source))).get(0).failures();
    }

    private boolean begins(SignOnThrottle node, String account, String address) {
        try {
            node.begin(account, address);
            return true;
        } catch (SignOnRefusedException tooEarly) {
            assertThat(tooEarly.why()).isEqualTo(SignOnRefusal.THROTTLED);
            assertThat(tooEarly.waitSeconds()).isBetween(1L, 900L);
            return false;
        }
    }

    private void person(String id) {
        organization.save(new Person(id, "示例人员", "education-bureau", Set.of(Role.HANDLER)), "{noop}x");
    }
}
