package org.guiling.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Believes what the office's own reverse proxies say of a request, and nobody else: {@code X-Forwarded-For}, from the
 * right, up to the first address that is none of theirs, and {@code X-Forwarded-Proto}. Every other header of this kind
 * goes unread, from whomever it comes: a proxy that does not know it passes on what a client made up.
 */
public class Proxies extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(Proxies.class);

    private static final String FOR = "x-forwarded-for";
    private static final String PROTO = "x-forwarded-proto";
    private static final Set<String> HIDDEN = Set.of("forwarded", "x-real-ip");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final List<IpAddressMatcher> proxies;
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param proxies addresses, or networks in CIDR notation */
    public Proxies(List<String> proxies) {
        this.proxies =
                proxies.stream().map(String::strip).map(IpAddressMatcher::new).toList();
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isProxy(request.getRemoteAddr())) {
            chain.doFilter(new Request(request, client(request), scheme(request)), response);
        } else {
            if (request.getHeader(FOR) != null && told.compareAndSet(false, true)) {
                log.warn(
                        "X-Forwarded-For from {} is not believed: it is none of guiling.requests.proxies",
                        request.getRemoteAddr());
            }
            chain.doFilter(new Request(request, request.getRemoteAddr(), request.getScheme()), response);
        }
    }

    private boolean isProxy(String address) {
        return proxies.stream().anyMatch(proxy -> matches(proxy, address));
    }

    private static boolean matches(IpAddressMatcher proxy, String address) {
        try {
            return proxy.matches(address);
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /** The last address that one of the proxies saw and that is no proxy itself; the peer's, where that is none of them. */
    public String client(HttpServletRequest request) {
        if (!isProxy(request.getRemoteAddr())) {
            return request.getRemoteAddr();
        }
        List<String> path = Collections.list(request.getHeaders(FOR)).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(Proxies::address)
                .collect(Collectors.toList());
        Collections.reverse(path);
        String client = request.getRemoteAddr();
        for (String hop : path) {
            if (hop.isEmpty()) {
                return client;
            }
            client = hop;
            if (!isProxy(hop)) {
                return client;
            }
        }
        return client;
    }

    /** Without port and brackets; empty for what is no address. */
    private static String address(String hop) {
        String plain = hop.strip();
        if (plain.startsWith("[")) {
            plain = plain.substring(1).replaceFirst("].*", "");
        } else if (plain.matches("[0-9.]+:[0-9]+")) {
            plain = plain.substring(0, plain.indexOf(':'));
        }
        return plain.matches("[0-9a-fA-F:.]{2,45}") ? plain : "";
    }

    private static String scheme(HttpServletRequest request) {
        String header = request.getHeader(PROTO);
        String first = header == null ? "" : header.split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Set.of("http", "https").contains(first) ? first : request.getScheme();
    }

    private static final class Request extends HttpServletRequestWrapper {

        private final String client;
        private final String scheme;

        Request(HttpServletRequest request, String client, String scheme) {
            super(request);
            this.client = client;
            this.scheme = scheme;
        }

        @Override
        public String getRemoteAddr() {
            return client;
        }

        @Override
        public String getRemoteHost() {
            return client;
        }

        @Override
        public String getScheme() {
            return scheme;
        }

        @Override
        public boolean isSecure() {
            return scheme.equals("https");
        }

        /** A host without a port has the usual one of the scheme that the client spoke. */
        @Override
        public int getServerPort() {
            int port = super.getServerPort();
            if (scheme.equals(super.getScheme())) {
                return port;
            }
            return port == HTTP || port == HTTPS ? (isSecure() ? HTTPS : HTTP) : port;
        }

        @Override
        public StringBuffer getRequestURL() {
            boolean usual = getServerPort() == (isSecure() ? HTTPS : HTTP);
            return new StringBuffer(scheme)
                    .append("://")
                    .append(getServerName())
                    .append(usual ? "" : ":" + getServerPort())
                    .append(getRequestURI());
        }

        @Override
        public String getHeader(String name) {
            return isHidden(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            Stream<String> names = Collections.list(super.getHeaderNames()).stream();
            return Collections.enumeration(names.filter(name -> !isHidden(name)).toList());
        }

        private static boolean isHidden(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.startsWith("x-forwarded-") || HIDDEN.contains(lower);
        }
    }
}
