package org.guiling.help;

import java.time.Instant;

/**
 * A complaint or a suggestion (投诉建议).
 *
 * @param madeBy a person's id; null where the reader is not to know who it was
 * @param answer null while nobody has answered; so are who did and when
 */
public record Suggestion(
        long id,
        SuggestionKind kind,
        String content,
        String madeBy,
        Instant madeAt,
        String answer,
        String answeredBy,
        Instant answeredAt) {

    public boolean isAnswered() {
        return answeredAt != null;
    }
}
