package org.guiling.engine.notification;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.guiling.item.Items;
import org.guiling.item.TransactionWork;
import org.guiling.item.record.Eligibility;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.Notifications;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/**
 * Tells those whom a task begins to wait for (待办): whoever has it in hand, or all of its group who may do it. Where nobody
 * may, those above hear of it, who can appoint somebody.
 *
 * <p>Told at the end of the transaction: by then a task has found whom it goes to, what came and went in one step is
 * gone, and whoever heard of the same arrival by a notice of its own does not hear of it twice. Nobody is told of what
 * they took or gave themselves.
 */
@Component
public class TaskArrivals {

    private final Notifications notifications;
    private final Items items;
    private final Eligibility eligibility;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final EngineAuthority authority;
    private final OfficeClock clock;

    TaskArrivals(
            Notifications notifications,
            Items items,
            Eligibility eligibility,
            Organization organization,
            CurrentPerson currentPerson,
            EngineAuthority authority,
            OfficeClock clock) {
        this.notifications = notifications;
        this.items = items;
        this.eligibility = eligibility;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.authority = authority;
        this.clock = clock;
    }

    /**
     * A task that came, or came to somebody else.
     *
     * @param assignee null while the group may claim it
     * @param group null where the task was given to somebody from the start
     * @param before whether it waited before: then it is told anew, once a day
     */
    private record Arrival(
            String taskId, String itemNo, TaskContract contract, String assignee, String group, boolean before) {}

    /** A task is new. */
    public void came(String taskId, String itemNo, TaskContract contract, String assignee, String group) {
        work().came.put(taskId, new Arrival(taskId, itemNo, contract, assignee, group, false));
    }

    /** A task goes to somebody, or back to its group. */
    public void assigned(String taskId, String itemNo, TaskContract contract, String assignee, String group) {
        Arrival known = work().came.get(taskId);
        boolean before = known == null || known.before();
        work().came.put(taskId, new Arrival(taskId, itemNo, contract, assignee, group, before));
    }

    /** A task waits no longer. */
    public void went(String taskId, String itemNo) {
        Arrival known = work().came.remove(taskId);
        if (known == null || known.before()) {
            work().gone.put(taskId, itemNo);
        }
    }

    /** Notes people to whom a notice in this transaction has already said that the task waits. */
    void told(String itemNo, Collection<String> people) {
        work().told.computeIfAbsent(itemNo, first -> new HashSet<>()).addAll(people);
    }

    /** Tells what has come so far, for what is to be told after it. */
    void tellNow() {
        work().write();
    }

    private Work work() {
        return TransactionWork.of(this, Work::new);
    }

    /** The tasks that came and went in one transaction. */
    private final class Work extends TransactionWork {

        private final Map<String, Arrival> came = new LinkedHashMap<>();
        private final Map<String, String> gone = new LinkedHashMap<>();
        private final Map<String, Set<String>> told = new HashMap<>();
        private final Map<String, List<Person>> groups = new HashMap<>();

        Work() {
            super(TaskArrivals.this);
        }

        @Override
        protected void write() {
            if (came.isEmpty() && gone.isEmpty()) {
                return;
            }
            gone.forEach((taskId, itemNo) -> notifications.settle(itemNo, taskId, null));
            came.values().stream()
                    .filter(Arrival::before)
                    .forEach(arrival -> notifications.settle(arrival.itemNo(), arrival.taskId(), arrival.assignee()));
            List<Notice> notices = new ArrayList<>();
            came.values().forEach(arrival -> notices.add(notice(arrival)));
            gone.clear();
            came.clear();
            notices.removeIf(notice -> notice.recipients().isEmpty());
            if (!notices.isEmpty()) {
                authority.asSystem(() -> notifications.notifyAll(notices));
            }
        }

        private Notice notice(Arrival arrival) {
            Set<String> people = new TreeSet<>(recipients(arrival));
            people.removeAll(told.getOrDefault(arrival.itemNo(), Set.of()));
            return Notice.of(
                    NoticeKind.TASK_WAITING,
                    arrival.itemNo(),
                    people,
                    arrival.before() ? arrival.taskId() + " " + clock.today() : arrival.taskId());
        }

        private Collection<String> recipients(Arrival arrival) {
            if (arrival.assignee() != null) {
                boolean own = currentPerson
                        .find()
                        .filter(person -> person.id().equals(arrival.assignee()))
                        .isPresent();
                return own ? List.of() : List.of(arrival.assignee());
            }
            if (arrival.group() == null) {
                return List.of();
            }
            List<Person> people = groups.computeIfAbsent(arrival.group(), organization::peopleOf);
            return eligibility
                    .ofGroup(arrival.group(), people, arrival.contract().action(), items.get(arrival.itemNo()))
                    .stream()
                    .map(Person::id)
                    .toList();
        }
    }
}
