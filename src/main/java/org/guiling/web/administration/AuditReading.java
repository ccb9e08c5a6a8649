package org.guiling.web.administration;

import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Component;

/**
 * Decides who may read the audit trail (审计留痕), and records that they did. Only the audit administrators may, as soon as
 * an office has named one; until then its administrators, and operators for the chains, so that nobody is without an
 * audit after an upgrade.
 */
@Component
public class AuditReading {

    private final AuditTrail trail;
    private final Organization organization;
    private final CurrentPerson currentPerson;

    AuditReading(AuditTrail trail, Organization organization, CurrentPerson currentPerson) {
        this.trail = trail;
        this.organization = organization;
        this.currentPerson = currentPerson;
    }

    /** True where the current person reads events. */
    public boolean mayRead() {
        return currentPerson.find().filter(this::mayRead).isPresent();
    }

    private boolean mayRead(Person person) {
        return person.has(Role.AUDIT_ADMINISTRATOR) || person.has(Role.ADMINISTRATOR) && isNobodyNamed();
    }

    private boolean isNobodyNamed() {
        return organization.people(Role.AUDIT_ADMINISTRATOR).isEmpty();
    }

    /** @throws RefusedException for whoever does not read events */
    void requireReader() {
        if (!mayRead(currentPerson.get())) {
            throw RefusedException.forbidden("refusal.role.audit-events");
        }
    }

    /** @throws RefusedException for whoever does not verify chains */
    void requireVerifier() {
        Person person = currentPerson.get();
        if (!mayRead(person) && !(person.has(Role.OPERATOR) && isNobodyNamed())) {
            throw RefusedException.forbidden("refusal.role.audit");
        }
    }

    /**
     * Anchors are digests, and operators archive them.
     *
     * @throws RefusedException for whoever keeps no anchors
     */
    void requireKeeper() {
        Person person = currentPerson.get();
        if (!mayRead(person) && !person.has(Role.OPERATOR)) {
            throw RefusedException.forbidden("refusal.role.audit-anchors");
        }
    }

    /** Lists are written down once a day for what was asked, so that turning pages fills no trail. */
    void listed(AuditEventKind kind, String actor) {
        trail.recordOnceADay(
                AuditEventKind.AUDIT_READ,
                currentPerson.get().id(),
                "events " + (kind == null ? "*" : kind) + " " + (actor == null ? "*" : actor),
                Map.of());
    }

    /** An export, before anything leaves; or a verification. */
    void read(String what, Map<String, ?> details) {
        trail.record(AuditEventKind.AUDIT_READ, currentPerson.get().id(), what, details);
    }
}
