package org.guiling.engine.notification;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Runs what the system does of itself without the permissions of whoever is signed on to the engine. Within a command the
 * engine does so by itself; at the end of a transaction its command is over.
 */
@Component
class EngineAuthority {

    private final IdentityService identities;

    EngineAuthority(@Lazy IdentityService identities) {
        this.identities = identities;
    }

    /** Runs the work without a user; the one who was signed on is so again afterwards, whatever happens. */
    @SuppressWarnings("unchecked")
    void asSystem(Runnable work) {
        // The type of the answer is a class of the engine's inside; its properties are read by name.
        Object signedOn =
                PropertyAccessorFactory.forBeanPropertyAccess(identities).getPropertyValue("currentAuthentication");
        if (signedOn == null) {
            work.run();
            return;
        }
        BeanWrapper known = PropertyAccessorFactory.forBeanPropertyAccess(signedOn);
        identities.clearAuthentication();
        try {
            work.run();
        } finally {
            identities.setAuthentication(
                    (String) known.getPropertyValue("userId"),
                    (List<String>) known.getPropertyValue("groupIds"),
                    (List<String>) known.getPropertyValue("tenantIds"));
        }
    }
}
