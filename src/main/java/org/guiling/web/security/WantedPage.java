package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.guiling.signon.OurCookies;
import org.springframework.http.HttpHeaders;
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
public class WantedPage implements RequestCache {

    public static final String COOKIE = "guiling-wanted";

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int LONGEST = 2_000;

    /** Path and query of RFC 3986, nothing else: no host, no backslash, no control character, no braces. */
    private static final Pattern ADDRESS = Pattern.compile(
            "/(?:[\\w.~!$&'()*+,=:@-]|%\\p{XDigit}{2}|/(?!/))*(?:\\?(?:[\\w.~!$&'()*+,;=:@/?-]|%\\p{XDigit}{2})*)?");

    /** Escapes of a slash, a backslash or a control character. */
    private static final Pattern DISGUISED = Pattern.compile("%(?:2f|5c|7f|[01]\\p{XDigit})", Pattern.CASE_INSENSITIVE);

    /** Matches pages, to which people can come back, and not the requests of their scripts. */
    private static final RequestMatcher PAGES = new OrRequestMatcher(
            SecurityConfiguration.path("/api/docs"),
            new NegatedRequestMatcher(new OrRequestMatcher(
                    SecurityConfiguration.path("/api/**"),
                    SecurityConfiguration.path("/camunda/api/**"),
                    SecurityConfiguration.path("/oauth2/**"))));

    private final OurCookies cookies;

    WantedPage(OurCookies cookies) {
        this.cookies = cookies;
    }

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        String query = request.getQueryString();
        String address =
                request.getRequestURI().substring(request.getContextPath().length())
                        + (query == null ? "" : "?" + query);
        if (isNavigation(request) && isOurs(address)) {
            save(address, request, response);
        }
    }

    private void save(String address, HttpServletRequest request, HttpServletResponse response) {
        cookies.write(
                request,
                response,
                COOKIE,
                "/",
                Base64.getUrlEncoder().withoutPadding().encodeToString(address.getBytes(US_ASCII)),
                REMEMBERED);
    }

    /** The page whose form was sent, which is not sent again: it is opened once more, with what the browser has kept of it. */
    void savePageOfForm(HttpServletRequest request, HttpServletResponse response) {
        if (!isAsked(request)) {
            return;
        }
        String address = pageOfForm(request);
        if (address != null && isOurs(address)) {
            save(address, request, response);
        }
    }

    /** By the browser's word for it, where that names this host; null where it does not. */
    private static String pageOfForm(HttpServletRequest request) {
        try {
            URI page = URI.create(String.valueOf(request.getHeader(HttpHeaders.REFERER)));
            String path = page.getRawPath();
            if (path == null
                    || !String.valueOf(page.getRawAuthority()).equals(request.getHeader(HttpHeaders.HOST))
                    || !path.startsWith(request.getContextPath() + "/")) {
                return null;
            }
            return path.substring(request.getContextPath().length())
                    + (page.getRawQuery() == null ? "" : "?" + page.getRawQuery());
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    private static boolean isNavigation(HttpServletRequest request) {
        return request.getMethod().equals("GET") && isAsked(request);
    }

    /** True where a person wants to see what is answered, and no script. */
    private static boolean isAsked(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null
                && accept.contains("text/html")
                && request.getHeader("X-Requested-With") == null
                && PAGES.matches(request);
    }

    /** The page to go to after the sign-on, once only. Null where none was remembered. */
    @Override
    public SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> wanted = wanted(request);
        if (wanted.isPresent()) {
            removeRequest(request, response);
        }
        return wanted.map(SimpleSavedRequest::new).orElse(null);
    }

    private Optional<String> wanted(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, cookies.named(COOKIE));
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

    /** True where it is a path of this application and nothing that a browser could take for another host's address. */
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
        cookies.write(request, response, COOKIE, "/", "", Duration.ZERO);
    }
}
