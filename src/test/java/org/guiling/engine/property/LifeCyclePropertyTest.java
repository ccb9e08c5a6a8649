package org.guiling.engine.property;

import static net.jqwik.api.Arbitraries.frequency;
import static net.jqwik.api.Arbitraries.integers;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.camunda.bpm.engine.ProcessEngine;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.duedate.CalendarLoading;
import org.guiling.engine.property.Choice.Aim;
import org.guiling.engine.property.Choice.Door;
import org.guiling.engine.property.Choice.Who;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.engine.service.Requests;
import org.guiling.engine.service.Tasks;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContextManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Random sequences of legal and illegal moves over the whole life-cycle, against the application as it runs. Whatever
 * people try, in whatever order, what {@link Invariants} says stays true, and what is refused leaves nothing behind.
 *
 * <p>Each run draws other sequences, {@code -Djqwik.tries.default=20000} so many. A failure names the seed and tells the
 * shortest sequence that fails. {@code @Property(seed = "…")} with that seed plays it again.
 */
@GuilingTest
@Tag("integration")
class LifeCyclePropertyTest {

    /** So many sequences make each kind of move likely; a run of fewer does not ask for all of them. */
    private static final int ENOUGH_FOR_EVERY_MOVE = 1_000;

    /** Loaded and corrected in the middle of things; no other test counts by it. */
    static final int YEAR_TO_LOAD = 2082;

    /** So many leave their items behind before all are removed: each year that is loaded looks at every open item. */
    private static final int SEQUENCES_KEPT = 20;

    /** One sequence of so many begins with a card, one with a suspension, and one with a reopening. */
    private static final int LED = 20;

    private static final int LED_TO_SUSPENSION = 7;
    private static final int LED_TO_REOPENING = 13;
    private static final int MOVES_TO_SUSPENSION_AND_BACK = 5;
    private static final int MOVES_TO_ZERO_AND_BACK = 10;

    private static final int MOVES_TO_RECTIFICATION = 4;
    private static final int MOVES_TO_OBJECTION = 3;

    /** Every sequence begins on the same day: close to a New Year whose calendar may be loaded in the course of it. */
    private static final ZonedDateTime BEGINNING = ZonedDateTime.parse("2081-12-08T09:00:00+08:00[Asia/Shanghai]");

    @Autowired
    ProcessEngine engine;

    @Autowired
    ItemProcesses itemProcesses;

    @Autowired
    Tasks tasks;

    @Autowired
    Requests requests;

    @Autowired
    CalendarLoading calendarLoading;

    @Autowired
    Organization organization;

    @Autowired
    CurrentPerson currentPerson;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final MoveCount count = new MoveCount();
    private Desk desk;
    private WholeRecord record;
    private long lastItemOfOthers;

    /** jqwik is an engine beside Jupiter, which knows no SpringExtension; the cached context is the same. */
    @BeforeProperty
    void enterTheApplication() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
        desk = new Desk(
                itemProcesses,
                tasks,
                requests,
                calendarLoading,
                engine.getTaskService(),
                engine.getRuntimeService(),
                engine.getManagementService(),
                currentPerson,
                clock,
                Desk.Staff.hire(organization, "no password fits this"));
        record = new WholeRecord(jdbc);
        lastItemOfOthers = record.lastItem();
    }

    @AfterProperty
    void leaveNothingBehind() {
        System.out.println(count);
        clock.reset();
        removeItems();
        Desk.Staff.dismiss(jdbc);
        if (count.sequences() >= ENOUGH_FOR_EVERY_MOVE) {
            everyKindOfMoveWasTried();
        }
    }

    private void removeItems() {
        transaction.executeWithoutResult(status -> record.removeAllAfter(lastItemOfOthers));
    }

    @Property(generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void whateverPeopleTryTheRecordStaysTrue(
            @ForAll @IntRange(max = 59) int facts, @ForAll("choices") List<Choice> choices) {
        clock.reset();
        clock.advance(Duration.between(clock.instant(), BEGINNING.toInstant()));
        count.sequence();
        if (count.sequences() % SEQUENCES_KEPT == 0) {
            removeItems();
        }
        Story story = new Story(desk, record, count);
        try {
            story.begin(facts);
            if (facts % 3 == 2) {
                story.begin(facts / 3);
            }
            led(facts).forEach(story::goOn);
            choices.forEach(story::goOn);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("%s%n%nThe sequence:%n  %s".formatted(e.getMessage(), story.told()), e);
        }
    }

    /** To where of itself hardly a sequence comes, since so many moves would have to follow each other. */
    private static Stream<Choice> led(int facts) {
        return switch (facts % LED) {
            case 0 -> toARuling(facts);
            case LED_TO_SUSPENSION ->
                Stream.generate(() -> straight(Aim.SUSPENSION, facts / LED)).limit(MOVES_TO_SUSPENSION_AND_BACK);
            case LED_TO_REOPENING ->
                Stream.generate(() -> straight(Aim.REOPENING, facts / LED)).limit(MOVES_TO_ZERO_AND_BACK);
            default -> Stream.empty();
        };
    }

    /** To a card and the ruling on an objection to it. */
    private static Stream<Choice> toARuling(int facts) {
        Stream<Choice> rectified =
                Stream.generate(() -> straight(Aim.ONWARD, 0)).limit(MOVES_TO_RECTIFICATION);
        Stream<Choice> objected = Stream.generate(() -> straight(Aim.CARD, 0)).limit(MOVES_TO_OBJECTION);
        return Stream.concat(Stream.concat(rectified, objected), Stream.of(straight(Aim.CARD, facts / LED)));
    }

    private static Choice straight(Aim aim, int index) {
        return new Choice(aim, index, Who.RIGHT, 0, Flaw.NONE, Door.SERVICE, 0, false);
    }

    /** A few steps straight ahead first: else hardly a sequence would see the end of the way. */
    @Provide
    Arbitrary<List<Choice>> choices() {
        Arbitrary<List<Choice>> ahead =
                straightAhead().list().ofMaxSize(7).withSizeDistribution(RandomDistribution.uniform());
        Arbitrary<List<Choice>> anything = choice().list().ofMinSize(3).ofMaxSize(5);
        return Combinators.combine(ahead, anything).as((first, then) -> Stream.concat(first.stream(), then.stream())
                .toList());
    }

    private static Arbitrary<Choice> straightAhead() {
        return Combinators.combine(person(), integers().between(0, 59), Arbitraries.of(false, true))
                .as((person, variant, other) ->
                        new Choice(Aim.ONWARD, 0, Who.RIGHT, person, Flaw.NONE, Door.SERVICE, variant, other));
    }

    private static Arbitrary<Choice> choice() {
        Arbitrary<Flaw> flaw = Arbitraries.frequencyOf(
                Tuple.of(7, Arbitraries.just(Flaw.NONE)), Tuple.of(1, Arbitraries.of(Flaw.class)));
        return Combinators.combine(
                        frequency(
                                Tuple.of(4, Aim.ONWARD),
                                Tuple.of(6, Aim.FITTING),
                                Tuple.of(6, Aim.ANSWER),
                                Tuple.of(1, Aim.CARD),
                                Tuple.of(2, Aim.BESIDE),
                                Tuple.of(2, Aim.ANY)),
                        integers().between(0, 99),
                        frequency(
                                Tuple.of(12, Who.RIGHT),
                                Tuple.of(4, Who.INVOLVED),
                                Tuple.of(2, Who.VERSATILE),
                                Tuple.of(2, Who.ANYBODY)),
                        person(),
                        flaw,
                        Arbitraries.of(Door.class),
                        integers().between(0, 59),
                        Arbitraries.of(false, true))
                .as(Choice::new);
    }

    /** Mostly the ordinary one. */
    private static Arbitrary<Integer> person() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(0)), Tuple.of(1, integers().between(0, 16)));
    }

    /** A kind that nobody ever tried is one that this test forgot; how often each was made, the table tells. */
    private void everyKindOfMoveWasTried() {
        for (Move move : Move.values()) {
            assertThat(count.timesMade(move) + count.timesRefused(move))
                    .as("%s tried", move)
                    .isPositive();
        }
    }
}
