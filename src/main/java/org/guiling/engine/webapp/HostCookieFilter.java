package org.guiling.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets Camunda's cookie against forged requests have the prefix {@code __Host-}: Camunda sets it for the path of its web
 * apps, and a browser takes a cookie of that name for the root of the host only (RFC 6265bis, section 4.1.3.2).
 */
public class HostCookieFilter extends OncePerRequestFilter {

    private static final String HOST = "__Host-";
    private static final Pattern PATH = Pattern.compile(";\\s*Path=[^;]*", Pattern.CASE_INSENSITIVE);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new HttpServletResponseWrapper(response) {
            @Override
            public void addHeader(String name, String value) {
                super.addHeader(name, mended(name, value));
            }

            @Override
            public void setHeader(String name, String value) {
                super.setHeader(name, mended(name, value));
            }
        });
    }

    private static String mended(String name, String value) {
        return name.equalsIgnoreCase(HttpHeaders.SET_COOKIE) && value != null && value.startsWith(HOST)
                ? PATH.matcher(value).replaceAll(";Path=/")
                : value;
    }
}
