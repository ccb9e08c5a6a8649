package org.guiling.engine.notification;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.guiling.item.Item;
import org.guiling.item.record.Eligibility;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.JointFinding;
import org.guiling.item.record.SignOff;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.step.Decline;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.Notifications;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Superiors;
import org.guiling.supervision.Card;
import org.guiling.supervision.Rise;
import org.guiling.supervision.Rung;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/**
 * Sends the notices about an item in the engine's own transaction: the event, the people told and the entry in the
 * timeline stand or fall together.
 */
@Component
public class ItemNotices {

    private final Notifications notifications;
    private final ToDos toDos;
    private final Organization organization;
    private final Timeline timeline;
    private final CurrentPerson currentPerson;
    private final TaskArrivals arrivals;
    private final Eligibility eligibility;
    private final ItemRecords records;
    private final Superiors superiors;

    ItemNotices(
            Notifications notifications,
            ToDos toDos,
            Organization organization,
            Timeline timeline,
            CurrentPerson currentPerson,
            TaskArrivals arrivals,
            Eligibility eligibility,
            ItemRecords records,
            Superiors superiors) {
        this.notifications = notifications;
        this.toDos = toDos;
        this.organization = organization;
        this.timeline = timeline;
        this.currentPerson = currentPerson;
        this.arrivals = arrivals;
        this.eligibility = eligibility;
        this.records = records;
        this.superiors = superiors;
    }

    /** 审批结果: whoever asked hears the answer. */
    public void decided(Item item, ItemRequest request) {
        tell(NoticeKind.DECIDED, item, request.requestedBy(), "request " + request.id());
    }

    /** 申请撤回: those who would have decided hear that there is nothing to decide. */
    public void requestTakenBack(Item item, String decision, String taskId) {
        toDos.of(item.itemNo()).stream()
                .filter(toDo -> toDo.taskKey().equals(decision))
                .forEach(toDo -> tell(NoticeKind.REQUEST_TAKEN_BACK, item, addresseesOf(item, toDo), "task " + taskId));
    }

    /** 并入事项: who works on the item hears that it goes on for another as well. */
    public void mergedIn(Item target, Item merged) {
        tell(
                NoticeKind.MERGED_IN,
                target,
                peopleOf(target, target.registration().leadUnit()),
                merged.itemNo());
    }

    /** 退回裁定: whoever declined hears the ruling. */
    public void ruled(Item item, Decline decline) {
        tell(NoticeKind.DECIDED, item, decline.declinedBy(), "decline " + decline.seq());
    }

    /** 退回重改: the handler hears that what was handed in came back. */
    public void returned(Item item) {
        arrived(NoticeKind.RETURNED, item, orAbove(item, item.responsibility().handler()), "round " + item.round());
    }

    /** 双人确认: the first verifier hears that the second confirmed what they found, or that it is with them again. */
    public void answered(Item item, JointFinding finding, boolean confirmed) {
        List<String> first = List.of(finding.first());
        String occasion = "finding " + finding.id();
        if (confirmed) {
            tell(NoticeKind.DECIDED, item, first, occasion);
        } else {
            arrived(NoticeKind.DECIDED, item, first, occasion);
        }
    }

    /** 已重开: whoever signed for the closure hears that it did not last, and the handler that work begins anew. */
    public void reopened(Item item) {
        Set<String> people = records.signOffs(item).stream()
                .filter(signature -> signature.approved() && signature.round() == item.round() - 1)
                .map(SignOff::approver)
                .collect(Collectors.toCollection(TreeSet::new));
        currentPerson.find().map(Person::id).ifPresent(people::remove);
        people.addAll(orAbove(item, item.responsibility().handler()));
        arrived(NoticeKind.REOPENED, item, people, "round " + item.round());
    }

    /** 抽查结果: the unit hears of the visit once it is over. */
    public void spotChecked(Item item, String checkNo) {
        tell(NoticeKind.SPOT_CHECKED, item, peopleOf(item, item.registration().leadUnit()), checkNo);
    }

    /** 挂起到期: work goes on. */
    public void wokenUp(Item item, ItemRequest suspension) {
        if (item.responsibility() != null) {
            arrived(
                    NoticeKind.WOKEN_UP,
                    item,
                    orAbove(item, item.responsibility().handler()),
                    "request " + suspension.id());
        }
    }

    /**
     * 提醒、催办、上报: whoever the task waits for hears of a rung, or those above them. The round is part of the occasion:
     * what was told before an item came back is told again afterwards.
     */
    public void climbed(Item item, Rise rise) {
        String task = rise.watch().taskKey();
        toDos.of(item.itemNo()).stream()
                .filter(toDo -> toDo.taskKey().equals(task))
                .forEach(toDo -> climbed(item, rise, toDo));
    }

    /** The same of one task. */
    void climbed(Item item, Rise rise, ToDo toDo) {
        tell(kind(rise), item, addresseesOf(item, rise, toDo), occasion(item, rise));
    }

    /** The same of a task of which the item's history is not to know before it is done. */
    void climbedInConfidence(Item item, Rise rise, ToDo toDo) {
        notifications.notify(
                Notice.of(kind(rise), item.itemNo(), addresseesOf(item, rise, toDo), occasion(item, rise)));
    }

    /**
     * 黄牌、红牌督办函、约谈、通报: the unit's leaders and whoever works on the item hear that a card was issued, which says that
     * an answer to it waits.
     */
    public void issued(Item item, Card card) {
        arrived(NoticeKind.valueOf(card.rung().name()), item, addresseesOf(item, card), "card " + card.id());
    }

    /** 撤回: those who heard of the card hear that it does not count. */
    public void takenBack(Item item, Card card) {
        tell(NoticeKind.CARD_TAKEN_BACK, item, addresseesOf(item, card), "card " + card.id());
    }

    /** 督办回复: whoever issued the card hears that the unit has answered it. */
    public void answered(Item item, Card card) {
        tell(NoticeKind.CARD_ANSWERED, item, orAbove(item, card.decidedBy()), "card " + card.id());
    }

    /** 申辩裁定: whoever objected hears the ruling. */
    public void ruled(Item item, Card card) {
        tell(NoticeKind.DECIDED, item, card.objection().objectedBy(), "card " + card.id());
    }

    /** 督办中断: the operators hear that the item's timer has failed for good, though its date still moves. */
    public void supervisionStuck(Item item, String jobId) {
        tell(NoticeKind.SUPERVISION_STUCK, item, ids(organization.people(Role.OPERATOR)), "job " + jobId);
    }

    private static NoticeKind kind(Rise rise) {
        return switch (rise.rung()) {
            case REMINDER -> NoticeKind.REMINDER;
            case REPORT -> NoticeKind.REPORTED;
            default -> NoticeKind.URGED;
        };
    }

    private static String occasion(Item item, Rise rise) {
        return "%s %s round %d".formatted(rise.watch().taskKey(), rise.occasion(), item.round());
    }

    /** The people for whom the task waits; their superiors once it is reported. */
    private Collection<String> addresseesOf(Item item, Rise rise, ToDo toDo) {
        if (rise.rung() != Rung.REPORT) {
            return addresseesOf(item, toDo);
        }
        return toDo.assignee() == null
                ? ids(superiors.of(toDo.group()))
                : organization
                        .person(toDo.assignee())
                        .map(superiors::of)
                        .map(ItemNotices::ids)
                        .orElseGet(() -> above(item));
    }

    /** The people for whom the task waits. */
    private Collection<String> addresseesOf(Item item, ToDo toDo) {
        return toDo.assignee() == null
                ? ids(eligibility.ofGroup(
                        toDo.group(),
                        TaskContract.of(toDo.taskKey()).orElseThrow().action(),
                        item))
                : orAbove(item, toDo.assignee());
    }

    /** Somebody; where they have left and nobody has taken over, those above the unit that leads. */
    private Collection<String> orAbove(Item item, String person) {
        return organization.person(person).isPresent() ? List.of(person) : above(item);
    }

    private Collection<String> above(Item item) {
        return ids(superiors.of(Role.handlersOf(item.registration().leadUnit())));
    }

    private Collection<String> addresseesOf(Item item, Card card) {
        return peopleOf(item, card.unit());
    }

    /** The unit's leaders and whoever works on the item there. */
    private Collection<String> peopleOf(Item item, String unit) {
        Set<String> addressees = new TreeSet<>(ids(organization.people(unit, Role.UNIT_LEADER)));
        if (item.responsibility() == null) {
            addressees.addAll(ids(organization.people(unit, Role.HANDLER)));
        } else {
            addressees.add(item.responsibility().handler());
        }
        return addressees;
    }

    private static Collection<String> ids(List<Person> people) {
        return people.stream().map(Person::id).toList();
    }

    /** Sends a notice that implies a waiting task, so that nobody is told of the task separately. */
    private void arrived(NoticeKind kind, Item item, Collection<String> people, String occasion) {
        tell(kind, item, people, occasion);
        arrivals.told(item.itemNo(), people);
    }

    private void tell(NoticeKind kind, Item item, String person, String occasion) {
        tell(kind, item, List.of(person), occasion);
    }

    private void tell(NoticeKind kind, Item item, Collection<String> people, String occasion) {
        Set<String> told = notifications.notify(Notice.of(kind, item.itemNo(), people, occasion));
        if (!told.isEmpty()) {
            timeline.appendNotified(
                    item, kind.name(), told, currentPerson.find().orElse(null));
        }
    }
}
