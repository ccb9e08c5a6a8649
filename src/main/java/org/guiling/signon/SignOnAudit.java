package org.guiling.signon;

import java.time.Duration;
import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.audit.RepeatedEvents;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes into the audit trail what happened to accounts. */
@Component
class SignOnAudit {

    private static final Duration REFUSALS_APART = Duration.ofMinutes(1);
    private static final Duration SCRIPTS_APART = Duration.ofHours(1);

    private final AuditTrail trail;
    private final RepeatedEvents repeated;

    SignOnAudit(AuditTrail trail, RepeatedEvents repeated) {
        this.trail = trail;
        this.repeated = repeated;
    }

    @EventListener
    void happened(SignOnEvent event) {
        String person = event.personId();
        if (event instanceof SignOnEvent.SignedOn on) {
            Map<String, ?> details = Map.of("way", on.way(), "factor", on.factor(), "address", on.address());
            if (on.script()) {
                repeated.record(AuditEventKind.SIGNED_ON, person, person, details, SCRIPTS_APART);
            } else {
                trail.record(AuditEventKind.SIGNED_ON, person, person, details);
            }
        } else if (event instanceof SignOnEvent.FirstFactorPassed first) {
            trail.record(
                    AuditEventKind.FIRST_FACTOR_PASSED,
                    person,
                    person,
                    Map.of("way", first.way(), "address", first.address()));
        } else if (event instanceof SignOnEvent.Refused refused) {
            repeated.record(
                    AuditEventKind.SIGN_ON_FAILED,
                    person,
                    person,
                    Map.of("way", refused.way(), "why", refused.why(), "address", refused.address()),
                    REFUSALS_APART);
        } else if (event instanceof SignOnEvent.SignedOff off) {
            trail.record(AuditEventKind.SIGNED_OFF, person, person, Map.of("way", off.way()));
        } else if (event instanceof SignOnEvent.SessionsEnded ended) {
            trail.record(AuditEventKind.SIGNED_OFF, person, person, Map.of("elsewhere", ended.sessions()));
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
