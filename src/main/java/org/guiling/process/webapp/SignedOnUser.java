package org.guiling.process.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;

/**
 * Tells Camunda who is signed on: whoever our own login let in. Named in the configuration of Camunda's filter, which
 * makes its own instance.
 */
public class SignedOnUser implements AuthenticationProvider {

    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        String user = request.getRemoteUser();
        if (user == null) {
            return AuthenticationResult.unsuccessful();
        }
        AuthenticationResult result = AuthenticationResult.successful(user);
        result.setGroups(groups(user, engine));
        result.setTenants(List.of());
        return result;
    }

    static List<String> groups(String user, ProcessEngine engine) {
        List<String> groups = new ArrayList<>();
        for (Group group :
                engine.getIdentityService().createGroupQuery().groupMember(user).list()) {
            groups.add(group.getId());
        }
        return groups;
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // The login page in front of Camunda has asked already.
    }
}
