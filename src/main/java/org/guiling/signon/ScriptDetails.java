package org.guiling.signon;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** The address of a request that brings its own password or token and has no session. */
public class ScriptDetails extends WebAuthenticationDetails {

    public ScriptDetails(HttpServletRequest request) {
        super(request.getRemoteAddr(), null);
    }
}
