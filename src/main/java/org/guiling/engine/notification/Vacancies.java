package org.guiling.engine.notification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.guiling.item.Items;
import org.guiling.item.TransactionWork;
import org.guiling.item.record.Eligibility;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.Notifications;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.PersonChanged;
import org.guiling.organization.Role;
import org.guiling.organization.Superiors;
import org.guiling.organization.change.PersonShutOut;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.TaskContract;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Nothing waits for nobody in silence (空缺): when the last of a group leaves it, those above hear of the tasks that wait for
 * the group, and who comes into it hears of them. Every entry point of the change is covered.
 *
 * <p>Looked at when the transaction ends: in an import of the organization one may leave and another come.
 */
@Component
class Vacancies {

    private final ToDos toDos;
    private final Items items;
    private final TaskArrivals arrivals;
    private final Eligibility eligibility;
    private final Organization organization;
    private final Superiors superiors;
    private final Notifications notifications;
    private final EngineAuthority authority;
    private final OfficeClock clock;

    Vacancies(
            ToDos toDos,
            Items items,
            TaskArrivals arrivals,
            Eligibility eligibility,
            Organization organization,
            Superiors superiors,
            Notifications notifications,
            EngineAuthority authority,
            OfficeClock clock) {
        this.toDos = toDos;
        this.items = items;
        this.arrivals = arrivals;
        this.eligibility = eligibility;
        this.organization = organization;
        this.superiors = superiors;
        this.notifications = notifications;
        this.authority = authority;
        this.clock = clock;
    }

    @EventListener
    void on(PersonChanged change) {
        Set<String> before = groups(change.before());
        Set<String> after = groups(change.after());
        Work work = TransactionWork.of(this, Work::new);
        before.stream().filter(group -> !after.contains(group)).forEach(work.left::add);
        after.stream().filter(group -> !before.contains(group)).forEach(group -> work.came
                .computeIfAbsent(group, first -> new TreeSet<>())
                .add(change.id()));
    }

    /** Tasks that were given to them by name stay in their name until an administrator names a successor. */
    @EventListener
    void on(PersonShutOut shutOut) {
        TransactionWork.of(this, Work::new).shutOut.put(shutOut.before().id(), shutOut.before());
    }

    private static Set<String> groups(Person person) {
        return person == null ? Set.of() : person.groups();
    }

    /** The people who came and went in one transaction. */
    private final class Work extends TransactionWork {

        private final Set<String> left = new TreeSet<>();
        private final Map<String, Set<String>> came = new TreeMap<>();
        private final Map<String, Person> shutOut = new TreeMap<>();

        Work() {
            super(Vacancies.this);
        }

        @Override
        protected void write() {
            arrivals.tellNow();
            Map<String, List<ToDo>> waiting = waiting();
            List<Notice> notices = new ArrayList<>();
            waiting.forEach((group, tasks) -> notices.addAll(of(group, tasks)));
            shutOut.values().stream()
                    .filter(person -> organization.person(person.id()).isEmpty())
                    .forEach(person -> toDos.assignedTo(person.id()).stream()
                            .filter(toDo -> toDo.group() == null)
                            .forEach(toDo -> notices.add(anew(toDo, superiors.of(person)))));
            left.clear();
            came.clear();
            shutOut.clear();
            notices.removeIf(notice -> notice.recipients().isEmpty());
            if (!notices.isEmpty()) {
                authority.asSystem(() -> notifications.notifyAll(notices));
            }
        }

        private Map<String, List<ToDo>> waiting() {
            Set<String> groups = new HashSet<>(left);
            groups.addAll(came.keySet());
            return groups.isEmpty()
                    ? Map.of()
                    : toDos.unclaimedOf(groups).stream()
                            .collect(Collectors.groupingBy(ToDo::group, TreeMap::new, Collectors.toList()));
        }

        private List<Notice> of(String group, List<ToDo> tasks) {
            List<Person> members = organization.peopleOf(group);
            if (members.isEmpty()) {
                List<Person> above = superiors.of(group);
                return tasks.stream().map(toDo -> anew(toDo, above)).toList();
            }
            Set<String> ids = came.getOrDefault(group, Set.of());
            List<Person> newcomers =
                    members.stream().filter(person -> ids.contains(person.id())).toList();
            boolean filled = newcomers.size() == members.size();
            if (newcomers.isEmpty() || !filled && !isOfUnit(group)) {
                return List.of();
            }
            if (filled) {
                // Those above need name nobody any more.
                tasks.forEach(toDo -> notifications.leaveTo(toDo.itemNo(), toDo.taskId(), ids));
            }
            return tasks.stream()
                    .map(toDo -> anew(toDo, whoMay(toDo, newcomers)))
                    .toList();
        }

        /**
         * True for groups of a unit. The office's other groups have been told of all that waits: a newcomer finds it
         * among their to-dos.
         */
        private static boolean isOfUnit(String group) {
            return Role.ofGroup(group)
                    .filter(role -> role == Role.HANDLER || role == Role.UNIT_LEADER)
                    .isPresent();
        }

        private List<Person> whoMay(ToDo toDo, List<Person> people) {
            Optional<TaskContract> contract = TaskContract.of(toDo.taskKey());
            return contract.map(of -> eligibility.among(people, of.action(), items.get(toDo.itemNo())))
                    .orElse(people);
        }

        /** Once a day, as of any task that comes into other hands. */
        private Notice anew(ToDo toDo, List<Person> people) {
            return Notice.of(
                    NoticeKind.TASK_WAITING,
                    toDo.itemNo(),
                    people.stream().map(Person::id).toList(),
                    toDo.taskId() + " " + clock.today());
        }
    }
}
