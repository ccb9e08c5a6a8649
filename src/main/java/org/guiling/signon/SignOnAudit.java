package org.guiling.signon;

import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes into the audit trail what happened to accounts. */
@Component
class SignOnAudit {

    private final AuditTrail trail;

    SignOnAudit(AuditTrail trail) {
        this.trail = trail;
    }

    @EventListener
    void happened(SignOnEvent event) {
        String person = event.personId();
        if (event instanceof SignOnEvent.SignedOn on) {
            trail.record(AuditEventKind.SIGNED_ON, person, person, Map.of("way", on.way(), "address", on.address()));
        } else if (event instanceof SignOnEvent.Refused refused) {
            trail.record(
                    AuditEventKind.SIGN_ON_FAILED,
                    person,
                    person,
                    Map.of("way", refused.way(), "why", refused.why(), "address", refused.address()));
        } else if (event instanceof SignOnEvent.SignedOff off) {
            trail.record(AuditEventKind.SIGNED_OFF, person, person, Map.of("way", off.way()));
        } else if (event instanceof SignOnEvent.LockedOut locked) {
            trail.record(AuditEventKind.ACCOUNT_LOCKED, null, person, Map.of("until", locked.until()));
        } else if (event instanceof SignOnEvent.LockOutLifted lifted) {
            trail.record(AuditEventKind.ACCOUNT_UNLOCKED, lifted.by(), person, Map.of());
        } else if (event instanceof SignOnEvent.PasswordChanged changed) {
            trail.record(AuditEventKind.PASSWORD_CHANGED, changed.by(), person, Map.of());
        } else if (event instanceof SignOnEvent.TokenCreated created) {
            trail.record(
                    AuditEventKind.TOKEN_ISSUED,
                    person,
                    person,
                    Map.of("token", created.tokenId(), "name", created.name(), "expiresAt", created.expiresAt()));
        } else if (event instanceof SignOnEvent.TokenRevoked revoked) {
            trail.record(AuditEventKind.TOKEN_REVOKED, revoked.by(), person, Map.of("token", revoked.tokenId()));
        }
    }
}
