package org.guiling.web.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.guiling.text.Characters;
import org.guiling.text.UnreadableTextException;
import org.springframework.http.HttpMethod;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Puts the words of a search where everything looks for them, in the parameter {@code text}: from the session by the key
 * that the address has ({@link SearchWords}), or from the header in which a program sends them.
 */
public class SearchWordsFilter extends OncePerRequestFilter {

    /** The words, as UTF-8 in percent-encoding: a header has no Chinese characters. */
    public static final String HEADER = "Search-Text";

    public static final String DESCRIPTION =
            "text, as UTF-8 in percent-encoding, in place of the parameter: for names, which belong in no address";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.GET.matches(request.getMethod()) && !HttpMethod.HEAD.matches(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String words = words(request);
        if (words == null) {
            chain.doFilter(request, response);
            return;
        }
        if (StringUtils.hasText(request.getParameter(SearchWords.WORDS))) {
            throw new GivenTwiceException(SearchWords.WORDS);
        }
        chain.doFilter(new Searched(request, words), response);
    }

    private static String words(HttpServletRequest request) {
        String key = request.getParameter(SearchWords.KEY);
        String sent = request.getHeader(HEADER);
        if (sent == null) {
            return StringUtils.hasText(key) ? SearchWords.words(request.getSession(false), key) : null;
        }
        if (StringUtils.hasText(key)
                || Collections.list(request.getHeaders(HEADER)).size() > 1) {
            throw new GivenTwiceException(SearchWords.WORDS);
        }
        return decoded(sent);
    }

    private static String decoded(String sent) {
        try {
            String words = UriUtils.decode(sent, UTF_8);
            if (Characters.areAllowed(words)) {
                return words;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as what cannot be decoded in an address is.
        }
        throw new UnreadableTextException(HEADER);
    }

    private static final class Searched extends HttpServletRequestWrapper {

        private final String words;

        Searched(HttpServletRequest request, String words) {
            super(request);
            this.words = words;
        }

        @Override
        public String getParameter(String name) {
            return name.equals(SearchWords.WORDS) ? words : super.getParameter(name);
        }

        @Override
        public String[] getParameterValues(String name) {
            return name.equals(SearchWords.WORDS) ? new String[] {words} : super.getParameterValues(name);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            Map<String, String[]> parameters = new LinkedHashMap<>(super.getParameterMap());
            parameters.put(SearchWords.WORDS, new String[] {words});
            return Collections.unmodifiableMap(parameters);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(getParameterMap().keySet());
        }
    }
}
