package org.guiling.process;

import java.util.List;
import java.util.Set;
import org.guiling.item.Decline;
import org.guiling.item.Item;
import org.guiling.item.ItemRequest;
import org.guiling.item.Timeline;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.Notifications;
import org.guiling.organization.CurrentPerson;
import org.springframework.stereotype.Component;

/**
 * What people hear of an item, told in the engine's own transaction: what happened, who was told and what the timeline
 * says of it stand or fall together.
 */
@Component
class ItemNotices {

    private final Notifications notifications;
    private final Timeline timeline;
    private final CurrentPerson currentPerson;

    ItemNotices(Notifications notifications, Timeline timeline, CurrentPerson currentPerson) {
        this.notifications = notifications;
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

    /** 挂起到期: work goes on. */
    void wokenUp(Item item, ItemRequest suspension) {
        if (item.responsibility() != null) {
            tell(NoticeKind.WOKEN_UP, item, item.responsibility().handler(), "request " + suspension.id());
        }
    }

    private void tell(NoticeKind kind, Item item, String person, String occasion) {
        Set<String> told = notifications.notify(Notice.of(kind, item.itemNo(), List.of(person), occasion));
        if (!told.isEmpty()) {
            timeline.appendNotified(
                    item, kind.name(), told, currentPerson.find().orElse(null));
        }
    }
}
