package org.guiling.notification;

import org.guiling.audit.log.AuditLogBehind;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the administrators that a place of the security log has failed for long. */
@Component
class SecurityLogNotices {

    private final Notifications notifications;
    private final Organization organization;

    SecurityLogNotices(Notifications notifications, Organization organization) {
        this.notifications = notifications;
        this.organization = organization;
    }

    @EventListener
    void behind(AuditLogBehind log) {
        notifications.notify(Notice.of(
                NoticeKind.AUDIT_LOG_BEHIND,
                log.sink(),
                organization.people(Role.ADMINISTRATOR).stream().map(Person::id).toList(),
                "since " + log.since()));
    }
}
