package org.guiling.item.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.camunda.bpm.engine.ManagementService;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every date that a person sets keeps the one rule (DOMAIN.md §7), on whatever occasion. */
@GuilingTest
class DueDateRuleTest {

    private static final LocalDate FAR = LocalDate.of(2099, 12, 30);

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    WorkingCalendars calendars;

    @Autowired
    ManagementService management;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    /**
     * An occasion on which somebody sets a date.
     *
     * @param field the field that holds the date
     * @param act what the person does with the date, on an item that was made ready
     */
    private record Occasion(String name, String field, BiFunction<LifeCycle, LocalDate, Runnable> act) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Occasion> occasions() {
        return Stream.of(
                new Occasion("plan", "plannedDue", (lifeCycle, day) -> {
                    String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
                    return () -> lifeCycle.complete(
                            "handler", itemNo, dated(Samples.plan(lifeCycle.today()), "plannedDue", day));
                }),
                new Occasion("rework", "reworkDue", (lifeCycle, day) -> {
                    String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
                    return () -> lifeCycle.complete(
                            "verifier",
                            itemNo,
                            dated(Samples.failedVerification(lifeCycle.today(), "第二处未补"), "reworkDue", day));
                }),
                new Occasion("return at sign-off", "reworkDue", (lifeCycle, day) -> {
                    String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);
                    return () -> lifeCycle.complete(
                            "supervisor",
                            itemNo,
                            dated(
                                    fields("decision", "RETURN", "defect1", "制度未印发", "opinion", "退回整改。"),
                                    "reworkDue",
                                    day));
                }),
                new Occasion("reopening", "newDue", (lifeCycle, day) -> {
                    String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
                    return () -> lifeCycle.raise(
                            "registrar",
                            RequestProcess.REOPENING,
                            itemNo,
                            dated(Samples.reopening(lifeCycle.today()), "newDue", day));
                }),
                new Occasion("extension", "newDue", (lifeCycle, day) -> {
                    String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
                    return () -> lifeCycle.raise(
                            "handler",
                            RequestProcess.EXTENSION,
                            itemNo,
                            dated(Samples.extension(lifeCycle.today()), "newDue", day));
                }),
                new Occasion("part", "part1Due", (lifeCycle, day) -> {
                    String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
                    return () -> lifeCycle.raise(
                            "handler",
                            RequestProcess.DECOMPOSITION,
                            itemNo,
                            dated(Samples.onePart(lifeCycle.today()), "part1Due", day));
                }),
                new Occasion(
                        "fast lane",
                        "plannedDue",
                        (lifeCycle, day) -> () -> lifeCycle.openFastLane(
                                "handler",
                                dated(
                                        Samples.fastLane(lifeCycle.today(), lifeCycle.workingDays(2)),
                                        "plannedDue",
                                        day))));
    }

    @ParameterizedTest
    @MethodSource("occasions")
    void noDateIsWithoutEnd(Occasion occasion) {
        assertRefused(occasion, FAR);
    }

    @ParameterizedTest
    @MethodSource("occasions")
    void noDateFallsOnARestDay(Occasion occasion) {
        LocalDate saturday = nextRestDay(lifeCycle.today().plusDays(3));

        assertThatThrownBy(() -> occasion.act().apply(lifeCycle, saturday).run())
                .hasMessageContaining(saturday + " 是休息日，请改为 " + lifeCycle.workingDayFrom(saturday));
    }

    @ParameterizedTest
    @MethodSource("occasions")
    void noDateIsPast(Occasion occasion) {
        assertRefused(occasion, lifeCycle.today().minusDays(1));
    }

    @Test
    void aRoundOfReworkStaysBelowTheCapOfItsItem() {
        // given an item of a petition whose sixty and thirty days are nearly over
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("sourceType", "PETITION"));
        LocalDate cap = capOfPetition(lifeCycle.today());
        clock.advance(Duration.ofDays(70));

        Map<String, Object> failed = callBack(Samples.failedVerification(lifeCycle.today(), "第二处未补"));
        failed.put("reworkDue", calendars.current().workingDayAfter(cap, 1).toString());
        assertThatThrownBy(() -> lifeCycle.complete("verifier", itemNo, failed))
                .hasMessageStartingWith("期限不能晚于 " + cap);

        failed.put("reworkDue", cap.toString());
        lifeCycle.complete("verifier", itemNo, failed);
        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(cap);
    }

    @Test
    void whereEveryLimitHasPassedReworkIsStillPossibleForAFewDays() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("sourceType", "PETITION"));
        clock.advance(Duration.ofDays(200));

        Map<String, Object> failed = callBack(Samples.failedVerification(lifeCycle.today(), "第二处未补"));
        failed.put("reworkDue", lifeCycle.workingDays(6).toString());
        assertThatThrownBy(() -> lifeCycle.complete("verifier", itemNo, failed))
                .hasMessageStartingWith("期限不能晚于 " + lifeCycle.workingDays(5));
        failed.put("reworkDue", lifeCycle.workingDays(5).toString());
        lifeCycle.complete("verifier", itemNo, failed);
    }

    @Test
    void anExtensionIsCountedFromTheDateOfItsRound() {
        // given an item whose rework ends before its first date did
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        LocalDate rework = lifeCycle.workingDays(8);
        Map<String, Object> failed = Samples.failedVerification(lifeCycle.today(), "第二处未补");
        failed.put("reworkDue", rework.toString());
        lifeCycle.complete("verifier", itemNo, failed);

        LocalDate cap = lifeCycle.workingDayFrom(rework.plusDays(30));
        LocalDate tooFar = calendars.current().workingDayAfter(cap, 1);
        assertThatThrownBy(
                        () -> lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(tooFar)))
                .hasMessage("新的期限不得晚于 " + cap + "。");
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(cap));
    }

    @Test
    void aPlanThatWaitedPastItsOwnDateIsNotApproved() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        LocalDate planned = lifeCycle.workingDays(4);
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        plan.putAll(fields(
                "plannedDue", planned.toString(),
                "measure1Due", planned.toString(),
                "measure2Due", planned.toString()));
        lifeCycle.complete("handler", itemNo, plan);
        clock.advance(Duration.ofDays(20));

        assertThatThrownBy(() -> lifeCycle.complete("supervisor", itemNo, Samples.planApproval()))
                .hasMessage("方案的整改期限 " + planned + " 已过，不能再批准，请退回，由承办人重新确定期限。");

        lifeCycle.complete("supervisor", itemNo, fields("decision", "RETURN", "opinion", "请重定期限。"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.PLANNING);
    }

    @Test
    void aRequestWhoseDateHasPassedCanOnlyBeDenied() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate later =
                lifeCycle.workingDayFrom(lifeCycle.item(itemNo).currentDue().plusDays(5));
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(later));
        clock.advance(Duration.ofDays(60));

        assertThatThrownBy(() ->
                        lifeCycle.complete("leader", itemNo, "decide-on-extension", fields("decision", "APPROVE")))
                .hasMessage("申请的日期 " + later + " 已过，不能再同意；请不同意，由申请人重新提出。");

        lifeCycle.complete("leader", itemNo, "decide-on-extension", fields("decision", "REFUSE", "opinion", "已过期。"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.RECTIFYING);
    }

    @Test
    void anItemIsSuspendedTwiceAtMost() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        for (int i = 0; i < 2; i++) {
            suspend("supervisor", itemNo, 20);
            clock.advance(Duration.ofDays(2));
            lifeCycle.complete("supervisor", itemNo, "resume-item", fields("opinion", "已撤回。"));
        }

        assertThatThrownBy(() -> suspend("supervisor", itemNo, 20)).hasMessage("该事项最多可挂起 2 次，已用完。");
    }

    @Test
    void anItemIsSuspendedForSoManyDaysInAll() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        jdbc.sql("""
                        insert into item_request (item_id, kind, round, requested_by, requested_at, reason, asked_day,
                            ground, decided_by, decided_at, granted, ended_at)
                        select id, 'SUSPENSION', 1, 'handler', now() - interval '300 days', '示例',
                            current_date - 130, 'LITIGATION', 'supervisor', now() - interval '290 days', true,
                            now() - interval '130 days'
                        from item where item_no = ?""").param(itemNo).update();

        assertThatThrownBy(() -> suspend("supervisor", itemNo, 40))
                .hasMessage("该事项已挂起 160 日，累计天数有限，复核日不得晚于 " + lifeCycle.today().plusDays(20) + "。");
        suspend("supervisor", itemNo, 20);
    }

    @Test
    void whatIsOverdueIsSuspendedByTheLeadingGroupOnly() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        clock.advance(Duration.ofDays(60));

        lifeCycle.raise(
                "handler",
                RequestProcess.SUSPENSION,
                itemNo,
                Samples.suspension(lifeCycle.today().plusDays(20)));

        assertThatThrownBy(() ->
                        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", fields("decision", "APPROVE")))
                .isInstanceOf(RefusedException.class);
        lifeCycle.complete("leader", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.SUSPENDED);
    }

    @Test
    void aServerThatWasDownOverTheReviewDayGivesNoDays() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        suspend("supervisor", itemNo, 20);

        clock.advance(Duration.ofDays(33));
        management.createJobQuery().timers().active().list().stream()
                .filter(job -> ofSuspension(job.getProcessInstanceId(), itemNo))
                .forEach(job -> management.executeJob(job.getId()));

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.RECTIFYING);
        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(lifeCycle.workingDayFrom(due.plusDays(20)));
    }

    private boolean ofSuspension(String instance, String itemNo) {
        return jdbc.sql("""
                        select exists (select from act_ru_execution where id_ = ? and business_key_ = ?
                            and proc_def_id_ like 'suspension:%')""").params(instance, itemNo).query(Boolean.class).single();
    }

    private void suspend(String approver, String itemNo, int days) {
        lifeCycle.raise(
                "handler",
                RequestProcess.SUSPENSION,
                itemNo,
                Samples.suspension(lifeCycle.today().plusDays(days)));
        lifeCycle.complete(approver, itemNo, "decide-on-suspension", fields("decision", "APPROVE"));
    }

    private static Map<String, Object> callBack(Map<String, Object> finding) {
        finding.putAll(fields("callBack", "NONE", "callBackNote", "来电未留号码。"));
        return finding;
    }

    private LocalDate capOfPetition(LocalDate accepted) {
        LocalDate settled = lifeCycle.workingDayFrom(accepted.plusDays(60));
        return lifeCycle.workingDayFrom(settled.plusDays(30));
    }

    private LocalDate nextRestDay(LocalDate from) {
        return from.datesUntil(from.plusDays(14))
                .filter(day -> !calendars.isWorkingDay(day))
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(Occasion occasion, LocalDate day) {
        Runnable act = occasion.act().apply(lifeCycle, day);
        assertThatThrownBy(act::run)
                .isInstanceOf(RefusedException.class)
                .extracting(refused -> ((RefusedException) refused)
                        .problems().stream().map(Problem::field).toList())
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains(occasion.field());
    }

    private static Map<String, Object> dated(Map<String, Object> fields, String field, LocalDate day) {
        fields.put(field, day.toString());
        return fields;
    }
}
