package org.guiling.process;

import java.util.Arrays;
import java.util.Optional;

/**
 * The models of what is asked of an item beside its five steps: {@code deadline-extension.bpmn} (延期),
 * {@code suspension.bpmn} (挂起), {@code withdrawal.bpmn} (并案、移送、撤销) and {@code reopening.bpmn} (反弹重开). Each begins with a start form and carries
 * the item's number as its business key.
 */
public enum RequestProcess {
    EXTENSION("deadline-extension", "extension-request"),
    SUSPENSION("suspension", "suspension-request"),
    WITHDRAWAL("withdrawal", "withdrawal-request"),
    REOPENING("reopening", "reopening-request");

    /** When a suspension ends by itself: a variable that the timer reads. */
    public static final String REVIEW_DAY = "reviewDay";

    private final String key;
    private final String startForm;

    RequestProcess(String key, String startForm) {
        this.key = key;
        this.startForm = startForm;
    }

    public static Optional<RequestProcess> of(String key) {
        return Arrays.stream(values())
                .filter(process -> process.key.equals(key))
                .findFirst();
    }

    /** The model's key. */
    public String key() {
        return key;
    }

    public String startForm() {
        return startForm;
    }
}
