package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.ManagementService;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.property.Desk.Staff;
import org.guiling.engine.property.WholeRecord;
import org.guiling.organization.Organization;
import org.guiling.web.support.FormSender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Walks at random over all forms and branches through portal, Tasklist's REST and {@code /api}: at each step somebody is
 * asked what a door offers them, fills it in by the form file and sends it. After each, everything that is open has
 * somebody who can act on it and is offered it; at the end somebody does.
 *
 * <p>{@code -Dguiling.walk.count=400} walks more often, {@code -Dguiling.walk.seed=} repeats the walk that a failure names.
 */
@GuilingTest
@Tag("own-context") // its spot checks would draw other tests' items
class RandomWalkTest {

    private static final int WALKS = Integer.getInteger("guiling.walk.count", 12);
    private static final int MOVES = Integer.getInteger("guiling.walk.moves", 25);
    private static final Long SEED = Long.getLong("guiling.walk.seed");

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    ManagementService management;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @LocalServerPort
    int port;

    private final Map<String, int[]> count = new TreeMap<>();
    private WholeRecord record;
    private long lastItemOfOthers;
    private Walk.Ground ground;

    @BeforeEach
    void everybodyIsThere() {
        record = new WholeRecord(jdbc);
        lastItemOfOthers = record.lastItem();
        ground = new Walk.Ground(
                new FormSender(port),
                Staff.hire(organization, passwords.encode("guiling-demo")),
                record,
                management,
                lifeCycle,
                clock,
                jdbc);
    }

    @AfterEach
    void leaveNothingBehind() {
        ground.sender().endSessions();
        clock.reset();
        removeItems();
        count.forEach((form, times) -> System.out.printf("Walk: %-40s%5d done%5d refused%n", form, times[0], times[1]));
    }

    private void removeItems() {
        transaction.executeWithoutResult(status -> record.removeAllAfter(lastItemOfOthers));
    }

    @Test
    void somebodyCanAlwaysAct() {
        long first = SEED == null ? System.nanoTime() : SEED;
        List<String> failures = new ArrayList<>();
        int walks = SEED == null ? WALKS : 1;
        for (int i = 0; i < walks; i++) {
            try {
                walk(first + i);
            } catch (AssertionError e) {
                System.out.println("Walk: " + e.getMessage());
                failures.add(e.getMessage());
            }
        }
        System.out.println("Walk: " + walks + " from seed " + first);
        assertThat(failures).as("of %d walks from seed %d", walks, first).isEmpty();
    }

    /** Failed once; what they found has a test of its own in {@link EveryBranchTest}. */
    @ParameterizedTest
    @ValueSource(longs = {2128204746750L, 2128204746729L, 3682049625386L})
    void whatFailedOnceDoesNotAnyMore(long seed) {
        walk(seed);
    }

    private void walk(long seed) {
        clock.reset();
        ground.sender().endSessions();
        Walk walk = new Walk(ground, seed, count);
        try {
            walk.go(MOVES);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "-Dguiling.walk.seed=%d: %s%n  %s".formatted(seed, e.getMessage(), walk.told()), e);
        } finally {
            clock.reset();
            removeItems();
        }
    }
}
