package org.guiling.item.rule;

import static java.util.Map.entry;
import static org.guiling.item.Action.ADD_EVIDENCE;
import static org.guiling.item.Action.AMEND;
import static org.guiling.item.Action.ANSWER_CARD;
import static org.guiling.item.Action.APPROVE_PLAN;
import static org.guiling.item.Action.ASSIGN_PART;
import static org.guiling.item.Action.CLAIM;
import static org.guiling.item.Action.DECIDE_REQUEST;
import static org.guiling.item.Action.DECLINE;
import static org.guiling.item.Action.DRAFT_PLAN;
import static org.guiling.item.Action.ISSUE_CARD;
import static org.guiling.item.Action.LOOK_BACK;
import static org.guiling.item.Action.OBJECT;
import static org.guiling.item.Action.OPEN_FAST_LANE;
import static org.guiling.item.Action.RECORD_FINDING;
import static org.guiling.item.Action.REGISTER;
import static org.guiling.item.Action.REPLACE_EVIDENCE;
import static org.guiling.item.Action.REPORT_PROGRESS;
import static org.guiling.item.Action.REQUEST;
import static org.guiling.item.Action.REVIEW_REGISTRATION;
import static org.guiling.item.Action.RULE_ON_DECLINE;
import static org.guiling.item.Action.RULE_ON_OBJECTION;
import static org.guiling.item.Action.SIGN_OFF;
import static org.guiling.item.Action.SPOT_CHECK;
import static org.guiling.item.Action.SUBMIT_RECTIFICATION;
import static org.guiling.item.Action.TAKE_OVER_EVIDENCE;
import static org.guiling.item.Action.VERIFY;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.organization.Person;

/**
 * Registrar, handler, verifier and supervisor of an item are different people, and nobody approves their own work
 * (DOMAIN.md §1). Decided by what a person has done to the item in any round, not by their roles.
 */
public final class FourEyesRule {

    private static final Set<Action> REGISTERING = EnumSet.of(REGISTER, AMEND, ASSIGN_PART);
    private static final Set<Action> HANDLING = EnumSet.of(
            OPEN_FAST_LANE,
            CLAIM,
            DRAFT_PLAN,
            REPORT_PROGRESS,
            SUBMIT_RECTIFICATION,
            ANSWER_CARD,
            ADD_EVIDENCE,
            REPLACE_EVIDENCE,
            TAKE_OVER_EVIDENCE);
    private static final Map<Action, Set<Action>> EXCLUDED_BY = new EnumMap<>(Map.ofEntries(
            entry(AMEND, union(HANDLING, VERIFY, RECORD_FINDING, SIGN_OFF, APPROVE_PLAN)),
            entry(REVIEW_REGISTRATION, union(REGISTERING)),
            entry(CLAIM, union(REGISTERING, REVIEW_REGISTRATION)),
            entry(DECLINE, union(REGISTERING, REVIEW_REGISTRATION)),
            entry(RULE_ON_DECLINE, union(REGISTERING, REVIEW_REGISTRATION, CLAIM, DECLINE)),
            entry(DRAFT_PLAN, union(REGISTERING, REVIEW_REGISTRATION, APPROVE_PLAN, VERIFY, RECORD_FINDING, SIGN_OFF)),
            entry(APPROVE_PLAN, union(REGISTERING, union(HANDLING, VERIFY, RECORD_FINDING))),
            entry(
                    REPORT_PROGRESS,
                    union(REGISTERING, REVIEW_REGISTRATION, APPROVE_PLAN, VERIFY, RECORD_FINDING, SIGN_OFF)),
            entry(
                    SUBMIT_RECTIFICATION,
                    union(REGISTERING, REVIEW_REGISTRATION, APPROVE_PLAN, VERIFY, RECORD_FINDING, SIGN_OFF)),
            entry(
                    ADD_EVIDENCE,
                    union(REGISTERING, REVIEW_REGISTRATION, APPROVE_PLAN, VERIFY, RECORD_FINDING, SIGN_OFF)),
            entry(VERIFY, union(REGISTERING, union(HANDLING, APPROVE_PLAN, SIGN_OFF))),
            entry(SIGN_OFF, union(REGISTERING, union(HANDLING, VERIFY, RECORD_FINDING))),
            entry(LOOK_BACK, union(REGISTERING, union(HANDLING, VERIFY, RECORD_FINDING, SIGN_OFF, APPROVE_PLAN))),
            entry(SPOT_CHECK, union(REGISTERING, union(HANDLING, VERIFY, RECORD_FINDING, SIGN_OFF, APPROVE_PLAN))),
            entry(DECIDE_REQUEST, union(REGISTERING, union(HANDLING, REQUEST))),
            entry(ISSUE_CARD, union(HANDLING)),
            entry(
                    ANSWER_CARD,
                    union(
                            REGISTERING,
                            REVIEW_REGISTRATION,
                            APPROVE_PLAN,
                            VERIFY,
                            RECORD_FINDING,
                            SIGN_OFF,
                            ISSUE_CARD)),
            entry(RULE_ON_OBJECTION, union(HANDLING, OBJECT))));

    /** Actions that are closed to verifiers, also to one of several (共同核查). */
    private static final Set<Action> LOOKING_AFTERWARDS = EnumSet.of(SIGN_OFF, LOOK_BACK, SPOT_CHECK);

    private FourEyesRule() {}

    /** Facts of an item beside who did what; each is asked only where the action depends on it. */
    public interface Facts {

        /** Those who have already signed, for actions that several people sign one after the other. */
        Set<String> signers();

        /** Those who have verified it, in whatever round. */
        Set<String> verifiers();

        /** The first of two verifiers on site, whose finding waits to be confirmed. */
        Optional<String> firstVerifier();

        /** True where the person passed work that turned out to be falsified. */
        boolean passedFalsifiedWork(String person);
    }

    /**
     * The earlier action on the item that excludes the person from this action, or their present one: of their own, or of
     * somebody for whom they act today. A substitute never approves what the absent person made.
     */
    public static Optional<Action> conflict(Item item, Action action, Person person, Facts facts) {
        // Nobody signs twice, in their own right or for somebody else.
        if (facts.signers().contains(person.id())) {
            return Optional.of(action);
        }
        return person.selfAndAbsentees().stream()
                .flatMap(id -> conflict(item, action, id, facts).stream())
                .findFirst();
    }

    private static Optional<Action> conflict(Item item, Action action, String person, Facts facts) {
        Set<Action> excluding = EXCLUDED_BY.getOrDefault(action, Set.of());
        Optional<Action> done = excluding.stream()
                .filter(excluded -> item.wasDone(excluded, person))
                .findFirst();
        if (done.isPresent()) {
            return done;
        }
        if (item.isHandledBy(person) && excluding.contains(SUBMIT_RECTIFICATION)) {
            return Optional.of(SUBMIT_RECTIFICATION);
        }
        // Falsified work begins another round, which those who passed it do not verify.
        if (action == VERIFY && item.round() > 1 && facts.passedFalsifiedWork(person)) {
            return Optional.of(VERIFY);
        }
        // Of two on site nobody is both.
        if (action == VERIFY && facts.firstVerifier().filter(person::equals).isPresent()) {
            return Optional.of(RECORD_FINDING);
        }
        if (LOOKING_AFTERWARDS.contains(action) && facts.verifiers().contains(person)) {
            return Optional.of(VERIFY);
        }
        return Optional.empty();
    }

    private static Set<Action> union(Set<Action> actions, Set<Action> more) {
        return union(actions, more.toArray(Action[]::new));
    }

    private static Set<Action> union(Set<Action> actions, Action... more) {
        Set<Action> all = EnumSet.copyOf(actions);
        all.addAll(Set.of(more));
        return all;
    }
}
