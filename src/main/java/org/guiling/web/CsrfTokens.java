package org.guiling.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * Keeps the token that a form brings back. Of a session it is in the session; whoever has none yet keeps it in a cookie
 * that no script and no foreign page's form sends (double submit), so that the login form costs the server nothing.
 */
@Component
class CsrfTokens implements CsrfTokenRepository {

    private static final String COOKIE = "guiling-csrf";
    private static final String HEADER = "X-CSRF-TOKEN";

    private final HttpSessionCsrfTokenRepository ofSessions = new HttpSessionCsrfTokenRepository();
    private final CookieCsrfTokenRepository ofVisitors = new CookieCsrfTokenRepository();

    CsrfTokens(@Value("${server.servlet.session.cookie.secure:false}") boolean secure) {
        ofVisitors.setCookieName(COOKIE);
        ofVisitors.setHeaderName(HEADER);
        ofVisitors.setCookieCustomizer(
                cookie -> cookie.httpOnly(true).sameSite("Lax").secure(secure));
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return ofSessions.generateToken(request);
    }

    @Override
    public void saveToken(CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (hasSession(request)) {
            ofSessions.saveToken(token, request, response);
        } else {
            ofVisitors.saveToken(token, request, response);
        }
    }

    /** Never the cookie's where there is a session: who plants a cookie has no token of somebody signed on. */
    @Override
    public CsrfToken loadToken(HttpServletRequest request) {
        return hasSession(request) ? ofSessions.loadToken(request) : ofVisitors.loadToken(request);
    }

    private static boolean hasSession(HttpServletRequest request) {
        return request.getSession(false) != null;
    }
}
