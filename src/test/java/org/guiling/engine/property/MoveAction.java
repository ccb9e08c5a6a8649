package org.guiling.engine.property;

import static org.guiling.engine.property.Choice.Door.ENGINE;
import static org.guiling.engine.property.Choice.Door.PORTAL;
import static org.guiling.engine.property.Choice.Who.ANYBODY;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.engine.runtime.Job;
import org.guiling.engine.YearFiles;
import org.guiling.engine.property.ItemState.EngineTask;
import org.guiling.engine.property.ItemState.Timer;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SupervisionTask;
import org.guiling.workflow.TaskContract;

/** The ways to make a move: by completing a task, by a start form, by a timer, or otherwise. */
sealed interface MoveAction {

    /** True where the item stands where this may be done at all, by somebody and in some way. */
    boolean fits(ItemState item);

    /** Empty when there is nothing to try it on, or nobody to try. */
    Optional<Attempt> attempt(Situation situation);

    /** A user task is completed with its form. */
    record Completing(String taskKey, Function<Situation, Map<String, Object>> form) implements MoveAction {

        @Override
        public boolean fits(ItemState item) {
            return item.task(taskKey).filter(task -> !task.suspended()).isPresent();
        }

        @Override
        public Optional<Attempt> attempt(Situation situation) {
            Optional<EngineTask> task = situation.choice().flaw() == Flaw.GONE
                    ? Optional.empty()
                    : situation.item().task(taskKey);
            return situation
                    .person(person -> task.isEmpty() || mayWorkOn(task.get(), situation.item(), person))
                    .map(person -> attempt(situation, task, person));
        }

        private Attempt attempt(Situation situation, Optional<EngineTask> task, Person person) {
            Choice choice = situation.choice();
            String taskId = task.map(EngineTask::id)
                    .orElse(
                            situation.done().isEmpty()
                                    ? "no-such-task"
                                    : Choice.pick(situation.done(), choice.person()));
            Map<String, Object> fields = sent(
                    choice,
                    contract().form(),
                    choice.flaw()
                            .spoil(
                                    new HashMap<>(form.apply(situation)),
                                    contract().form(),
                                    choice.variant()));
            Desk desk = situation.desk();
            Runnable completing = choice.door() == ENGINE || choice.flaw() == Flaw.NOBODY_SIGNED_ON
                    ? () -> desk.taskService().complete(taskId, fields)
                    : () -> desk.tasks().complete(taskId, fields);
            return new Attempt(
                    person.id(),
                    taskKey + " with " + decision(fields),
                    illegal(situation, task, person),
                    choice.flaw() == Flaw.NOBODY_SIGNED_ON ? completing : () -> desk.as(person.id(), completing));
        }

        private String illegal(Situation situation, Optional<EngineTask> task, Person person) {
            if (situation.choice().flaw() != Flaw.NONE) {
                return situation.choice().flaw().name();
            }
            if (task.isEmpty()) {
                return "no such task waits";
            }
            return MoveAction.illegal(task.get(), situation.item(), person);
        }

        /**
         * True where every item comes to this task; false where it exists only because somebody asked for an answer.
         */
        boolean isOfTheStraightWay() {
            return UserTask.of(taskKey)
                    .filter(task -> task != UserTask.RULE_ON_DECLINE
                            && task != UserTask.AMEND_REGISTRATION
                            && task != UserTask.CONFIRM_VERIFICATION)
                    .isPresent();
        }

        private TaskContract contract() {
            return TaskContract.of(taskKey).orElseThrow();
        }
    }

    /** A group's task is taken by one of them. */
    record TakingATask() implements MoveAction {

        @Override
        public boolean fits(ItemState item) {
            return item.tasks().stream().anyMatch(task -> task.assignee() == null && !task.suspended());
        }

        @Override
        public Optional<Attempt> attempt(Situation situation) {
            List<EngineTask> tasks = situation.item().tasks();
            if (tasks.isEmpty()) {
                return Optional.empty();
            }
            EngineTask task = Choice.pick(tasks, situation.variant());
            Desk desk = situation.desk();
            return situation
                    .person(person -> mayWorkOn(task, situation.item(), person))
                    .map(person -> new Attempt(
                            person.id(),
                            task.key(),
                            illegal(task, situation.item(), person),
                            () -> desk.as(person.id(), () -> desk.tasks().claim(task.id()))));
        }
    }

    /** Something is asked of an item by a start form. */
    record Raising(
            RequestProcess process,
            Predicate<ItemState> state,
            BiPredicate<ItemState, Person> mayAsk,
            Function<Situation, Map<String, Object>> form)
            implements MoveAction {

        @Override
        public boolean fits(ItemState item) {
            return state.test(item);
        }

        @Override
        public Optional<Attempt> attempt(Situation situation) {
            return situation
                    .person(person -> mayAsk.test(situation.item(), person))
                    .map(person -> attempt(situation, person));
        }

        private Attempt attempt(Situation situation, Person person) {
            Choice choice = situation.choice();
            Desk desk = situation.desk();
            String itemNo = choice.flaw() == Flaw.GONE
                    ? "ZG-1999-000001"
                    : situation.item().itemNo();
            Map<String, Object> fields = sent(
                    choice,
                    process.startForm(),
                    choice.flaw().spoil(new HashMap<>(form.apply(situation)), process.startForm(), choice.variant()));
            // The number is in the address of the page.
            fields.remove(FiveStepZeroing.Variables.ITEM_NO, "");
            boolean anonymous = choice.flaw() == Flaw.NOBODY_SIGNED_ON;
            Runnable raising = choice.door() == ENGINE || anonymous
                    ? () -> desk.runtimeService().startProcessInstanceByKey(process.key(), withItem(fields, itemNo))
                    : () -> desk.requests().raise(process, itemNo, fields);
            return new Attempt(
                    person.id(),
                    process.key() + " with " + decision(fields),
                    illegal(situation, person),
                    anonymous ? raising : () -> desk.as(person.id(), raising));
        }

        private String illegal(Situation situation, Person person) {
            if (situation.choice().flaw() != Flaw.NONE) {
                return situation.choice().flaw().name();
            }
            if (!fits(situation.item())) {
                return "the item is " + situation.item().status() + ", open request: "
                        + situation.item().openRequest();
            }
            return mayAsk.test(situation.item(), person) ? null : "it is not theirs to ask";
        }

        private static Map<String, Object> withItem(Map<String, Object> fields, String itemNo) {
            Map<String, Object> all = new HashMap<>(fields);
            all.put(FiveStepZeroing.Variables.ITEM_NO, itemNo);
            return all;
        }
    }

    /** The day of a timer has come. */
    record Firing(String model) implements MoveAction {

        @Override
        public boolean fits(ItemState item) {
            return timer(item).isPresent();
        }

        @Override
        public Optional<Attempt> attempt(Situation situation) {
            Desk desk = situation.desk();
            return timer(situation.item())
                    .map(timer -> new Attempt(null, "on " + timer.day(), null, () -> {
                        Instant due =
                                timer.day().atStartOfDay(desk.clock().getZone()).toInstant();
                        if (due.isAfter(desk.clock().instant())) {
                            desk.clock().advance(Duration.between(desk.clock().instant(), due));
                        }
                        desk.managementService().executeJob(timer.id());
                    }));
        }

        private Optional<Timer> timer(ItemState item) {
            return item.timers().stream()
                    .filter(timer -> timer.model().equals(model))
                    .findFirst();
        }
    }

    /** Look follows look, and nobody does anything, until a card is proposed or that is enough. */
    record Climbing() implements MoveAction {

        private static final int LOOKS = 10;

        @Override
        public boolean fits(ItemState item) {
            return item.timers().stream().anyMatch(timer -> timer.model().equals(SupervisionTask.KEY))
                    && item.tasks().stream().noneMatch(task -> SupervisionTask.KEY.equals(task.model()));
        }

        @Override
        public Optional<Attempt> attempt(Situation situation) {
            return fits(situation.item())
                    ? Optional.of(new Attempt(
                            null,
                            "look after look",
                            null,
                            () -> climb(situation.desk(), situation.item().itemNo())))
                    : Optional.empty();
        }

        private static void climb(Desk desk, String itemNo) {
            String instance = desk.runtimeService()
                    .createProcessInstanceQuery()
                    .processDefinitionKey(SupervisionTask.KEY)
                    .processInstanceBusinessKey(itemNo)
                    .singleResult()
                    .getId();
            for (int look = 0; look < LOOKS && !isProposed(desk, instance); look++) {
                Job timer = desk.managementService()
                        .createJobQuery()
                        .processInstanceId(instance)
                        .singleResult();
                Instant due = timer.getDuedate().toInstant();
                if (due.isAfter(desk.clock().instant())) {
                    desk.clock().advance(Duration.between(desk.clock().instant(), due));
                }
                desk.managementService().executeJob(timer.getId());
            }
        }

        private static boolean isProposed(Desk desk, String instance) {
            return desk.taskService()
                            .createTaskQuery()
                            .processInstanceId(instance)
                            .count()
                    > 0;
        }
    }

    /** Time passes, and nobody does anything. */
    record Waiting() implements MoveAction {

        @Override
        public boolean fits(ItemState item) {
            return true;
        }

        @Override
        public Optional<Attempt> attempt(Situation situation) {
            int days = Choice.pick(List.of(1, 2, 5, 12, 40, 90), situation.variant());
            return Optional.of(new Attempt(
                    null, days + " days", null, () -> situation.desk().clock().advance(Duration.ofDays(days))));
        }
    }

    /** Another item is written down. */
    record Registering() implements MoveAction {

        @Override
        public boolean fits(ItemState item) {
            return true;
        }

        @Override
        public Optional<Attempt> attempt(Situation situation) {
            Choice choice = situation.choice();
            Desk desk = situation.desk();
            List<Person> staff = desk.staff().all();
            Person person = choice.who() == ANYBODY
                    ? Choice.pick(staff, choice.person())
                    : desk.staff().person("registrar");
            boolean anonymous = choice.flaw() == Flaw.NOBODY_SIGNED_ON;
            String illegal = choice.flaw() != Flaw.NONE && choice.flaw() != Flaw.GONE
                    ? choice.flaw().name()
                    : person.has(Role.REGISTRAR) ? null : "they are no registrar";
            if (illegal == null && !situation.others().isEmpty()) {
                return Optional.empty();
            }
            Map<String, Object> facts =
                    choice.flaw().spoil(situation.registration(), FiveStepZeroing.START_FORM, choice.variant());
            Runnable registering = choice.door() == ENGINE || anonymous
                    ? () -> desk.runtimeService().startProcessInstanceByKey(FiveStepZeroing.KEY, facts)
                    : () -> desk.itemProcesses().register(facts);
            return Optional.of(new Attempt(
                    person.id(),
                    "another item",
                    illegal,
                    anonymous ? registering : () -> desk.as(person.id(), registering)));
        }
    }

    /** A small thing is registered, claimed and planned at once. */
    record FilingOnFastLane() implements MoveAction {

        @Override
        public boolean fits(ItemState item) {
            return true;
        }

        @Override
        public Optional<Attempt> attempt(Situation situation) {
            Choice choice = situation.choice();
            Desk desk = situation.desk();
            Person person = choice.who() == ANYBODY
                    ? Choice.pick(desk.staff().all(), choice.person())
                    : Choice.pick(desk.staff().handlersOf(situation.item().leadUnit()), choice.person());
            boolean anonymous = choice.flaw() == Flaw.NOBODY_SIGNED_ON;
            String illegal = choice.flaw() != Flaw.NONE && choice.flaw() != Flaw.GONE
                    ? choice.flaw().name()
                    : person.has(Role.HANDLER) ? null : "they handle nothing";
            if (illegal == null && !situation.others().isEmpty()) {
                return Optional.empty();
            }
            Map<String, Object> filing =
                    choice.flaw().spoil(situation.fastLane(person), FastLaneModel.START_FORM, choice.variant());
            Runnable work = choice.door() == ENGINE || anonymous
                    ? () -> desk.runtimeService().startProcessInstanceByKey(FastLaneModel.KEY, filing)
                    : () -> desk.itemProcesses().openFastLane(filing);
            return Optional.of(new Attempt(
                    person.id(),
                    "another item, " + filing.get("sourceType"),
                    illegal,
                    anonymous ? work : () -> desk.as(person.id(), work)));
        }
    }

    /** A year of the calendar is loaded, or loaded anew with another New Year. */
    record LoadingAYear(int year) implements MoveAction {

        @Override
        public boolean fits(ItemState item) {
            return true;
        }

        @Override
        public Optional<Attempt> attempt(Situation situation) {
            Choice choice = situation.choice();
            Desk desk = situation.desk();
            Person person = choice.who() == ANYBODY
                    ? Choice.pick(desk.staff().all(), choice.person())
                    : desk.staff().person("administrator");
            boolean corrected = choice.variant() % 2 == 1;
            return Optional.of(new Attempt(
                    person.id(),
                    year + (corrected ? ", corrected" : ""),
                    person.has(Role.ADMINISTRATOR) ? null : "they are no administrator",
                    () -> desk.as(person.id(), () -> desk.calendarLoading()
                            .load(YearFiles.stream(corrected ? YearFiles.corrected(year) : YearFiles.of(year))))));
        }
    }

    static boolean mayWorkOn(EngineTask task, ItemState item, Person person) {
        return illegal(task, item, person) == null;
    }

    /** The reason why the person may not work on the task; null when there is none. */
    private static String illegal(EngineTask task, ItemState item, Person person) {
        boolean theirs = task.assignee() == null
                ? person.groups().contains(task.group())
                        || task.key().equals(CardReply.ANSWER_CARD.id())
                                && person.groups().contains(task.group() + "-leaders")
                : person.id().equals(task.assignee());
        if (task.suspended()) {
            return "the item is suspended";
        }
        if (!theirs) {
            return "it is not their task";
        }
        Action action = TaskContract.of(task.key()).orElseThrow().action();
        return FourEyesOracle.conflict(item, person.id(), action)
                .map(own -> "own work: " + own)
                .orElse(null);
    }

    /** A field that a flaw left out is sent empty too: it is missing all the same. */
    private static Map<String, Object> sent(Choice choice, String form, Map<String, Object> fields) {
        return choice.door() == PORTAL ? FormFile.of(form).asSent(fields) : fields;
    }

    /** The answer that a form gives, and what else is telling. */
    private static String decision(Map<String, Object> fields) {
        return Stream.of("decision", "kind", "newDue", "reviewOn", "targetNo", "handler", "plannedDue", "reworkDue")
                .filter(fields::containsKey)
                .map(name -> name + "=" + fields.get(name))
                .toList()
                .toString();
    }

    /** Open, accepted and not standing still. */
    static boolean isWorkedOn(ItemState item) {
        return item.isOpen()
                && item.status() != ItemStatus.DRAFT
                && item.status() != ItemStatus.REVIEW
                && item.status() != ItemStatus.SUSPENDED;
    }
}
