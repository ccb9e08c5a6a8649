package org.guiling.engine.property;

import static org.guiling.item.Action.AMEND;
import static org.guiling.item.Action.ANSWER_CARD;
import static org.guiling.item.Action.APPROVE_PLAN;
import static org.guiling.item.Action.ASSIGN_PART;
import static org.guiling.item.Action.CLAIM;
import static org.guiling.item.Action.DECIDE_REQUEST;
import static org.guiling.item.Action.DECLINE;
import static org.guiling.item.Action.DRAFT_PLAN;
import static org.guiling.item.Action.DROP_CARD;
import static org.guiling.item.Action.ISSUE_CARD;
import static org.guiling.item.Action.LOOK_BACK;
import static org.guiling.item.Action.OBJECT;
import static org.guiling.item.Action.OPEN_FAST_LANE;
import static org.guiling.item.Action.RECORD_FINDING;
import static org.guiling.item.Action.REGISTER;
import static org.guiling.item.Action.REPORT_PROGRESS;
import static org.guiling.item.Action.REQUEST;
import static org.guiling.item.Action.REVIEW_REGISTRATION;
import static org.guiling.item.Action.RULE_ON_DECLINE;
import static org.guiling.item.Action.RULE_ON_OBJECTION;
import static org.guiling.item.Action.SIGN_OFF;
import static org.guiling.item.Action.SPOT_CHECK;
import static org.guiling.item.Action.SUBMIT_RECTIFICATION;
import static org.guiling.item.Action.VERIFY;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.guiling.item.Action;

/**
 * Nobody approves their own work (DOMAIN.md §1), said a second time and otherwise than the product says it: registrar,
 * handler, verifier and supervisor of an item are four people, and whoever judges was no side of what is judged.
 */
final class FourEyesOracle {

    private static final Set<Action> REGISTRAR = Set.of(REGISTER, AMEND, ASSIGN_PART);
    private static final Set<Action> HANDLER =
            Set.of(OPEN_FAST_LANE, CLAIM, DRAFT_PLAN, REPORT_PROGRESS, SUBMIT_RECTIFICATION, ANSWER_CARD);
    private static final Set<Action> VERIFIER = Set.of(VERIFY, RECORD_FINDING);
    private static final Set<Action> SUPERVISOR = Set.of(APPROVE_PLAN, SIGN_OFF);
    private static final List<Set<Action>> SIDES = List.of(REGISTRAR, HANDLER, VERIFIER, SUPERVISOR);

    /** An action that judges, and the work of others that it judges. */
    private record Judgement(Action judging, List<Set<Action>> work) {}

    private static final List<Judgement> JUDGEMENTS = List.of(
            new Judgement(REVIEW_REGISTRATION, List.of(REGISTRAR)),
            new Judgement(RULE_ON_DECLINE, List.of(Set.of(DECLINE, CLAIM))),
            new Judgement(DECIDE_REQUEST, List.of(Set.of(REQUEST), HANDLER, REGISTRAR)),
            new Judgement(ISSUE_CARD, List.of(HANDLER)),
            new Judgement(DROP_CARD, List.of(HANDLER)),
            // Nobody answers their own card.
            new Judgement(ANSWER_CARD, List.of(Set.of(ISSUE_CARD))),
            new Judgement(RULE_ON_OBJECTION, List.of(HANDLER, Set.of(OBJECT))),
            new Judgement(LOOK_BACK, SIDES),
            new Judgement(SPOT_CHECK, SIDES));

    private FourEyesOracle() {}

    /** The action that the person took, or is to take, and that forbids them this one; empty when there is none. */
    static Optional<Action> conflict(ItemState item, String person, Action action) {
        List<Action> earlier = new ArrayList<>(item.timeline().stream()
                .filter(line -> person.equals(line.actor()))
                .map(ItemState.Line::action)
                .toList());
        if (person.equals(item.handler())) {
            earlier.add(SUBMIT_RECTIFICATION);
        }
        // Those who went along sign nothing either; that they do not look back is not demanded: two verifiers are few.
        if (action == SIGN_OFF && item.verifiers().contains(person)) {
            earlier.add(VERIFY);
        }
        if (action == VERIFY && item.passedFalsifiedWork(person)) {
            return Optional.of(VERIFY);
        }
        // Of two on site each signs on.
        if (action == VERIFY && person.equals(item.waitsForTheOtherThan())) {
            return Optional.of(RECORD_FINDING);
        }
        return earlier.stream().filter(done -> excludes(done, action)).findFirst();
    }

    private static boolean excludes(Action done, Action action) {
        boolean otherSide = SIDES.stream().anyMatch(side -> side.contains(action))
                && SIDES.stream().anyMatch(side -> side.contains(done) && !side.contains(action));
        return otherSide
                || JUDGEMENTS.stream()
                        .anyMatch(judgement -> judgement.judging() == action
                                && judgement.work().stream().anyMatch(work -> work.contains(done)));
    }
}
