package org.guiling.signon.factor;

import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes into the audit trail what happened to second factors. */
@Component
class FactorAudit {

    private static final String WHAT = "what";
    private static final String REQUEST = "request";

    private final AuditTrail trail;

    FactorAudit(AuditTrail trail) {
        this.trail = trail;
    }

    @EventListener
    void happened(FactorEvent event) {
        String person = event.personId();
        if (event instanceof FactorEvent.Locked locked) {
            trail.record(
                    AuditEventKind.ACCOUNT_LOCKED, null, person, Map.of("until", locked.until(), "factor", "second"));
        } else if (event instanceof FactorEvent.Enrolled enrolled) {
            changed(person, person, Map.of(WHAT, enrolled.replaced() ? "replaced" : "enrolled"));
        } else if (event instanceof FactorEvent.Removed) {
            changed(person, person, Map.of(WHAT, "removed"));
        } else if (event instanceof FactorEvent.RecoveryCodesRenewed) {
            changed(person, person, Map.of(WHAT, "recovery-codes-renewed"));
        } else if (event instanceof FactorEvent.RecoveryCodeUsed used) {
            changed(person, person, Map.of(WHAT, "recovery-code-used", "left", used.left()));
        } else if (event instanceof FactorEvent.RecoveryAsked asked) {
            changed(
                    person,
                    person,
                    Map.of(WHAT, "recovery-asked", REQUEST, asked.request(), "expiresAt", asked.expiresAt()));
        } else if (event instanceof FactorEvent.RecoveryApproved approved) {
            changed(approved.by(), person, Map.of(WHAT, "recovery-approved", REQUEST, approved.request()));
        } else if (event instanceof FactorEvent.RecoveryRefused refused) {
            changed(refused.by(), person, Map.of(WHAT, "recovery-refused", REQUEST, refused.request()));
        } else if (event instanceof FactorEvent.RecoveryConfirmed confirmed) {
            changed(
                    confirmed.by(),
                    person,
                    Map.of(
                            WHAT,
                            "recovery-confirmed",
                            REQUEST,
                            confirmed.request(),
                            "approvedBy",
                            confirmed.approvedBy()));
        }
    }

    private void changed(String actor, String subject, Map<String, ?> details) {
        trail.record(AuditEventKind.SECOND_FACTOR_CHANGED, actor, subject, details);
    }
}
