package org.guiling.engine.duedate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.engine.YearFiles;
import org.guiling.engine.duedate.CalendarLoading.Difference;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.MovedDate;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.refusal.RefusedException;
import org.guiling.supervision.Card;
import org.guiling.supervision.Cards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A year of the calendar is loaded while items wait. Each test has a year of its own, far ahead. */
@GuilingTest
class CalendarLoadingTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    CalendarLoading loading;

    @Autowired
    WorkingCalendars calendars;

    @Autowired
    Cards cards;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    People people;

    @Autowired
    Timeline timeline;

    @Autowired
    TaskService tasks;

    @Autowired
    DueDates dueDates;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @Test
    void thePreviewNamesEveryDifferenceAndStoresNothing() {
        // given an item that waits over New Year of a year that is not loaded
        goTo(LocalDate.of(2040, 12, 28));
        String itemNo = lifeCycle.itemAt(ItemStatus.PLAN_REVIEW);
        LocalDate provisional = due(itemNo);
        assertThat(provisional).isBetween("2041-01-01", "2041-01-03");
        assertThat(calendars.current().isProvisional(provisional)).isTrue();

        // when an administrator looks at the file
        Difference difference = preview(YearFiles.of(2041));

        // then the days and the date are named: 31 December, Friday the 4th, Monday the 7th
        assertThat(difference.anew()).isFalse();
        assertThat(difference.year().notice().number()).isEqualTo("测试〔2040〕7号");
        assertThat(difference.days())
                .extracting("day", "working", "name")
                .contains(tuple(LocalDate.of(2041, 1, 1), false, "元旦"));
        assertThat(moved(difference, itemNo))
                .extracting(MovedDate::taskKey, MovedDate::from, MovedDate::to)
                .containsExactly(tuple("approve-plan", provisional, LocalDate.of(2041, 1, 7)));

        // and nothing has changed
        assertThat(calendars.current().isLoaded(2041)).isFalse();
        assertThat(due(itemNo)).isEqualTo(provisional);
        assertThat(movesOf(itemNo)).isEmpty();
    }

    @Test
    void loadingMovesWhatALimitHadSetAndNothingElse() {
        goTo(LocalDate.of(2043, 12, 30));
        String waiting = lifeCycle.itemAt(ItemStatus.REVIEW);
        String chosen = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        String rectifying = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String early = lifeCycle.itemAt(ItemStatus.PLANNING);
        LocalDate provisional = due(waiting);
        // somebody gave this one another day, which happens to be a holiday
        LocalDate byHand = LocalDate.of(2044, 2, 11);
        transaction.executeWithoutResult(
                status -> dueDates.move(lifeCycle.waiting(chosen).taskId(), byHand));
        Item before = lifeCycle.item(rectifying);

        Difference difference = load(YearFiles.of(2044));

        // the limit is counted anew from the day on which the task began to wait: 31 December, then 4 January
        assertThat(due(waiting)).isEqualTo(LocalDate.of(2044, 1, 4)).isNotEqualTo(provisional);
        assertThat(engineDue(waiting)).isEqualTo(endOf(LocalDate.of(2044, 1, 4)));
        assertThat(lifeCycle.waiting(waiting).due()).isEqualTo(endOf(LocalDate.of(2044, 1, 4)));
        assertThat(calendars.current().isProvisional(due(waiting))).isFalse();
        assertThat(movesOf(waiting)).singleElement().satisfies(entry -> {
            assertThat(entry.note()).isEqualTo(provisional + " → 2044-01-04 · 测试〔2043〕7号");
            assertThat(entry.actor()).isEqualTo("administrator");
            assertThat(entry.status()).isEqualTo(ItemStatus.REVIEW);
        });
        assertThat(moved(difference, waiting)).hasSize(1);

        // ten working days later moves too
        assertThat(due(early)).isEqualTo(calendars.current().workingDayAfter(lifeCycle.today(), 10));
        assertThat(movesOf(early)).hasSize(1);

        // what people chose stays
        assertThat(due(chosen)).isEqualTo(byHand);
        assertThat(engineDue(chosen)).isEqualTo(endOf(byHand));
        assertThat(movesOf(chosen)).isEmpty();
        assertThat(due(rectifying)).isEqualTo(before.currentDue());
        assertThat(lifeCycle.item(rectifying).currentDue()).isEqualTo(before.currentDue());
        assertThat(lifeCycle.item(rectifying).originalDue()).isEqualTo(before.originalDue());
        assertThat(movesOf(rectifying)).isEmpty();
        assertThat(moved(difference, chosen, rectifying)).isEmpty();
    }

    @Test
    void theLookBackOfAClosedItemMoves() {
        // three months after the closure lie within the holidays of February
        goTo(LocalDate.of(2046, 11, 12));
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        LocalDate provisional = lifeCycle.item(itemNo).outcome().lookBackOn();
        LocalDate originalDue = lifeCycle.item(itemNo).originalDue();
        assertThat(provisional).isBetween("2047-02-12", "2047-02-14");

        Difference difference = load(YearFiles.of(2047));

        LocalDate after = calendars.current().workingDayFrom(LocalDate.of(2047, 2, 18));
        assertThat(lifeCycle.item(itemNo).outcome().lookBackOn()).isEqualTo(after);
        assertThat(engine.getManagementService()
                        .createJobQuery()
                        .processInstanceId(engine.getRuntimeService()
                                .createProcessInstanceQuery()
                                .processInstanceBusinessKey(itemNo)
                                .singleResult()
                                .getId())
                        .singleResult()
                        .getDuedate())
                .isEqualTo(Date.from(after.atStartOfDay(clock.getZone()).toInstant()));
        assertThat(lifeCycle.item(itemNo).originalDue()).isEqualTo(originalDue);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
        assertThat(movesOf(itemNo))
                .extracting(TimelineEntry::note)
                .containsExactly(provisional + " → " + after + " · 测试〔2046〕7号");
        assertThat(moved(difference, itemNo))
                .extracting(MovedDate::taskId, MovedDate::from, MovedDate::to)
                .containsExactly(tuple(null, provisional, after));
    }

    @Test
    void aCorrectedNoticeShowsItsDifferenceAndMovesAgain() {
        goTo(LocalDate.of(2049, 12, 30));
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        load(YearFiles.of(2050));
        LocalDate first = due(itemNo);

        Difference difference = load(YearFiles.corrected(2050));

        assertThat(difference.anew()).isTrue();
        assertThat(difference.days())
                .extracting("day")
                .containsExactlyElementsOf(LocalDate.of(2050, 1, 4)
                        .datesUntil(LocalDate.of(2050, 1, 7))
                        .filter(day -> day.getDayOfWeek().getValue() <= 5)
                        .toList());
        assertThat(due(itemNo)).isEqualTo(LocalDate.of(2050, 1, 7)).isNotEqualTo(first);
        assertThat(movesOf(itemNo))
                .extracting(TimelineEntry::note)
                .last()
                .isEqualTo(first + " → 2050-01-07 · 测试〔2049〕7号更正");
        assertThat(calendars.current().years().stream().filter(year -> year.year() == 2050))
                .singleElement()
                .satisfies(year -> {
                    assertThat(year.notice().number()).isEqualTo("测试〔2049〕7号更正");
                    assertThat(year.loadedBy()).isEqualTo("administrator");
                    assertThat(year.loadedAt()).isNotNull();
                });

        // and the same file once more changes nothing
        Difference again = load(YearFiles.corrected(2050));
        assertThat(again.days()).isEmpty();
        assertThat(again.dates()).isEmpty();
    }

    @Test
    void whatIsRolledBackIsNowhere() {
        goTo(LocalDate.of(2052, 12, 30));
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        LocalDate provisional = due(itemNo);

        transaction.executeWithoutResult(status -> {
            load(YearFiles.of(2053));
            status.setRollbackOnly();
        });

        assertThat(calendars.current().isLoaded(2053)).isFalse();
        clock.advance(Duration.ofMinutes(2));
        assertThat(calendars.current().isLoaded(2053)).isFalse();
        assertThat(due(itemNo)).isEqualTo(provisional);
        assertThat(engineDue(itemNo)).isEqualTo(endOf(provisional));
        assertThat(movesOf(itemNo)).isEmpty();
    }

    @Test
    void aBadFileStoresNothing() {
        String file = YearFiles.of(2054).replace("2054-10-07", "2055-10-07");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> load(file))
                .satisfies(refused -> {
                    assertThat(refused.kind()).isEqualTo(RefusedException.Kind.INVALID);
                    assertThat(refused.problems())
                            .extracting("field", "code")
                            .containsExactly(tuple("file", "calendar.file.range"));
                });

        assertThat(calendars.current().isLoaded(2054)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"registrar", "reviewer", "handler", "supervisor", "leader", "head", "operator"})
    void nobodyElseMayLookOrLoad(String person) {
        for (Runnable attempt : List.<Runnable>of(
                () -> people.as(person, () -> loading.preview(YearFiles.stream(YearFiles.of(2056)))),
                () -> people.as(person, () -> loading.load(YearFiles.stream(YearFiles.of(2056)))))) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(attempt::run)
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(RefusedException.Kind.FORBIDDEN));
        }
        assertThat(calendars.current().isLoaded(2056)).isFalse();
    }

    @Test
    void anAdministratorDecidesNothingAboutItems() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> lifeCycle.complete("administrator", itemNo, Samples.acceptance()));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () -> people.as("administrator", () -> lifeCycle.registerAsCurrent(lifeCycle.registration())));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REVIEW);
    }

    @Test
    void anItemGoesOnAfterItsDateWasMoved() {
        goTo(LocalDate.of(2058, 12, 30));
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        load(YearFiles.of(2059));

        lifeCycle.complete("reviewer", itemNo, Samples.acceptance());

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.DISPATCHED);
        assertThat(due(itemNo)).isEqualTo(LocalDate.of(2059, 1, 6));
        assertThat(movesOf(itemNo)).hasSize(1);
    }

    private void goTo(LocalDate day) {
        clock.advance(Duration.ofDays(ChronoUnit.DAYS.between(lifeCycle.today(), day)));
    }

    private Difference preview(String file) {
        return people.as("administrator", () -> loading.preview(YearFiles.stream(file)));
    }

    private Difference load(String file) {
        return people.as("administrator", () -> loading.load(YearFiles.stream(file)));
    }

    private LocalDate due(String itemNo) {
        return lifeCycle.waiting(itemNo).due().atZone(clock.getZone()).toLocalDate();
    }

    @Test
    void theDayForAnAnswerToACardMovesInTheRecordToo() {
        // given a card that is to be answered over New Year of a year that is not loaded
        goTo(LocalDate.of(2061, 12, 1));
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        lifeCycle.climbToCard(itemNo);
        goTo(LocalDate.of(2061, 12, 30));
        lifeCycle.complete("supervisor", itemNo, "decide-on-card", Samples.fields("decision", "ISSUE"));
        LocalDate provisional = card(itemNo).replyUntil();

        load(YearFiles.of(2062));

        LocalDate moved = lifeCycle
                .waiting(itemNo, "answer-card")
                .due()
                .atZone(clock.getZone())
                .toLocalDate();
        assertThat(moved).isNotEqualTo(provisional);
        assertThat(card(itemNo).replyUntil()).isEqualTo(moved);
    }

    private Card card(String itemNo) {
        List<Card> all = cards.of(lifeCycle.item(itemNo));
        return all.get(all.size() - 1);
    }

    private Instant engineDue(String itemNo) {
        return tasks.createTaskQuery()
                .taskId(lifeCycle.waiting(itemNo).taskId())
                .singleResult()
                .getDueDate()
                .toInstant();
    }

    private Instant endOf(LocalDate day) {
        return day.atTime(LocalTime.of(23, 59, 59)).atZone(clock.getZone()).toInstant();
    }

    private List<TimelineEntry> movesOf(String itemNo) {
        return timeline.of(lifeCycle.item(itemNo)).stream()
                .filter(entry -> entry.action() == Action.DUE_MOVED)
                .toList();
    }

    private static List<MovedDate> moved(Difference difference, String... itemNos) {
        return difference.dates().stream()
                .filter(date -> List.of(itemNos).contains(date.itemNo()))
                .toList();
    }
}
