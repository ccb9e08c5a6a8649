package org.guiling.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Action;
import org.guiling.item.request.ItemRequest;
import org.guiling.workflow.FiveStepZeroing.Variables;

/** The user tasks of the models in {@link RequestProcess}. */
public enum RequestTask implements TaskContract {
    DECIDE_ON_EXTENSION(
            RequestProcess.EXTENSION,
            "decide-on-extension",
            "request-decision",
            Action.DECIDE_REQUEST,
            LimitKind.REQUEST_DECISION,
            RequestOutcome.values()),
    DECIDE_ON_SUSPENSION(
            RequestProcess.SUSPENSION,
            "decide-on-suspension",
            "request-decision",
            Action.DECIDE_REQUEST,
            LimitKind.REQUEST_DECISION,
            RequestOutcome.values()),
    DECIDE_ON_WITHDRAWAL(
            RequestProcess.WITHDRAWAL,
            "decide-on-withdrawal",
            "request-decision",
            Action.DECIDE_REQUEST,
            LimitKind.REQUEST_DECISION,
            RequestOutcome.values()),
    DECIDE_ON_REOPENING(
            RequestProcess.REOPENING,
            "decide-on-reopening",
            "request-decision",
            Action.DECIDE_REQUEST,
            LimitKind.REQUEST_DECISION,
            RequestOutcome.values()),
    /** 申辩裁定 */
    RULE_ON_OBJECTION(
            RequestProcess.OBJECTION,
            "rule-on-objection",
            "objection-ruling",
            Action.RULE_ON_OBJECTION,
            LimitKind.OBJECTION_RULING,
            ObjectionOutcome.values()),
    /** 提前恢复: open as long as the suspension lasts. */
    RESUME_ITEM(RequestProcess.SUSPENSION, "resume-item", "resumption", Action.RESUME, LimitKind.SUSPENSION);

    private static final Map<String, RequestTask> BY_ID =
            Arrays.stream(values()).collect(Collectors.toMap(RequestTask::id, Function.identity()));

    private static final Set<String> PERSISTED = Set.of(
            Variables.ITEM_NO,
            Variables.TITLE,
            Variables.UNIT_NAME,
            Variables.LEAD_UNIT,
            Variables.APPROVER_GROUP,
            RequestProcess.REVIEW_DAY);

    private final RequestProcess process;
    private final String id;
    private final String form;
    private final Action action;
    private final LimitKind limit;
    private final List<Outcome> outcomes;

    RequestTask(RequestProcess process, String id, String form, Action action, LimitKind limit, Outcome... outcomes) {
        this.process = process;
        this.id = id;
        this.form = form;
        this.action = action;
        this.limit = limit;
        this.outcomes = List.of(outcomes);
    }

    public static Optional<RequestTask> of(String elementId) {
        return Optional.ofNullable(BY_ID.get(elementId));
    }

    /** The task that decides on what was asked. */
    public static RequestTask decisionOn(ItemRequest request) {
        return switch (request.kind()) {
            case EXTENSION -> DECIDE_ON_EXTENSION;
            case SUSPENSION -> DECIDE_ON_SUSPENSION;
            case MERGER, TRANSFER, CANCELLATION -> DECIDE_ON_WITHDRAWAL;
            case REOPENING -> DECIDE_ON_REOPENING;
        };
    }

    /** The model that it belongs to. */
    public RequestProcess process() {
        return process;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String form() {
        return form;
    }

    @Override
    public Action action() {
        return action;
    }

    @Override
    public LimitKind limit() {
        return limit;
    }

    @Override
    public List<Outcome> outcomes() {
        return outcomes;
    }

    @Override
    public boolean isWatchedByItself() {
        return this == DECIDE_ON_REOPENING;
    }

    @Override
    public Set<String> persisted() {
        return PERSISTED;
    }
}
