package org.guiling.engine.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;
import org.springframework.web.util.WebUtils;

/**
 * Tells Camunda who is signed on: whoever our own login let in, with the groups they have now. Named in the
 * configuration of Camunda's filter, which makes its own instance.
 *
 * <p>Camunda keeps what it was told in the session and asks no more while the user is the same. So what it keeps is taken
 * away when the groups have changed; a request that was under way meanwhile may put it back, and is not believed.
 */
public class SignedOnUser implements AuthenticationProvider {

    private static final String KEPT_BY_CAMUNDA = "authenticatedUser";
    private static final String GROUPS = SignedOnUser.class.getName() + ".groups";
    private static final String OUTDATED = SignedOnUser.class.getName() + ".outdated";

    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        WebApplicationContext application =
                WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext());
        Optional<Person> person = application.getBean(CurrentPerson.class).find();
        if (person.isEmpty()) {
            return AuthenticationResult.unsuccessful();
        }
        Set<String> groups = application.getBean(EngineAdministrators.class).groupsOf(person.get());
        forgetOtherGroups(request.getSession(), groups);
        AuthenticationResult result =
                AuthenticationResult.successful(person.get().id());
        result.setGroups(List.copyOf(groups));
        result.setTenants(List.of());
        return result;
    }

    private static void forgetOtherGroups(HttpSession session, Set<String> groups) {
        synchronized (WebUtils.getSessionMutex(session)) {
            Object kept = session.getAttribute(KEPT_BY_CAMUNDA);
            if (!groups.equals(session.getAttribute(GROUPS))) {
                session.setAttribute(GROUPS, groups);
                session.setAttribute(OUTDATED, kept);
            }
            if (kept != null && kept == session.getAttribute(OUTDATED)) {
                session.removeAttribute(KEPT_BY_CAMUNDA);
            }
        }
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // The login page in front of Camunda has asked already.
    }
}
