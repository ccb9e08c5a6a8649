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
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;

/**
 * The contract of {@code five-step-zeroing.bpmn} (五步归零). A test compares it with the model both ways, so that renaming
 * an element in the modeller breaks the build and not production.
 */
public final class FiveStepZeroing {

    public static final String KEY = "five-step-zeroing";

    /** The start form. */
    public static final String START_FORM = "registration";

    /** The message that ends an item which was merged, transferred or cancelled, at whatever step. */
    public static final String ITEM_WITHDRAWN = "item-withdrawn";

    /** The message that begins another round of an item that was closed. */
    public static final String ITEM_REOPENED = "item-reopened";

    /** The message that begins a part of an item that was split, at its claim. */
    public static final String PART_ASSIGNED = "part-assigned";

    /** The message that takes an item back to its rectification, whether it waits for verifiers or for signatures. */
    public static final String FALSIFIED_WORK_FOUND = "falsified-work-found";

    /** The message that begins an item on the fast lane, at its rectification. */
    public static final String FAST_LANE_OPENED = "fast-lane-opened";

    /** Variables that stay in the engine: an id or a column of Tasklist's list each. */
    public static final class Variables {
        public static final String ITEM_NO = "itemNo";
        public static final String TITLE = "title";
        public static final String UNIT_NAME = "unitName";
        public static final String LEAD_UNIT = "leadUnit";
        public static final String HANDLER = "handler";
        public static final String APPROVER_GROUP = "approverGroup";

        public static final Set<String> PERSISTED =
                Set.of(ITEM_NO, TITLE, UNIT_NAME, LEAD_UNIT, HANDLER, APPROVER_GROUP);

        /**
         * The decision, for the gateway after a task; transient, so that it costs no row. Not the name of a form
         * field: the engine takes no transient value where a submitted one was.
         */
        public static final String OUTCOME = "outcome";

        /** The person who confirms a verification by two; transient. */
        public static final String SECOND_VERIFIER = "secondVerifier";

        /** Inputs of {@code closing-authority.dmn}; transient. */
        public static final String LEVEL = "level";

        public static final String TIER = "tier";
        public static final String TOWNSHIP = "township";
        public static final String APPROVALS = "approvals";

        /** The group that rules on a decline; transient. */
        public static final String RULING_GROUP = "rulingGroup";

        private Variables() {}
    }

    /** The user tasks: where the item stands while one waits, what completing it means, and how long it may take. */
    public enum UserTask implements TaskContract {
        REVIEW_REGISTRATION(
                "review-registration",
                "registration-review",
                Step.INTAKE,
                ItemStatus.REVIEW,
                Action.REVIEW_REGISTRATION,
                LimitKind.REVIEW,
                RegistrationOutcome.values()),
        AMEND_REGISTRATION(
                "amend-registration",
                "registration-amendment",
                Step.INTAKE,
                ItemStatus.DRAFT,
                Action.AMEND,
                LimitKind.AMENDMENT),
        CLAIM_ITEM(
                "claim-item",
                "claim",
                Step.OWNERSHIP,
                ItemStatus.DISPATCHED,
                Action.CLAIM,
                LimitKind.CLAIM,
                ClaimOutcome.values()),
        RULE_ON_DECLINE(
                "rule-on-decline",
                "decline-ruling",
                Step.OWNERSHIP,
                ItemStatus.DISPUTED,
                Action.RULE_ON_DECLINE,
                LimitKind.DECLINE_RULING,
                DeclineRuling.values()),
        DRAFT_PLAN("draft-plan", "plan", Step.DEADLINE, ItemStatus.PLANNING, Action.DRAFT_PLAN, LimitKind.PLAN),
        APPROVE_PLAN(
                "approve-plan",
                "plan-approval",
                Step.DEADLINE,
                ItemStatus.PLAN_REVIEW,
                Action.APPROVE_PLAN,
                LimitKind.PLAN_APPROVAL,
                PlanOutcome.values()),
        RECTIFY(
                "rectify",
                "rectification",
                Step.DEADLINE,
                ItemStatus.RECTIFYING,
                Action.SUBMIT_RECTIFICATION,
                LimitKind.RECTIFICATION,
                RectificationOutcome.values()),
        VERIFY(
                "verify",
                "verification",
                Step.VERIFICATION,
                ItemStatus.VERIFYING,
                Action.VERIFY,
                LimitKind.VERIFICATION,
                VerificationOutcome.values()),
        /** 双人确认: the second of two on site says that what the first found is so. */
        CONFIRM_VERIFICATION(
                "confirm-verification",
                "verification-confirmation",
                Step.VERIFICATION,
                ItemStatus.VERIFYING,
                Action.VERIFY,
                LimitKind.VERIFICATION,
                ConfirmationOutcome.values()),
        SIGN_OFF(
                "sign-off",
                "sign-off",
                Step.CLOSURE,
                ItemStatus.CLOSING,
                Action.SIGN_OFF,
                LimitKind.SIGN_OFF,
                SignOffOutcome.values());

        private static final Map<String, UserTask> BY_ID =
                Arrays.stream(values()).collect(Collectors.toMap(UserTask::id, Function.identity()));

        private final String id;
        private final String form;
        private final Step step;
        private final ItemStatus status;
        private final Action action;
        private final LimitKind limit;
        private final List<Outcome> outcomes;

        UserTask(
                String id,
                String form,
                Step step,
                ItemStatus status,
                Action action,
                LimitKind limit,
                Outcome... outcomes) {
            this.id = id;
            this.form = form;
            this.step = step;
            this.status = status;
            this.action = action;
            this.limit = limit;
            this.outcomes = List.of(outcomes);
        }

        /** The contract of the element with this id; empty for a task of another model. */
        public static Optional<UserTask> of(String elementId) {
            return Optional.ofNullable(BY_ID.get(elementId));
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String form() {
            return form;
        }

        public Step step() {
            return step;
        }

        public ItemStatus status() {
            return status;
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
        public boolean isStep() {
            return true;
        }

        @Override
        public Set<String> persisted() {
            return Variables.PERSISTED;
        }
    }

    private FiveStepZeroing() {}
}
