package org.guiling.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives {@code engine-rest} the signed-on person, so that the engine's authorizations hold there too. */
public class EngineAuthenticationFilter extends OncePerRequestFilter {

    private final ProcessEngine engine;
    private final CurrentPerson currentPerson;
    private final EngineAdministrators administrators;

    public EngineAuthenticationFilter(
            ProcessEngine engine, CurrentPerson currentPerson, EngineAdministrators administrators) {
        this.engine = engine;
        this.currentPerson = currentPerson;
        this.administrators = administrators;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        IdentityService identities = engine.getIdentityService();
        Person person = currentPerson.get();
        identities.setAuthentication(person.id(), List.copyOf(administrators.groupsOf(person)));
        try {
            chain.doFilter(request, response);
        } finally {
            identities.clearAuthentication();
        }
    }
}
