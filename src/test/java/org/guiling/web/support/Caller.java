package org.guiling.web.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Calls the application as a browser or a script would: real port, own cookies, no redirects followed. */
public final class Caller {

    private static final String PASSWORD = "guiling-demo";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final CookieManager cookies = new OverTls();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Caller(int port) {
        base = "http://127.0.0.1:" + port;
    }

    public static Caller anonymous(int port) {
        return new Caller(port);
    }

    /** Sends account and password with every request. */
    public static Caller script(int port, String user) {
        return script(port, user, PASSWORD);
    }

    public static Caller script(int port, String user, String password) {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return new Caller(port).with("Authorization", "Basic " + credentials);
    }

    /** Signs on by the login page and keeps the session. */
    public static Caller browser(int port, String user) {
        return browser(port, user, PASSWORD);
    }

    public static Caller browser(int port, String user, String password) {
        Caller caller = visitor(port);
        assertThat(caller.signOn(user, password)).isEqualTo("/");
        return caller;
    }

    /** A session that calls Camunda's REST as the web apps do. */
    public static Caller webApp(int port, String user) {
        return browser(port, user).inWebApps();
    }

    /** From here on calls Camunda's REST as the web apps do, with the token against forged requests. */
    public Caller inWebApps() {
        with("Accept", "application/json");
        String token = get("/camunda/api/engine/engine/default/task/count")
                .headers()
                .firstValue("X-XSRF-TOKEN")
                .orElseThrow();
        return with("X-XSRF-TOKEN", token);
    }

    /** A browser in which nobody is signed on. */
    public static Caller visitor(int port) {
        return new Caller(port).with("Accept", "text/html").with("Sec-Fetch-Mode", "navigate");
    }

    /** Sends a personal access token with every request. */
    public static Caller bearer(int port, String token) {
        return new Caller(port).with("Authorization", "Bearer " + token);
    }

    /** Fills in the login page; tells where that leads. */
    public String signOn(String user, String password) {
        return location(submit("/login", csrf("/login"), Map.of("username", user, "password", password)));
    }

    /** The path that a response leads to; empty where it leads nowhere. */
    public String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElse("").replace(base, "");
    }

    public Caller with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Caller inEnglish() {
        return with("Accept-Language", "en");
    }

    /** The token in the forms of a page. */
    public String csrf(String page) {
        Matcher token = CSRF.matcher(get(page).body());
        assertThat(token.find()).as("token in %s", page).isTrue();
        return token.group(1);
    }

    /** The cookie's value, with or without the prefix of production; empty where the application has set none. */
    public Optional<String> cookie(String name) {
        return found(name).map(HttpCookie::getValue);
    }

    /** The session's as it stands in the header of a request. */
    public String sessionCookie() {
        HttpCookie cookie = found("JSESSIONID").orElseThrow();
        return cookie.getName() + "=" + cookie.getValue();
    }

    private Optional<HttpCookie> found(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie ->
                        cookie.getName().equals(name) || cookie.getName().equals("__Host-" + name))
                .findFirst();
    }

    /** Gives the browser a cookie, as somebody with a foot in its network might. */
    public void plant(String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create(base), cookie);
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, null, BodyPublishers.noBody());
    }

    public HttpResponse<byte[]> download(String path) {
        return exchange(request("GET", path, null, BodyPublishers.noBody()), BodyHandlers.ofByteArray());
    }

    public HttpResponse<String> delete(String path) {
        return send("DELETE", path, null, BodyPublishers.noBody());
    }

    public HttpResponse<String> post(String path) {
        return send("POST", path, null, BodyPublishers.noBody());
    }

    public HttpResponse<String> post(String path, Map<String, Object> fields) {
        try {
            return post(path, JSON.writeValueAsString(fields));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> put(String path, Map<String, Object> fields) {
        try {
            return send("PUT", path, "application/json", BodyPublishers.ofString(JSON.writeValueAsString(fields)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> post(String path, String json) {
        return send("POST", path, "application/json", BodyPublishers.ofString(json));
    }

    public HttpResponse<String> submit(String path, String csrf, Map<String, String> fields) {
        MultiValueMap<String, String> single = new LinkedMultiValueMap<>();
        single.setAll(fields);
        return submit(path, csrf, single);
    }

    /** Sends inputs that may have several values. */
    public HttpResponse<String> submit(String path, String csrf, MultiValueMap<String, String> fields) {
        String form = fields.entrySet().stream()
                .flatMap(field ->
                        field.getValue().stream().map(value -> field.getKey() + "=" + URLEncoder.encode(value, UTF_8)))
                .collect(Collectors.joining("&", "_csrf=" + URLEncoder.encode(csrf, UTF_8) + "&", ""));
        return send("POST", path, "application/x-www-form-urlencoded", BodyPublishers.ofString(form));
    }

    public HttpResponse<String> upload(String path, String fileName, byte[] content, Map<String, String> fields) {
        return upload(path, List.of(Map.entry(fileName, content)), fields);
    }

    /** Sends several files, each with its name. */
    public HttpResponse<String> upload(String path, List<Map.Entry<String, byte[]>> files, Map<String, String> fields) {
        String boundary = "boundary-of-the-test";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach(
                (name, value) -> body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(boundary, name, value)
                        .getBytes(UTF_8)));
        files.forEach(file -> {
            body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
                    .formatted(boundary, file.getKey())
                    .getBytes(UTF_8));
            body.writeBytes(file.getValue());
            body.writeBytes("\r\n".getBytes(UTF_8));
        });
        body.writeBytes("--%s--\r\n".formatted(boundary).getBytes(UTF_8));
        return send(
                "POST",
                path,
                "multipart/form-data; boundary=" + boundary,
                BodyPublishers.ofByteArray(body.toByteArray()));
    }

    public HttpResponse<String> send(String method, String path, String contentType, BodyPublisher body) {
        return exchange(request(method, path, contentType, body), BodyHandlers.ofString(UTF_8));
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    /** The problem document of a refusal with the status. */
    public static JsonNode problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asText()).isNotEmpty();
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.path("errors").isArray()).isTrue();
        assertThat(response.body()).doesNotContain("Exception", "org.guiling");
        return problem;
    }

    /** The answer that was asked for. */
    public static JsonNode answer(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body().isEmpty() ? null : json(response);
    }

    /** Keeps a {@code Secure} cookie as a browser does whose proxy speaks TLS: here is no proxy. */
    private static final class OverTls extends CookieManager {

        @Override
        public void put(URI from, Map<String, List<String>> responseHeaders) throws IOException {
            super.put(from, responseHeaders);
            getCookieStore().getCookies().forEach(cookie -> cookie.setSecure(false));
        }
    }

    private HttpRequest request(String method, String path, String contentType, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
        headers.forEach(request::header);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return request.build();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
