package org.guiling.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Adds the security headers to every answer, Camunda's web apps and their REST included. Headers that Spring Security
 * or Camunda set themselves replace ours.
 */
public class SecurityHeaders extends OncePerRequestFilter {

    static final String POLICY = "Content-Security-Policy";

    /** Of whatever is no page, such as what scripts ask for: nothing of it is run, loaded or framed. */
    static final String NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            POLICY,
            NOTHING,
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private static final String ONE_YEAR = "max-age=31536000 ; includeSubDomains";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HEADERS.forEach(response::setHeader);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", ONE_YEAR);
        }
        chain.doFilter(request, new HttpServletResponseWrapper(response) {
            /** One policy: that of whoever knows more of the answer, in place of ours. */
            @Override
            public void addHeader(String name, String value) {
                if (POLICY.equalsIgnoreCase(name)) {
                    super.setHeader(name, value);
                } else {
                    super.addHeader(name, value);
                }
            }

            @Override
            public void setContentType(String type) {
                super.setContentType(type == null ? null : named(type));
            }
        });
    }

    /** Spring serves files without it; all of ours, and Camunda's, are UTF-8. JSON is by itself (RFC 8259, 8.1). */
    private static String named(String type) {
        boolean text = type.startsWith("text/") || type.endsWith("+xml") || type.endsWith("/xml");
        return text && type.indexOf(';') < 0 ? type + ";charset=UTF-8" : type;
    }
}
