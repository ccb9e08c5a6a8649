package org.guiling.process.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives {@code engine-rest} the signed-on person, so that the engine's authorizations hold there too. */
public class EngineAuthenticationFilter extends OncePerRequestFilter {

    private final ProcessEngine engine;

    public EngineAuthenticationFilter(ProcessEngine engine) {
        this.engine = engine;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        IdentityService identities = engine.getIdentityService();
        String user = request.getRemoteUser();
        identities.setAuthentication(user, SignedOnUser.groups(user, engine));
        try {
            chain.doFilter(request, response);
        } finally {
            identities.clearAuthentication();
        }
    }
}
