package org.guiling.engine.decision;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.LimitUnit;
import org.guiling.item.RectificationType;
import org.guiling.item.SourceType;
import org.guiling.item.Urgency;
import org.guiling.organization.Tier;

/** Time limits (时限): for every kind of limit and item an amount, a unit that the limit can be counted in, and a basis. */
final class TimeLimitsContract extends RuleContract {

    private static final List<Object> NOTHING = Arrays.asList((Object) null);
    /** In whatever unit: ten years of days. */
    private static final int LONGEST_LIMIT = 3650;

    @Override
    List<Map<String, Object>> questions() {
        return Stream.of(LimitKind.values())
                .flatMap(limit -> switch (limit) {
                    case CARD_UNDO -> Stream.of(question("limit", limit.name()));
                    case REVIEW, AMENDMENT, CLAIM, DECLINE, DECLINE_RULING -> ofItems(limit, NOTHING);
                    // They are asked for before there is a plan, and afterwards.
                    case PLAN,
                            REQUEST_DECISION,
                            SUSPENSION,
                            SUSPENSION_COUNT,
                            SUSPENSION_TOTAL,
                            CARD_DECISION,
                            CARD_REPLY,
                            OBJECTION,
                            OBJECTION_RULING ->
                        Stream.concat(ofItems(limit, NOTHING), ofItems(limit, names(RectificationType.class)));
                    default -> ofItems(limit, names(RectificationType.class));
                })
                .toList();
    }

    private Stream<Map<String, Object>> ofItems(LimitKind limit, List<?> types) {
        return names(SourceType.class).stream().flatMap(source -> types.stream().flatMap(type -> LEVELS.stream()
                .flatMap(level -> names(Urgency.class).stream().flatMap(urgency -> names(Tier.class).stream()
                        .map(tier -> question(
                                "limit",
                                limit.name(),
                                "sourceType",
                                source,
                                "rectType",
                                type,
                                "level",
                                level,
                                "urgency",
                                urgency,
                                "tier",
                                tier))))));
    }

    @Override
    Optional<String> fault(Map<String, Object> question, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return Optional.of("rules.decision.no-answer");
        }
        Map<String, Object> row = rows.get(0);
        if (!isWithin(row.get("amount"), 0, LONGEST_LIMIT)) {
            return Optional.of("rules.decision.amount");
        }
        Set<LimitUnit> units = unitsOf(LimitKind.valueOf(question.get("limit").toString()));
        if (units.stream().noneMatch(unit -> unit.name().equals(row.get("unit")))) {
            return Optional.of("rules.decision.unit");
        }
        return row.get("basis") instanceof String basis && !basis.isBlank()
                ? Optional.empty()
                : Optional.of("rules.decision.basis");
    }

    private Set<LimitUnit> unitsOf(LimitKind limit) {
        if (limit.isCount()) {
            return EnumSet.of(LimitUnit.TIMES);
        }
        // A card is taken back within hours: the limit counts days of 24 hours. So are days of suspension added up.
        return limit == LimitKind.CARD_UNDO || limit == LimitKind.SUSPENSION_TOTAL
                ? EnumSet.of(LimitUnit.CALENDAR_DAY)
                : EnumSet.complementOf(EnumSet.of(LimitUnit.TIMES));
    }
}
