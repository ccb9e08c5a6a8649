package org.guiling.notification.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.guiling.notification.UndeliverableException;

/**
 * The token of an application at WeCom or DingTalk ({@code gettoken}): kept until it expires, since both limit how often
 * one may ask, and asked for anew when the service says earlier that it is over.
 */
final class AccessToken {

    /** A token that dies on its way is no use. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Supplier<JsonNode> getToken;
    private final Clock clock;
    private String token;
    private Instant end = Instant.MIN;

    AccessToken(Supplier<JsonNode> getToken, Clock clock) {
        this.getToken = getToken;
        this.clock = clock;
    }

    /**
     * Makes a call that needs the token; once more with a new one when the service does not know it any more.
     *
     * @return the answer, whose code is 0
     * @throws UndeliverableException when it is not
     */
    JsonNode call(Function<String, JsonNode> call) {
        String known = current();
        JsonNode answer = call.apply(known);
        if (ErrorCode.of(answer).isTokenOver()) {
            forget(known);
            answer = call.apply(current());
        }
        ErrorCode.of(answer).requireOk();
        return answer;
    }

    private synchronized String current() {
        if (!clock.instant().isBefore(end)) {
            JsonNode answer = getToken.get();
            ErrorCode.of(answer).requireOk();
            token = answer.path("access_token").asText();
            end = clock.instant()
                    .plusSeconds(answer.path("expires_in").asLong())
                    .minus(MARGIN);
        }
        return token;
    }

    /** Somebody else may have fetched a new one meanwhile, which stays. */
    private synchronized void forget(String known) {
        if (known.equals(token)) {
            end = Instant.MIN;
        }
    }
}
