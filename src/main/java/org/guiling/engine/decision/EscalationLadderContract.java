package org.guiling.engine.decision;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.guiling.calendar.LimitKind;
import org.guiling.supervision.Cause;
import org.guiling.supervision.Rung;

/** The ladder of supervision (督办阶梯): rungs on different days, and for a card who issues it and who judges an objection. */
final class EscalationLadderContract extends RuleContract {

    private static final int FURTHEST_RUNG = 365;
    private static final int REJECTIONS_ASKED = 4;

    @Override
    List<Map<String, Object>> questions() {
        Stream<Map<String, Object>> due = Stream.of(LimitKind.values())
                .flatMap(limit -> LEVELS.stream().map(level -> question(Cause.DUE, limit, level, 0)));
        Stream<Map<String, Object>> stagnation =
                LEVELS.stream().map(level -> question(Cause.STAGNATION, LimitKind.RECTIFICATION, level, 0));
        Stream<Map<String, Object>> rejection = LEVELS.stream()
                .flatMap(level -> IntStream.rangeClosed(1, REJECTIONS_ASKED)
                        .mapToObj(times -> question(Cause.REJECTION, LimitKind.RECTIFICATION, level, times)));
        return Stream.of(due, stagnation, rejection)
                .flatMap(questions -> questions)
                .toList();
    }

    private Map<String, Object> question(Cause cause, LimitKind limit, Object level, int rejections) {
        return question("cause", cause.name(), "limit", limit.name(), "level", level, "rejections", rejections);
    }

    @Override
    Optional<String> fault(Map<String, Object> question, List<Map<String, Object>> rows) {
        Set<Object> days = new HashSet<>();
        for (Map<String, Object> row : rows) {
            Optional<String> fault = fault(row);
            if (fault.isPresent()) {
                return fault;
            }
            // The climb remembers the day that it has reached: of two rungs on one day it would lose the second.
            if (!days.add(row.get("workingDays"))) {
                return Optional.of("rules.decision.same-day");
            }
        }
        return Optional.empty();
    }

    private Optional<String> fault(Map<String, Object> row) {
        Optional<Rung> rung = Arrays.stream(Rung.values())
                .filter(candidate -> candidate.name().equals(row.get("rung")))
                .findFirst();
        if (rung.isEmpty()) {
            return Optional.of("rules.decision.rung");
        }
        if (!isWithin(row.get("workingDays"), -FURTHEST_RUNG, FURTHEST_RUNG)) {
            return Optional.of("rules.decision.working-days");
        }
        Object issuers = row.get("issuers");
        Object deciders = row.get("objectionDecidedBy");
        if (!rung.get().isCard()) {
            return issuers == null && deciders == null ? Optional.empty() : Optional.of("rules.decision.no-card");
        }
        if (!RuleColumn.groups().contains(issuers) || !RuleColumn.groups().contains(deciders)) {
            return Optional.of("rules.decision.group");
        }
        return issuers.equals(deciders) ? Optional.of("rules.decision.own-judge") : Optional.empty();
    }
}
