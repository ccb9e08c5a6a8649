package org.guiling.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives the scripts of a web app's page the nonce of its own content security policy. Camunda hands the nonce from the
 * header to the page through an attribute of the whole servlet context, so that two people who open a page at the same
 * moment overwrite each other's, and one of them sits before a blank page whose scripts the browser refuses.
 */
public class ScriptNonceFilter extends OncePerRequestFilter {

    private static final Pattern IN_POLICY = Pattern.compile("'nonce-([^']+)'");
    private static final Pattern IN_PAGE = Pattern.compile("nonce=\"[^\"]*\"");

    /** A page, not one of the many files below it. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().endsWith("/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, buffered);
        String policy = buffered.getHeader("Content-Security-Policy");
        Matcher nonce = IN_POLICY.matcher(policy == null ? "" : policy);
        if (nonce.find()) {
            String page = new String(buffered.getContentAsByteArray(), StandardCharsets.UTF_8);
            String mended = IN_PAGE.matcher(page).replaceAll("nonce=\"" + nonce.group(1) + "\"");
            buffered.resetBuffer();
            buffered.getOutputStream().write(mended.getBytes(StandardCharsets.UTF_8));
        }
        buffered.copyBodyToResponse();
    }
}
