package org.guiling.web.support;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;

/**
 * A line of an item's timeline as people read it. What does not belong to a line of its kind is absent.
 *
 * @param actor null where the system acted by itself at a date
 * @param text the whole line in words, but for who and when
 */
public record TimelineLine(
        Instant at,
        String actor,
        String actorName,
        Action action,
        String actionName,
        Step step,
        int round,
        ItemStatus status,
        String note,
        @JsonInclude(JsonInclude.Include.NON_NULL) String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) Due due,
        @JsonInclude(JsonInclude.Include.NON_NULL) Notice notice,
        @JsonInclude(JsonInclude.Include.NON_NULL) Refusal refusal,
        String text) {

    /** @param task whose date it is; null for the item's own */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Due(String task, LocalDate from, LocalDate to, String basis) {}

    /** @param recipients ids of the people who were told */
    record Notice(String kind, List<String> recipients) {}

    /**
     * @param attempt what was tried
     * @param task the user task or the model
     */
    record Refusal(Action attempt, String task, List<Reason> reasons) {}

    record Reason(String code, String message) {}
}
