package org.guiling.engine.refusal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes down who sent the engine a query with a property that is not on the list: an event of security, once a day for
 * each person and place.
 */
@Component
public class RefusedQueries {

    private static final Logger log = LoggerFactory.getLogger(RefusedQueries.class);

    /** Ids in a path are many, and any may be made up. */
    private static final Pattern ID = Pattern.compile("/(?=[^/]*\\d)[^/]+");

    private static final Pattern EXPRESSION = Pattern.compile("[a-zA-Z]{1,60}Expression");

    private final AuditTrail trail;

    RefusedQueries(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Never fails: the person hears the same, and the log has what the trail has not.
     *
     * @param property null where the request could not be read
     */
    public void record(HttpServletRequest request, String property) {
        String place =
                request.getMethod() + " " + ID.matcher(request.getRequestURI()).replaceAll("/{id}");
        String what = property == null ? "unreadable" : oneLine(property);
        log.warn("Refused a query of {} at {}: {}", request.getRemoteUser(), place, what);
        if (request.getRemoteUser() == null) {
            return;
        }
        try {
            trail.recordOnceADay(
                    AuditEventKind.QUERY_REFUSED,
                    request.getRemoteUser(),
                    EXPRESSION.matcher(what).matches() ? place + " " + what : place,
                    Map.of("property", what, "address", request.getRemoteAddr()));
        } catch (DataAccessException | TransactionException e) {
            log.error("The refused query of {} is missing in the audit trail", request.getRemoteUser(), e);
        }
    }

    private static String oneLine(String property) {
        String line = property.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 100 ? line : line.substring(0, 100);
    }
}
