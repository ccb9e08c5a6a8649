package org.guiling.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Writes down what was forbidden to somebody, at whichever door: who, what and where, once a day. Stands within Spring
 * Security, which tells of its own refusals, and around Camunda's REST.
 */
@Component
@Order(99)
class RefusedRequests extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(RefusedRequests.class);

    private final AuditTrail auditTrail;

    RefusedRequests(AuditTrail auditTrail) {
        this.auditTrail = auditTrail;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_FORBIDDEN) {
            record(request);
        }
    }

    /** Never fails: the person hears the same, and the log has what the trail has not. */
    void record(HttpServletRequest request) {
        if (request.getRemoteUser() != null) {
            String tried = request.getMethod() + " " + request.getRequestURI();
            try {
                auditTrail.recordOnceADay(AuditEventKind.REFUSED, request.getRemoteUser(), tried, Map.of());
            } catch (DataAccessException | TransactionException e) {
                log.error("The refusal of {} to {} is missing in the audit trail", tried, request.getRemoteUser(), e);
            }
        }
    }
}
