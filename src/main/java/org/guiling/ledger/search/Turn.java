package org.guiling.ledger.search;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The events of a timeline by which an item stops or begins again to be open: the course of a ledger is made of them.
 */
public enum Turn {
    /** 销号 */
    CLOSED("event.action = 'CLOSE'"),
    /** 重开 */
    REOPENED("event.action = 'REOPEN'"),
    /** 不予立项、并案、移送、撤销: it ended without being closed. */
    ENDED_OTHERWISE("""
            (event.action in ('TRANSFER', 'CANCEL')
            or event.action = 'MERGE' and (event.fact ->> 'type' = 'MergedInto' or event.note like '→%')
            or event.action = 'REVIEW_REGISTRATION' and coalesce(event.fact ->> 'outcome', event.note) = 'REJECT')""");

    /** Any of them, on {@code timeline event}. */
    public static final String ANY =
            Arrays.stream(values()).map(Turn::condition).collect(Collectors.joining(" or ", "(", ")"));

    private final String condition;

    Turn(String condition) {
        this.condition = condition;
    }

    /** On {@code timeline event}. */
    public String condition() {
        return condition;
    }
}
