package org.guiling.web.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.guiling.notification.DeliveryProcess;
import org.guiling.notification.Inbox;
import org.guiling.notification.NoticeKind;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.PageSize;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The notices that people were sent, and the repair of failed deliveries by an operator. */
@RestController
@RequestMapping("/api/notifications")
@Tag(name = "notifications", description = "What you were told")
class NotificationsApi {

    private final Inbox inbox;
    private final DeliveryProcess deliveryProcess;
    private final CurrentPerson currentPerson;
    private final NoticeTexts noticeTexts;

    NotificationsApi(
            Inbox inbox, DeliveryProcess deliveryProcess, CurrentPerson currentPerson, NoticeTexts noticeTexts) {
        this.inbox = inbox;
        this.deliveryProcess = deliveryProcess;
        this.currentPerson = currentPerson;
        this.noticeTexts = noticeTexts;
    }

    /**
     * One notice.
     *
     * @param label the kind in words, with what came of it where it is about a decision
     * @param title of the item; absent where it is about none that you may see, as is {@code href}
     * @param readAt absent while it is unread
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NoticeDocument(
            long id,
            NoticeKind kind,
            String label,
            String itemNo,
            String title,
            String href,
            Instant createdAt,
            Instant readAt) {}

    /**
     * @param total how many there are, as on the other pages
     * @param unread of all, not of those listed
     */
    record NoticePage(List<NoticeDocument> notifications, long total, long unread) {}

    record Retried(int retried) {}

    @GetMapping
    @Operation(summary = "Your notices, the newest first, and how many are unread")
    NoticePage list(@RequestParam(defaultValue = "0") int offset, @RequestParam(defaultValue = "50") int limit) {
        String person = currentPerson.get().id();
        return new NoticePage(
                inbox.of(person, PageSize.offset(offset), PageSize.of(limit)).stream()
                        .map(this::document)
                        .toList(),
                inbox.count(person),
                inbox.unreadCount(person));
    }

    @PostMapping("/{id}/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Mark one of your notices as read")
    void read(@PathVariable long id) {
        if (!inbox.markRead(currentPerson.get().id(), id)) {
            throw RefusedException.notFound("refusal.notice-unknown");
        }
    }

    @PostMapping("/retry")
    @Operation(summary = "Try every failed delivery again; for operators")
    Retried retry() {
        if (!currentPerson.get().has(Role.OPERATOR)) {
            throw RefusedException.forbidden("refusal.role.operator");
        }
        return new Retried(deliveryProcess.retryFailed());
    }

    private NoticeDocument document(Inbox.Entry entry) {
        NoticeTexts.Line line = noticeTexts.line(entry);
        return new NoticeDocument(
                entry.id(),
                entry.kind(),
                line.kind(),
                entry.itemNo(),
                line.title(),
                line.link(),
                entry.createdAt(),
                entry.readAt());
    }
}
