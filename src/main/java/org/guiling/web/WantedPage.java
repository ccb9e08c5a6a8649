package org.guiling.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Remembers which page somebody came for who has to sign on first: its path, in a cookie of their own browser. Whatever
 * the cookie holds when it comes back, it leads to a page of ours.
 */
@Component
class WantedPage implements RequestCache {

    static final String COOKIE = "guiling-wanted";

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int LONGEST = 2_000;

    /** Path and query of RFC 3986, nothing else: no host, no backslash, no control character, no braces. */
    private static final Pattern ADDRESS = Pattern.compile(
            "/(?:[\\w.~!$&'()*+,=:@-]|%\\p{XDigit}{2}|/(?!/))*(?:\\?(?:[\\w.~!$&'()*+,;=:@/?-]|%\\p{XDigit}{2})*)?");

    /** What decodes to a slash, a backslash or a control character. */
    private static final Pattern DISGUISED = Pattern.compile("%(?:2f|5c|7f|[01]\\p{XDigit})", Pattern.CASE_INSENSITIVE);

    /** What scripts of a page ask for is no place to come back to. */
    private static final RequestMatcher PAGES = new OrRequestMatcher(
            SecurityConfiguration.path("/api/docs"),
            new NegatedRequestMatcher(new OrRequestMatcher(
                    SecurityConfiguration.path("/api/**"), SecurityConfiguration.path("/camunda/api/**"))));

    private final boolean secure;

    WantedPage(@Value("${server.servlet.session.cookie.secure:false}") boolean secure) {
        this.secure = secure;
    }

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        String query = request.getQueryString();
        String address =
                request.getRequestURI().substring(request.getContextPath().length())
                        + (query == null ? "" : "?" + query);
        if (isNavigation(request) && isOurs(address)) {
            write(
                    request,
                    response,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(address.getBytes(US_ASCII)),
                    REMEMBERED);
        }
    }

    private static boolean isNavigation(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET")
                && accept != null
                && accept.contains("text/html")
                && request.getHeader("X-Requested-With") == null
                && PAGES.matches(request);
    }

    /** Where to go after the sign-on; told once. Null where nothing was remembered. */
    @Override
    public SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> wanted = wanted(request);
        if (wanted.isPresent()) {
            removeRequest(request, response);
        }
        return wanted.map(SimpleSavedRequest::new).orElse(null);
    }

    private static Optional<String> wanted(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null || cookie.getValue() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(cookie.getValue()), US_ASCII))
                    .filter(WantedPage::isOurs);
        } catch (IllegalArgumentException notOfOurs) {
            return Optional.empty();
        }
    }

    /** Whether it is a path of this application and nothing that a browser could take for another host's address. */
    static boolean isOurs(String address) {
        return address.length() <= LONGEST
                && !address.startsWith("//")
                && ADDRESS.matcher(address).matches()
                && !DISGUISED.matcher(address.split("\\?", 2)[0]).find();
    }

    /** No request is sent again in somebody's name: they are led to the page, which asks anew. */
    @Override
    public HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
        write(request, response, "", Duration.ZERO);
    }

    private void write(HttpServletRequest request, HttpServletResponse response, String value, Duration remembered) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, value)
                        .path(request.getContextPath() + "/")
                        .maxAge(remembered)
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite("Lax")
                        .build()
                        .toString());
    }
}
