package org.guiling.process;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.guiling.escalation.Card;
import org.guiling.escalation.Rise;
import org.guiling.escalation.Rung;
import org.guiling.item.Decline;
import org.guiling.item.Item;
import org.guiling.item.ItemRequest;
import org.guiling.item.Timeline;
import org.guiling.item.ToDos;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.Notifications;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.springframework.stereotype.Component;

/**
 * What people hear of an item, told in the engine's own transaction: what happened, who was told and what the timeline
 * says of it stand or fall together.
 */
@Component
class ItemNotices {

    private final Notifications notifications;
    private final ToDos toDos;
    private final Organization organization;
    private final Timeline timeline;
    private final CurrentPerson currentPerson;

    ItemNotices(
            Notifications notifications,
            ToDos toDos,
            Organization organization,
            Timeline timeline,
            CurrentPerson currentPerson) {
        this.notifications = notifications;
        this.toDos = toDos;
        this.organization = organization;
        this.timeline = timeline;
        this.currentPerson = currentPerson;
    }

    /** 审批结果: whoever asked hears the answer. */
    void decided(Item item, ItemRequest request) {
        tell(NoticeKind.DECIDED, item, request.requestedBy(), "request " + request.id());
    }

    /** 退回裁定: whoever declined hears the ruling. */
    void ruled(Item item, Decline decline) {
        tell(NoticeKind.DECIDED, item, decline.declinedBy(), "decline " + decline.seq());
    }

    /** 退回重改: the handler hears that what was handed in came back. */
    void returned(Item item) {
        tell(NoticeKind.RETURNED, item, item.responsibility().handler(), "round " + item.round());
    }

    /** 抽查结果: the unit hears of the visit once it is over. */
    void spotChecked(Item item, String checkNo) {
        tell(NoticeKind.SPOT_CHECKED, item, peopleOf(item, item.registration().leadUnit()), checkNo);
    }

    /** 挂起到期: work goes on. */
    void wokenUp(Item item, ItemRequest suspension) {
        if (item.responsibility() != null) {
            tell(NoticeKind.WOKEN_UP, item, item.responsibility().handler(), "request " + suspension.id());
        }
    }

    /**
     * 提醒、催办: whoever the task waits for hears of a rung. The round is part of the occasion: what was told before an item
     * came back is told again afterwards.
     */
    void climbed(Item item, Rise rise) {
        NoticeKind kind = rise.rung() == Rung.REMINDER ? NoticeKind.REMINDER : NoticeKind.URGED;
        String task = rise.watch().taskKey();
        tell(kind, item, waitingFor(item, task), "%s %s round %d".formatted(task, rise.occasion(), item.round()));
    }

    /** 黄牌、红牌督办函、约谈、通报: the unit's leaders and whoever works on the item hear that a card was issued. */
    void issued(Item item, Card card) {
        tell(NoticeKind.valueOf(card.rung().name()), item, addresseesOf(item, card), "card " + card.id());
    }

    /** 撤回: those who heard of the card hear that it does not count. */
    void takenBack(Item item, Card card) {
        tell(NoticeKind.CARD_TAKEN_BACK, item, addresseesOf(item, card), "card " + card.id());
    }

    /** 申辩裁定: whoever objected hears the ruling. */
    void ruled(Item item, Card card) {
        tell(NoticeKind.DECIDED, item, card.objection().objectedBy(), "card " + card.id());
    }

    /** 督办中断: the operators hear that the item's timer has failed for good, though its date still moves. */
    void supervisionStuck(Item item, String jobId) {
        tell(NoticeKind.SUPERVISION_STUCK, item, ids(organization.people(Role.OPERATOR)), "job " + jobId);
    }

    private Collection<String> waitingFor(Item item, String taskKey) {
        return toDos.of(item.itemNo()).stream()
                .filter(toDo -> toDo.taskKey().equals(taskKey))
                .flatMap(toDo -> toDo.assignee() != null
                        ? Stream.of(toDo.assignee())
                        : ids(organization.peopleOf(toDo.group())).stream())
                .toList();
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
