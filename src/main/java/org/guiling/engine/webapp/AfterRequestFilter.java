package org.guiling.engine.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Does something when a request has been worked on, however it ended: its transactions are over and it holds no
 * connection any more.
 */
public class AfterRequestFilter extends OncePerRequestFilter {

    private final Consumer<HttpServletRequest> work;

    public AfterRequestFilter(Consumer<HttpServletRequest> work) {
        this.work = work;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return "GET".equals(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } finally {
            work.accept(request);
        }
    }
}
