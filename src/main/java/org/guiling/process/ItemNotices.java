package org.guiling.process;

import java.util.List;
import org.guiling.item.Decline;
import org.guiling.item.Item;
import org.guiling.item.ItemRequest;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.Notifications;
import org.springframework.stereotype.Component;

/** What people hear of an item, told in the engine's own transaction: what happened and who was told stand or fall together. */
@Component
class ItemNotices {

    private final Notifications notifications;

    ItemNotices(Notifications notifications) {
        this.notifications = notifications;
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
        notifications.notify(Notice.of(kind, item.itemNo(), List.of(person), occasion));
    }
}
