package org.guiling.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.Base64;
import org.guiling.signon.OurCookies;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
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
    private static final String PARAMETER = "_csrf";

    /** More than the 122 random bits of a UUID. */
    private static final int BYTES = 18;

    private final SecureRandom random = new SecureRandom();

    private final HttpSessionCsrfTokenRepository ofSessions = new HttpSessionCsrfTokenRepository();
    private final CookieCsrfTokenRepository ofVisitors = new CookieCsrfTokenRepository();

    CsrfTokens(OurCookies cookies) {
        ofVisitors.setCookieName(cookies.named(COOKIE));
        ofVisitors.setHeaderName(HEADER);
        ofVisitors.setCookieCustomizer(
                cookie -> cookie.httpOnly(true).sameSite("Lax").secure(cookies.isSecure()));
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new DefaultCsrfToken(
                HEADER, PARAMETER, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
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
