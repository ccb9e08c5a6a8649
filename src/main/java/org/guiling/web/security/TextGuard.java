package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.guiling.database.Hindrance;
import org.guiling.engine.refusal.Faults;
import org.guiling.engine.webapp.ReadRequest;
import org.guiling.text.Characters;
import org.guiling.text.UnreadableTextException;
import org.guiling.web.support.GivenTwiceException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * The one place where every text comes by that somebody sends: parameters of queries and forms, names of uploads, each
 * string and each name of a JSON document, the path. What has a character that no text may have is 400 with the field's
 * name, before a controller, the engine or the database sees it. Nothing is read here before somebody asks for it, so
 * nothing of a stranger is.
 */
public class TextGuard extends OncePerRequestFilter {

    private static final JsonFactory JSON = new JsonFactory();

    private final SecurityProblems problems;
    private final RefusedRequests refusedRequests;

    public TextGuard(SecurityProblems problems, RefusedRequests refusedRequests) {
        this.problems = problems;
        this.refusedRequests = refusedRequests;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            if (isDisguised(request)) {
                refusedRequests.input(request, "PATH");
                problems.malformed(request, response);
                return;
            }
            requireReadablePath(request);
            requireReadableQuery(request.getQueryString());
            if (request.getPathInfo() != null) {
                // Camunda's REST takes the first of several, and has no parameter with several.
                counted(request.getQueryString()).forEach((name, count) -> requireOnce(name, count == 1));
            }
            chain.doFilter(new Guarded(request, readableType(request)), response);
        } catch (GivenTwiceException twice) {
            refusedRequests.input(request, "TWICE");
            problems.givenTwice(request, response, twice);
        } catch (IOException | ServletException | RuntimeException e) {
            UnreadableTextException unreadable = Faults.unreadableText(e).orElse(null);
            HttpStatus notWaitedFor = BodyPace.refused(request);
            if (response.isCommitted() || notWaitedFor == null && unreadable == null) {
                throw e;
            }
            if (notWaitedFor == null) {
                refusedRequests.input(request, "CHARACTERS");
                problems.unreadable(request, response, unreadable);
            } else {
                problems.notWaitedFor(request, response, notWaitedFor);
            }
        } catch (UnsupportedTypeException e) {
            problems.unsupported(request, response);
        }
    }

    /** A path to Camunda's servlets has one way of writing it, since filters before them look at it. */
    private static boolean isDisguised(HttpServletRequest request) {
        return request.getPathInfo() != null
                && !request.getRequestURI().startsWith(request.getContextPath() + request.getServletPath() + "/");
    }

    private static void requireReadablePath(HttpServletRequest request) {
        try {
            if (!Characters.areAllowed(UriUtils.decode(request.getRequestURI(), UTF_8))) {
                throw new UnreadableTextException("path");
            }
        } catch (IllegalArgumentException e) {
            throw new UnreadableTextException("path");
        }
    }

    /** Camunda's REST reads the query by itself. What cannot be decoded is refused too: the container would drop it. */
    private static void requireReadableQuery(String query) {
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            String name = parameter.substring(0, Math.max(parameter.indexOf('='), 0));
            try {
                readable(UriUtils.decode(parameter, UTF_8), name);
            } catch (IllegalArgumentException e) {
                throw new UnreadableTextException(name);
            }
        }
    }

    /** Number of occurrences of each name in the query. */
    private static Map<String, Integer> counted(String query) {
        Map<String, Integer> counts = new HashMap<>();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            String name = parameter.contains("=") ? parameter.substring(0, parameter.indexOf('=')) : parameter;
            counts.merge(UriUtils.decode(name.replace('+', ' '), UTF_8), 1, Integer::sum);
        }
        return counts;
    }

    private static void requireOnce(String name, boolean once) {
        if (!once) {
            throw new GivenTwiceException(name);
        }
    }

    /** The type of the body, null where none is named; one that nobody can read is said to be so once for all. */
    private static MediaType readableType(HttpServletRequest request) throws UnsupportedTypeException {
        String type = request.getContentType();
        if (type == null || type.isBlank()) {
            return null;
        }
        try {
            MediaType read = MediaType.parseMediaType(type);
            // JSON is UTF-8, and what else Jackson recognizes by its first bytes (RFC 8259, 8.1).
            boolean known = read.getCharset() == null
                    || read.getCharset().name().toUpperCase(Locale.ROOT).startsWith("UTF-")
                    || !isJson(read);
            if (read.isWildcardType() || read.isWildcardSubtype() || !known) {
                throw new UnsupportedTypeException();
            }
            return read;
        } catch (IllegalArgumentException e) {
            throw new UnsupportedTypeException();
        }
    }

    private static boolean isJson(MediaType type) {
        return type != null
                && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
    }

    private static void requireReadable(byte[] document) throws IOException {
        try (JsonParser parser = JSON.createParser(document)) {
            String field = "body";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    field = readable(parser.currentName(), "body");
                } else if (token == JsonToken.VALUE_STRING) {
                    readable(parser.getText(), field);
                }
            }
        } catch (JsonProcessingException e) {
            // Whoever the document is for reads it by the same library and says what is wrong with it.
        }
    }

    private static String readable(String text, String field) {
        if (!Characters.areAllowed(text)) {
            throw new UnreadableTextException(field);
        }
        return text;
    }

    /** Nothing reads a body of this type. */
    private static final class UnsupportedTypeException extends Exception {}

    private static final class Guarded extends HttpServletRequestWrapper {

        private final MediaType type;
        private boolean parametersRead;
        private byte[] document;

        Guarded(HttpServletRequest request, MediaType type) {
            super(request);
            this.type = type;
        }

        @Override
        public String getParameter(String name) {
            readParameters();
            return super.getParameter(name);
        }

        @Override
        public String[] getParameterValues(String name) {
            readParameters();
            return super.getParameterValues(name);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            readParameters();
            return super.getParameterMap();
        }

        @Override
        public Enumeration<String> getParameterNames() {
            readParameters();
            return super.getParameterNames();
        }

        @Override
        public Collection<Part> getParts() throws IOException, ServletException {
            Collection<Part> parts = super.getParts();
            for (Part part : parts) {
                readable(part.getName(), "body");
                readable(part.getSubmittedFileName(), String.valueOf(part.getName()));
            }
            return parts;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return isJson(type) ? readDocument().getInputStream() : super.getInputStream();
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return isJson(type) ? readDocument().getReader() : super.getReader();
        }

        private void readParameters() {
            // An error page is about a request that is refused already, whose body may never have come.
            if (!parametersRead && getDispatcherType() != DispatcherType.ERROR) {
                parametersRead = true;
                Map<String, Integer> inQuery = counted(getQueryString());
                super.getParameterMap().forEach((name, values) -> {
                    readable(name, "parameter");
                    // Either in the address or in the body: who looks at one of them only is not led astray.
                    requireOnce(name, !inQuery.containsKey(name) || inQuery.get(name) >= values.length);
                    for (String value : values) {
                        readable(value, name);
                    }
                });
                // The container drops what it cannot decode, and all beyond its limits, without a word.
                if (getAttribute("org.apache.catalina.parameter_parse_failed") != null) {
                    requireStored();
                    throw new UnreadableTextException("body");
                }
            }
        }

        /** Tells once more of what is no fault of the sender's, such as a full disk, when the parts are asked for. */
        private void requireStored() {
            if (MediaType.MULTIPART_FORM_DATA.includes(type)) {
                try {
                    super.getParts();
                } catch (IOException e) {
                    if (Hindrance.of(e).isPresent()) {
                        throw new UncheckedIOException(e);
                    }
                } catch (ServletException | IllegalStateException e) {
                    throw new UnreadableTextException("body");
                }
            }
        }

        private ReadRequest readDocument() throws IOException {
            return new ReadRequest((HttpServletRequest) getRequest(), document());
        }

        /** As large as {@link RequestLimit} lets it be. */
        private byte[] document() throws IOException {
            if (document == null) {
                document = super.getInputStream().readAllBytes();
                requireReadable(document);
            }
            return document;
        }
    }
}
