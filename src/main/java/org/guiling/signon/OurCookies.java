package org.guiling.signon;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Names the application's own cookies and sets their paths. With the prefix {@code __Host-} a browser takes a cookie by
 * TLS alone, for this host and for all of its paths: no neighbour below the same domain can plant one.
 */
@Component
public class OurCookies {

    private static final String HOST = "__Host-";

    private final String prefix;
    private final boolean secure;

    public OurCookies(
            @Value("${guiling.cookies.prefix:}") String prefix,
            @Value("${server.servlet.session.cookie.secure:false}") boolean secure) {
        this.prefix = prefix;
        this.secure = secure;
    }

    public String named(String name) {
        return prefix + name;
    }

    /** @param below within the application, such as {@code /login/}; the prefix asks for the root of the host instead */
    public String path(HttpServletRequest request, String below) {
        return prefix.equals(HOST) ? "/" : request.getContextPath() + below;
    }

    public boolean isSecure() {
        return secure;
    }

    /** Sets one that no script reads, or takes it away where it is to be remembered for no time. */
    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            String name,
            String below,
            String value,
            Duration remembered) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(named(name), value)
                        .path(path(request, below))
                        .maxAge(remembered)
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite("Lax")
                        .build()
                        .toString());
    }
}
