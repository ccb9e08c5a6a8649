package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.item.ItemStatus;
import org.guiling.workflow.SupervisionTask;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The ladder over 120 days, day by day, of an item that nobody touches and of proposals that nobody decides on. What
 * happens on which day is printed, and is the table in {@code docs/supervision.md}.
 */
@GuilingTest
class LadderScheduleTest {

    private static final Path DOCUMENT = Path.of("docs/supervision.md");
    private static final int DAYS = 120;
    private static final LocalDate START = LocalDate.of(2026, 1, 5);

    /** The rest days from Monday to Friday and the worked days of a weekend within these days (国办发明电〔2025〕7号). */
    private static final Set<LocalDate> OFF = days(
            "2026-02-16",
            "2026-02-17",
            "2026-02-18",
            "2026-02-19",
            "2026-02-20",
            "2026-02-23",
            "2026-04-06",
            "2026-05-01",
            "2026-05-04",
            "2026-05-05");

    private static final Set<LocalDate> WORKED = days("2026-02-14", "2026-02-28", "2026-05-09");

    @Autowired
    ProcessEngine engine;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    /** An event that has to happen, and its day by the table: counted here anew, by the days of the notice. */
    private record Event(LocalDate day, String what, String counted) {

        String row() {
            return "| %s | %s | %s | %s |"
                    .formatted(day, day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), counted, what);
        }
    }

    @Test
    void anUntouchedItemClimbsTheLadderOnTheWorkingDaysOfTheTable() throws IOException {
        // given an item whose rectification is approved on Monday 5 January, due on Friday 6 March
        clock.set(START);
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Map<String, Object> plan = Samples.plan(START);
        plan.put("plannedDue", "2026-03-06");
        lifeCycle.complete("handler", itemNo, plan);
        lifeCycle.moveTo(ItemStatus.RECTIFYING, itemNo);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        assertThat(due).isEqualTo(LocalDate.of(2026, 3, 6));

        // when 120 days go by
        List<String> happened = new ArrayList<>();
        for (LocalDate day = START; !day.isAfter(START.plusDays(DAYS)); day = day.plusDays(1)) {
            clock.set(day);
            happened.addAll(live(itemNo, day));
        }

        // then it climbed on these days and on no others
        List<Event> expected = List.of(
                event("progress", START, 20, "URGE"),
                event("progress", START, 30, "YELLOW_CARD proposed"),
                event("due", due, -7, "REMINDER"),
                event("due", due, -3, "REMINDER"),
                event("due", due, -1, "REMINDER"),
                event("due", due, 1, "URGE"),
                event("due", due, 3, "YELLOW_CARD proposed"),
                event("due", due, 10, "RED_CARD proposed"),
                event("due", due, 20, "SUMMONS proposed"),
                event("due", due, 30, "CIRCULAR proposed"));
        List<String> table = new ArrayList<>(List.of("| day | | working days | what |", "|---|---|---|---|"));
        expected.forEach(event -> table.add(event.row()));
        System.out.println("The ladder over " + DAYS + " days:\n" + String.join("\n", table));
        assertThat(happened)
                .containsExactlyElementsOf(expected.stream()
                        .map(event -> event.day() + " " + event.what())
                        .toList());

        // and the documentation shows them
        assertThat(Files.readString(DOCUMENT)).contains(String.join("\n", table));
    }

    private List<String> live(String itemNo, LocalDate day) {
        for (List<Job> timers = due(itemNo); !timers.isEmpty(); timers = due(itemNo)) {
            engine.getManagementService().executeJob(timers.get(0).getId());
        }
        List<String> told = jdbc.sql(
                        "select kind from notice where item_no = ? and kind <> 'TASK_WAITING' and created_at::date = ? order by id")
                .params(itemNo, day)
                .query(String.class)
                .list();
        List<String> today = new ArrayList<>(told.stream()
                .map(kind -> day + " " + (kind.equals("URGED") ? "URGE" : kind))
                .toList());
        jdbc.sql("""
                        select rung from supervision_card
                        join item on item.id = item_id where item_no = ? and proposed_at::date = ?
                        order by supervision_card.id""")
                .params(itemNo, day)
                .query(String.class)
                .list()
                .forEach(rung -> today.add(day + " " + rung + " proposed"));
        return today;
    }

    private List<Job> due(String itemNo) {
        String instance = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey(SupervisionTask.KEY)
                .processInstanceBusinessKey(itemNo)
                .singleResult()
                .getId();
        assertThat(engine.getManagementService()
                        .createJobQuery()
                        .processInstanceId(instance)
                        .timers()
                        .count())
                .isEqualTo(1);
        return engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instance)
                .duedateLowerThan(Date.from(clock.instant()))
                .list();
    }

    private static Event event(String counted, LocalDate from, int workingDays, String what) {
        LocalDate day = from;
        for (int passed = 0; passed < Math.abs(workingDays); ) {
            day = day.plusDays(workingDays > 0 ? 1 : -1);
            boolean worked = WORKED.contains(day) || day.getDayOfWeek().getValue() <= 5 && !OFF.contains(day);
            passed += worked ? 1 : 0;
        }
        return new Event(day, what, "%s %+d".formatted(counted, workingDays));
    }

    private static Set<LocalDate> days(String... days) {
        Set<LocalDate> all = new TreeSet<>();
        for (String day : days) {
            all.add(LocalDate.parse(day));
        }
        return all;
    }
}
