package org.guiling.engine.webapp;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.springframework.stereotype.Component;

/** Writes down what administrators of the engine and operators change in it past the forms, which no timeline tells. */
@Component
class EngineChanges {

    private final AuditTrail trail;

    EngineChanges(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Before the change is made, so that none goes without its event; the engine may still refuse it.
     *
     * @throws org.springframework.dao.DataAccessException when it cannot be written
     */
    void record(HttpServletRequest request) {
        trail.record(
                AuditEventKind.ENGINE_CHANGED,
                request.getRemoteUser(),
                request.getMethod() + " " + request.getRequestURI(),
                Map.of("address", request.getRemoteAddr()));
    }
}
