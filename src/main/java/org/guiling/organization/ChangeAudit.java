package org.guiling.organization;

import java.util.LinkedHashMap;
import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down who may do what from now on, and where a unit stands, within the change's own transaction. */
@Component
class ChangeAudit {

    private final AuditTrail auditTrail;
    private final CurrentPerson currentPerson;

    ChangeAudit(AuditTrail auditTrail, CurrentPerson currentPerson) {
        this.auditTrail = auditTrail;
        this.currentPerson = currentPerson;
    }

    @EventListener
    void on(UnitChanged change) {
        record(change.after().code(), text(change.before()), text(change.after()));
    }

    @EventListener
    void on(PersonChanged change) {
        record(change.id(), text(change.before()), text(change.after()));
    }

    private void record(String subject, String before, String after) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("before", before);
        details.put("after", after);
        auditTrail.record(
                AuditEventKind.PERMISSION_CHANGED,
                currentPerson.find().map(Person::id).orElse(null),
                subject,
                details);
    }

    private static String text(Unit unit) {
        return unit == null
                ? null
                : unit.name() + " < " + unit.parentCode() + (unit.isOpen() ? "" : " † " + unit.closedOn());
    }

    private static String text(Person person) {
        return person == null
                ? null
                : String.join(" ", person.groups())
                        + (person.absentees().isEmpty()
                                ? ""
                                : " ← "
                                        + String.join(
                                                " ",
                                                person.absentees().stream()
                                                        .map(Person::id)
                                                        .toList()));
    }
}
