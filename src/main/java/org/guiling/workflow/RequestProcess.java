package org.guiling.workflow;

import java.util.Arrays;
import java.util.Optional;
import org.guiling.item.Action;

/**
 * The models of what is asked of an item beside its five steps: {@code deadline-extension.bpmn} (延期),
 * {@code suspension.bpmn} (挂起), {@code withdrawal.bpmn} (并案、移送、撤销), {@code reopening.bpmn} (反弹重开) , {@code objection.bpmn} (申辩) {@code decomposition.bpmn} (穿透) and {@code request-taking-back.bpmn} (撤回申请). Each begins with a start form and carries
 * the item's number as its business key.
 */
public enum RequestProcess {
    EXTENSION("deadline-extension", "extension-request"),
    SUSPENSION("suspension", "suspension-request"),
    WITHDRAWAL("withdrawal", "withdrawal-request"),
    REOPENING("reopening", "reopening-request"),
    OBJECTION("objection", "objection-request"),
    DECOMPOSITION("decomposition", "decomposition-request"),
    /** 撤回申请: by who asked, before it is decided. */
    TAKING_BACK("request-taking-back", "request-taking-back");

    /** The message that takes the decision on a request away. */
    public static final String REQUEST_TAKEN_BACK = "request-taken-back";

    /** The decision that a taking back makes needless, for the service task that takes it away; transient. */
    public static final String DECISION = "decision";

    /** The numbers of the parts, for the service task that begins them; transient. */
    public static final String PARTS = "parts";

    /** The time at which a suspension ends by itself: a variable that the timer reads. */
    public static final String REVIEW_DAY = "reviewDay";

    /** True for an item that is past due when it is to be suspended: who decides depends on it; transient. */
    public static final String OVERDUE = "overdue";

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

    /** The action that starting the process is to the timeline and the four eyes. */
    public Action action() {
        return switch (this) {
            case OBJECTION -> Action.OBJECT;
            case DECOMPOSITION -> Action.SPLIT;
            case TAKING_BACK -> Action.TAKE_BACK_REQUEST;
            default -> Action.REQUEST;
        };
    }

    /** The model's key. */
    public String key() {
        return key;
    }

    public String startForm() {
        return startForm;
    }
}
