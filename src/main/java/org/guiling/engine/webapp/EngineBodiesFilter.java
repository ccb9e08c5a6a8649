package org.guiling.engine.webapp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.guiling.engine.refusal.EngineProblem;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads what is sent to the engine's REST before the engine does. A query has the properties that are on the list
 * ({@code engine/query-properties.txt}), at any depth; no other request names a property that the engine evaluates as an
 * expression. The engine gets what was understood here, written anew: what one reader takes for a comment or a second
 * value of a key, the other never sees.
 *
 * <p>The engine itself looks at expressions of a query only at the top, not within {@code orQueries}.
 */
public class EngineBodiesFilter extends OncePerRequestFilter {

    private static final String EXPRESSION = "expression";
    private static final String REFUSAL = "InvalidRequestException";
    private static final int DEEPEST = 32;

    private static final Pattern QUERY = Pattern.compile(EngineCallsFilter.ENGINE
            + "/(?:filter/[^/]+/(?:list|singleResult|count)"
            + "|(?:history/)?(?:task|process-instance|execution|variable-instance|job|external-task|case-instance"
            + "|case-execution|batch|incident|activity-instance|case-activity-instance|detail|job-log|external-task-log"
            + "|decision-instance|identity-link-log|event-subscription|user-operation)(?:/count|/query(?:/count)?)?)");

    private final Set<String> properties = listed();
    private final ObjectMapper strict;
    private final BinaryOperator<String> texts;
    private final Refused refused;

    /** Hears of each request that is refused, before the person does. */
    @FunctionalInterface
    public interface Refused {

        /** @param property what may not be there; null where the request cannot be read */
        void refused(HttpServletRequest request, String property);
    }

    /** @param texts what a person reads for the code of a refusal and the property that it is about */
    public EngineBodiesFilter(BinaryOperator<String> texts, Refused refused) {
        this.texts = texts;
        this.refused = refused;
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .build();
        strict = JsonMapper.builder(factory)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isQuery = isQuery(request);
        Optional<String> parameter = unlistedParameter(request, isQuery);
        if (parameter.isPresent()) {
            refuse(request, response, parameter.get());
        } else if (isMultipart(request) && !isQuery) {
            chain.doFilter(request, response);
        } else {
            byte[] body = request.getInputStream().readAllBytes();
            if (StringUtils.hasText(new String(body, StandardCharsets.UTF_8))) {
                withBody(request, response, chain, body, isQuery);
            } else {
                chain.doFilter(new ReadRequest(request, body), response);
            }
        }
    }

    private void withBody(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, byte[] body, boolean isQuery)
            throws ServletException, IOException {
        JsonNode content;
        try {
            content = strict.readTree(body);
        } catch (JsonProcessingException e) {
            refuse(request, response, null);
            return;
        }
        Optional<String> property = unlisted(content, isQuery);
        if (property.isPresent()) {
            refuse(request, response, property.get());
        } else {
            chain.doFilter(new ReadRequest(request, strict.writeValueAsBytes(content)), response);
        }
    }

    private static boolean isQuery(HttpServletRequest request) {
        // As it was sent: what is written in another way is refused by Spring Security's firewall.
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return QUERY.matcher(path).matches();
    }

    /** Files of a model, or of a variable: for administrators of the engine alone. */
    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
    }

    private Optional<String> unlistedParameter(HttpServletRequest request, boolean isQuery) {
        if (request.getQueryString() == null) {
            return Optional.empty();
        }
        return Arrays.stream(request.getQueryString().split("&"))
                .map(parameter -> parameter.split("=", 2)[0])
                .filter(name -> !name.isEmpty())
                .map(EngineBodiesFilter::decoded)
                .filter(name -> !isListed(name, isQuery))
                .findFirst();
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name + EXPRESSION;
        }
    }

    private Optional<String> unlisted(JsonNode content, boolean isQuery) {
        for (Map.Entry<String, JsonNode> field : content.properties()) {
            if (!isListed(field.getKey(), isQuery)) {
                return Optional.of(field.getKey());
            }
        }
        for (JsonNode part : content) {
            Optional<String> property = unlisted(part, isQuery);
            if (property.isPresent()) {
                return property;
            }
        }
        return Optional.empty();
    }

    private boolean isListed(String property, boolean isQuery) {
        return isQuery
                ? properties.contains(property)
                : !property.toLowerCase(Locale.ROOT).contains(EXPRESSION);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String property) throws IOException {
        refused.refused(request, property);
        String code = property == null ? "refusal.body-unreadable" : "refusal.query-property";
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        strict.writeValue(response.getOutputStream(), EngineProblem.of(REFUSAL, texts.apply(code, property)));
    }

    private static Set<String> listed() {
        try (InputStream list = EngineBodiesFilter.class.getResourceAsStream("/engine/query-properties.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
