package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.engine.service.Requests;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.step.VerificationStep;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.item.todo.ToDos;
import org.guiling.notification.NoticeKind;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SpotCheckModel;
import org.guiling.workflow.SupervisionTask;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Walks an item through the steps in the names of the people who do them. */
@TestComponent
public class LifeCycle {

    private final ItemProcesses itemProcesses;
    private final Tasks tasks;
    private final Requests requests;
    private final Items items;
    private final ToDos toDos;
    private final People people;
    private final WorkingCalendars calendars;
    private final TestClock clock;
    private final RuntimeService runtime;
    private final ManagementService management;

    private final VerificationStep verificationStep;
    private final Timeline timeline;
    private final FiveStepInstances instances;
    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;

    LifeCycle(
            ItemProcesses itemProcesses,
            Tasks tasks,
            Requests requests,
            Items items,
            ToDos toDos,
            People people,
            WorkingCalendars calendars,
            TestClock clock,
            RuntimeService runtime,
            ManagementService management,
            VerificationStep verificationStep,
            Timeline timeline,
            FiveStepInstances instances,
            TransactionTemplate transactions,
            JdbcClient jdbc) {
        this.itemProcesses = itemProcesses;
        this.tasks = tasks;
        this.requests = requests;
        this.items = items;
        this.toDos = toDos;
        this.people = people;
        this.calendars = calendars;
        this.clock = clock;
        this.runtime = runtime;
        this.management = management;
        this.verificationStep = verificationStep;
        this.timeline = timeline;
        this.instances = instances;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** Takes the items out of a category, so that a spot check of it finds those only that are made from now on. */
    public void leaveNothingToDrawFrom(String category) {
        jdbc.sql("update item set category = 'OTHER' where category = ?")
                .param(category)
                .update();
    }

    /** The notices about an item in their order, as kind and person, without those of tasks that came to wait. */
    public List<Tuple> told(String itemNo) {
        return jdbc.sql("select kind, person from notice where item_no = ? and kind <> 'TASK_WAITING' order by id")
                .param(itemNo)
                .query((row, index) -> tuple(NoticeKind.valueOf(row.getString("kind")), row.getString("person")))
                .list();
    }

    /** The kinds of the notices about an item that a person got, in their order. */
    public List<String> told(String itemNo, String person) {
        return jdbc.sql("select kind from notice where item_no = ? and person = ? order by id")
                .params(itemNo, person)
                .query(String.class)
                .list();
    }

    /** The people who have an unread notice that a task of the item waits, told after it came. */
    public List<String> toldAnew(String itemNo) {
        return jdbc.sql(
                        "select person from notice where item_no = ? and occasion like '% %' and read_at is null order by person")
                .param(itemNo)
                .query(String.class)
                .list();
    }

    public LocalDate today() {
        return LocalDate.now(clock);
    }

    /** The working day that is so many after today. */
    public LocalDate workingDays(int n) {
        return calendars.current().workingDayAfter(today(), n);
    }

    /** The working day that is so many after a day. */
    public LocalDate workingDayAfter(LocalDate day, int n) {
        return calendars.current().workingDayAfter(day, n);
    }

    /** The working day that is so many before a day. */
    public LocalDate workingDayBefore(LocalDate day, int n) {
        return calendars.current().workingDayBefore(day, n);
    }

    /** The day itself when it is worked, else the next that is. */
    public LocalDate workingDayFrom(LocalDate day) {
        return calendars.current().workingDayFrom(day);
    }

    /** True where the year of the day is not loaded. */
    public boolean isProvisional(LocalDate day) {
        return calendars.current().isProvisional(day);
    }

    public Map<String, Object> registration() {
        return Samples.registration(today());
    }

    public String register(Map<String, Object> fields) {
        return people.as("registrar", () -> itemProcesses.register(fields).itemNo());
    }

    /** Registers in the name of whoever the caller acts as. */
    public String registerAsCurrent(Map<String, Object> fields) {
        return itemProcesses.register(fields).itemNo();
    }

    public String openFastLane(String personId, Map<String, Object> fields) {
        return people.as(personId, () -> itemProcesses.openFastLane(fields).itemNo());
    }

    public Item item(String itemNo) {
        return items.get(itemNo);
    }

    /** The one task that waits at the item. */
    public ToDos.ToDo waiting(String itemNo) {
        assertThat(toDos.of(itemNo)).as("waiting at %s", itemNo).hasSize(1);
        return toDos.of(itemNo).get(0);
    }

    /** The task of that kind that waits at the item. */
    public ToDos.ToDo waiting(String itemNo, String taskKey) {
        return toDos.of(itemNo).stream()
                .filter(toDo -> toDo.taskKey().equals(taskKey))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + taskKey + " waits at " + itemNo));
    }

    public void complete(String personId, String itemNo, String taskKey, Map<String, Object> fields) {
        String taskId = waiting(itemNo, taskKey).taskId();
        people.as(personId, () -> tasks.complete(taskId, fields));
    }

    public void raise(String personId, RequestProcess process, String itemNo, Map<String, Object> fields) {
        people.as(personId, () -> requests.raise(process, itemNo, fields));
    }

    public void complete(String personId, String itemNo, Map<String, Object> fields) {
        String taskId = waiting(itemNo).taskId();
        people.as(personId, () -> tasks.complete(taskId, fields));
    }

    /** Moves a registered item forward until it stands at the status. */
    public void moveTo(ItemStatus status, String itemNo) {
        while (item(itemNo).status() != status) {
            advance(itemNo);
        }
    }

    /** A new item that stands at the status. */
    public String itemAt(ItemStatus status) {
        String itemNo = register(registration());
        moveTo(status, itemNo);
        return itemNo;
    }

    /** A new item that was registered with other facts and stands at the status. */
    public String itemAt(ItemStatus status, Map<String, Object> facts) {
        Map<String, Object> fields = registration();
        fields.putAll(facts);
        String itemNo = register(fields);
        moveTo(status, itemNo);
        return itemNo;
    }

    /** Does what the engine does by itself once the draw is committed: the visitors of a spot check are sent. */
    public void sendVisitors(String checkNo) {
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(instance(SpotCheckModel.KEY, checkNo))
                .singleResult()
                .getId());
    }

    /** The next card of an item is proposed, and the supervisor issues it. */
    public void issueCard(String itemNo) {
        climbToCard(itemNo);
        complete("supervisor", itemNo, "decide-on-card", Samples.fields("decision", "ISSUE"));
    }

    /** Lets the days go by until the ladder proposes a card; whoever calls resets the clock. */
    public void climbToCard(String itemNo) {
        while (item(itemNo).proposedCard() == null) {
            clock.set(item(itemNo).nextLook());
            management.executeJob(lookAt(itemNo).getId());
        }
    }

    /** Lets the days go by until a closed item is to be looked back on; whoever calls resets the clock. */
    public void comeToLookBack(String itemNo) {
        clock.set(item(itemNo).outcome().lookBackOn());
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(instance(LookBack.KEY, itemNo))
                .timers()
                .singleResult()
                .getId());
    }

    private String instance(String model, String itemNo) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(model)
                .processInstanceBusinessKey(itemNo)
                .singleResult()
                .getId();
    }

    private Job lookAt(String itemNo) {
        String instance = instance(SupervisionTask.KEY, itemNo);
        return management
                .createJobQuery()
                .processInstanceId(instance)
                .timers()
                .duedateLowerThan(Date.from(clock.instant()))
                .singleResult();
    }

    /** Whoever handles the items of the lead unit. */
    private String handlerOf(String itemNo) {
        return switch (item(itemNo).registration().leadUnit()) {
            case "jiaqiao-town" -> "handler2";
            case Samples.VILLAGE_UNIT -> "village-handler";
            default -> "handler";
        };
    }

    private void advance(String itemNo) {
        switch (item(itemNo).status()) {
            case REVIEW -> complete("reviewer", itemNo, Samples.acceptance());
            case DISPATCHED -> complete(handlerOf(itemNo), itemNo, Samples.claim(handlerOf(itemNo)));
            case PLANNING -> complete(handlerOf(itemNo), itemNo, Samples.plan(today()));
            case PLAN_REVIEW -> complete("supervisor", itemNo, Samples.planApproval());
            case RECTIFYING, REWORK -> complete(handlerOf(itemNo), itemNo, Samples.rectification(today()));
            case VERIFYING -> {
                if (waiting(itemNo).taskKey().equals("confirm-verification")) {
                    complete("verifier2", itemNo, Samples.secondVerification());
                } else {
                    complete("verifier", itemNo, Samples.verification(today()));
                }
            }
            case CLOSING -> complete("supervisor", itemNo, Samples.signOff());
            default ->
                throw new IllegalStateException(
                        "Nothing follows " + item(itemNo).status());
        }
    }

    /** Records the finding of a spot check that work was declared done and is not, without the check around it. */
    public void findFalsified(String itemNo, LocalDate due) {
        people.as(
                "verifier3",
                () -> transactions.executeWithoutResult(transaction -> {
                    Item item = items.getLocked(itemNo);
                    verificationStep.returnForRework(item, Action.SPOT_CHECK, List.of("现场无新井盖"), due);
                    // as the visit does: a record that changes without a line of its history is a finding of the audit
                    timeline.append(item, Action.SPOT_CHECK, null, new TimelineFact.Outcome("FALSIFIED"));
                    instances.sendBack(item);
                }));
    }
}
