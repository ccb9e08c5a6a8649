package org.guiling.evidence.content;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.Notifications;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes down each damage of a content and tells the administrators of it once, until it is mended. */
@Component
class DamagedContents {

    private static final Logger log = LoggerFactory.getLogger(DamagedContents.class);

    private final JdbcClient jdbc;
    private final AuditTrail trail;
    private final Notifications notifications;
    private final Organization organization;
    private final Clock clock;

    DamagedContents(
            JdbcClient jdbc, AuditTrail trail, Notifications notifications, Organization organization, Clock clock) {
        this.jdbc = jdbc;
        this.trail = trail;
        this.notifications = notifications;
        this.organization = organization;
        this.clock = clock;
    }

    /** In a transaction of its own: what was found was found, whatever becomes of the caller's. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void note(String sha256, StoredContents.State state) {
        boolean anew =
                switch (state) {
                    case CHANGED -> since("changed_since", sha256);
                    case MISSING -> since("missing_since", sha256);
                    case SOUND -> mended(sha256);
                };
        if (anew && state != StoredContents.State.SOUND) {
            tell(sha256, state);
        }
    }

    private boolean since(String column, String sha256) {
        return jdbc.sql("update evidence_content set %1$s = ? where sha256 = ? and %1$s is null".formatted(column))
                        .params(OffsetDateTime.now(clock), sha256)
                        .update()
                > 0;
    }

    private boolean mended(String sha256) {
        return jdbc.sql("""
                        update evidence_content set changed_since = null, missing_since = null
                        where sha256 = ? and (changed_since is not null or missing_since is not null)""").param(sha256).update() > 0;
    }

    private void tell(String sha256, StoredContents.State state) {
        record Named(String itemNo, long evidence, int version) {}
        List<Named> named = jdbc.sql("""
                        select item.item_no, file.evidence_id, file.version
                        from evidence_version file
                        join evidence on evidence.id = file.evidence_id
                        join item on item.id = evidence.item_id
                        where file.sha256 = ? order by file.evidence_id, file.version""")
                .param(sha256)
                .query((row, index) -> new Named(row.getString(1), row.getLong(2), row.getInt(3)))
                .list();
        log.error("The content {} of evidence is {} in the store: {}", sha256, state, named);
        if (named.isEmpty()) {
            return;
        }
        String itemNo = named.get(0).itemNo();
        trail.record(
                AuditEventKind.CONTENT_DAMAGED,
                null,
                itemNo,
                Map.of("sha256", sha256, "state", state.name(), "files", named));
        List<String> administrators =
                organization.people(Role.ADMINISTRATOR).stream().map(Person::id).toList();
        notifications.notify(Notice.of(
                NoticeKind.CONTENT_DAMAGED, itemNo, administrators, "content " + sha256 + " " + clock.instant()));
    }
}
