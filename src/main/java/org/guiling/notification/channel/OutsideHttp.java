package org.guiling.notification.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.guiling.notification.UndeliverableException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Calls services that are not ours: with time limits, without following redirects (a message and its credentials go where
 * the operator said and nowhere else), and without ever letting a URL, which may hold a key, into an error.
 */
@Component
class OutsideHttp {

    private static final int LARGEST_ANSWER = 64 * 1024;

    private final RestClient client;
    private final ObjectMapper json;

    OutsideHttp(Timeouts timeouts, ObjectMapper json) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeouts.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(timeouts.read());
        this.client = RestClient.builder().requestFactory(requests).build();
        this.json = json;
    }

    /**
     * The longest times that a service may take.
     *
     * @param connect until it accepts the call
     * @param read until it has answered
     */
    @ConfigurationProperties("guiling.notification.timeouts")
    record Timeouts(
            @DefaultValue("5s") Duration connect,
            @DefaultValue("10s") Duration read) {}

    /** Posts a JSON body; whatever the answer's body is does not matter. */
    void post(URI address, byte[] body, Map<String, String> headers) {
        exchange(client.post()
                .uri(address)
                .contentType(MediaType.APPLICATION_JSON)
                .headers(target -> headers.forEach(target::set))
                .body(body));
    }

    /** Posts a JSON body and reads the JSON answer. */
    JsonNode post(URI address, Map<String, Object> body) {
        return read(exchange(client.post()
                .uri(address)
                .contentType(MediaType.APPLICATION_JSON)
                .body(write(body))));
    }

    JsonNode get(URI address) {
        return read(exchange(client.get().uri(address)));
    }

    byte[] write(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] exchange(RestClient.RequestHeadersSpec<?> request) {
        try {
            return request.exchange((sent, answer) -> body(answer));
        } catch (RestClientException failure) {
            throw UndeliverableException.of(failure);
        }
    }

    /** A redirect is as little a success as an error is. */
    private static byte[] body(ClientHttpResponse answer) throws IOException {
        if (!answer.getStatusCode().is2xxSuccessful()) {
            throw new UndeliverableException("HTTP " + answer.getStatusCode().value());
        }
        return answer.getBody().readNBytes(LARGEST_ANSWER);
    }

    private JsonNode read(byte[] answer) {
        try {
            JsonNode node = json.readTree(answer);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException notJson) {
            // Told below: what a proxy in between wrote is not for Cockpit.
        }
        throw new UndeliverableException("The answer is not a JSON object");
    }
}
