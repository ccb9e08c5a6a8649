package org.guiling.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a body by its announced length; one that announces none ends where the limit is. Without it the search for the
 * CSRF token would swallow an upload's error, and nobody would count what comes as JSON. Evidence may be larger than other
 * uploads, for those who prove themselves in a header: to look for the token in a form means to receive all of it first. A redirect has its limit too, since it repeats what was sent.
 */
public class RequestLimit extends OncePerRequestFilter {

    private static final RequestMatcher EVIDENCE = new OrRequestMatcher(
            SecurityConfiguration.path("/api/items/{itemNo}/evidence"),
            SecurityConfiguration.path("/api/items/{itemNo}/evidence/{id}/versions"));

    /** In characters: half of what the container lets all headers of an answer have. */
    private static final int LONGEST_REDIRECT = 4000;

    private final DataSize largestEvidence;
    private final DataSize largestUpload;
    private final DataSize largestBody;
    private final SecurityProblems problems;

    /**
     * @param largestEvidence of evidence, which the container counts itself while it reads
     * @param largestUpload of any other {@code multipart/form-data}
     * @param largestBody of everything else
     */
    public RequestLimit(
            DataSize largestEvidence, DataSize largestUpload, DataSize largestBody, SecurityProblems problems) {
        this.largestEvidence = largestEvidence;
        this.largestUpload = largestUpload;
        this.largestBody = largestBody;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Redirecting answer = new Redirecting(request, response);
        String type = request.getContentType();
        boolean upload = type != null && type.startsWith("multipart/");
        boolean evidence = upload && EVIDENCE.matches(request) && provesItself(request);
        DataSize limit = evidence ? largestEvidence : upload ? largestUpload : largestBody;
        if (request.getContentLengthLong() > limit.toBytes()) {
            problems.tooLarge(request, response, limit, upload);
        } else if (request.getContentLengthLong() < 0 && upload && !evidence) {
            // The container would count up to what evidence may have.
            problems.lengthMissing(request, response);
        } else if (request.getContentLengthLong() < 0) {
            chain.doFilter(new Counted(request, limit.toBytes()), answer);
        } else {
            chain.doFilter(request, answer);
        }
    }

    /** Spring Security asks for the truth of it, without a look at the body. */
    private static boolean provesItself(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null || request.getHeader("X-CSRF-TOKEN") != null;
    }

    /** Says so where a redirect would be longer than any answer may be, or any request that follows it. */
    private final class Redirecting extends HttpServletResponseWrapper {

        private final HttpServletRequest request;

        Redirecting(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            if (location.length() > LONGEST_REDIRECT) {
                problems.redirectTooLong(request, (HttpServletResponse) getResponse());
            } else {
                super.sendRedirect(location);
            }
        }
    }

    private static final class Counted extends HttpServletRequestWrapper {

        private final long limit;

        Counted(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new CountedStream(super.getInputStream(), limit);
        }
    }

    private static final class CountedStream extends ServletInputStream {

        private final ServletInputStream content;
        private long left;

        CountedStream(ServletInputStream content, long limit) {
            this.content = content;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int next = content.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = content.read(into, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        @Override
        public boolean isFinished() {
            return content.isFinished();
        }

        @Override
        public boolean isReady() {
            return content.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            content.setReadListener(listener);
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new IOException("The request is larger than it may be.");
            }
        }
    }
}
