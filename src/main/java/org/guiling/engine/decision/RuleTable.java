package org.guiling.engine.decision;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.LimitUnit;
import org.guiling.item.RectificationType;
import org.guiling.item.SourceType;
import org.guiling.item.Urgency;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.supervision.Cause;
import org.guiling.supervision.Rung;
import org.springframework.core.io.ClassPathResource;

/**
 * The decision tables that offices edit (决策表): what each is asked by this product, and what an answer has to be. The
 * columns are a contract; rows are the office's.
 */
public enum RuleTable {
    /** 时限 */
    TIME_LIMITS(
            "time-limits",
            HitPolicy.FIRST,
            List.of(
                    RuleColumn.codes("limit", LimitKind.class),
                    RuleColumn.codes("sourceType", SourceType.class),
                    RuleColumn.codes("rectType", RectificationType.class),
                    RuleColumn.level(),
                    RuleColumn.codes("urgency", Urgency.class),
                    RuleColumn.codes("tier", Tier.class)),
            List.of(RuleColumn.number("amount"), RuleColumn.codes("unit", LimitUnit.class), RuleColumn.text("basis"))) {
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
            return names(SourceType.class).stream().flatMap(source -> types.stream()
                    .flatMap(type -> LEVELS.stream().flatMap(level -> names(Urgency.class).stream()
                            .flatMap(urgency -> names(Tier.class).stream()
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

        /** Tables that were made before limits could depend on urgency and tier have four. */
        @Override
        int leastInputs() {
            return 4;
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
            Set<LimitUnit> units =
                    unitsOf(LimitKind.valueOf(question.get("limit").toString()));
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
    },
    /** 督办阶梯 */
    ESCALATION_LADDER(
            "escalation-ladder",
            HitPolicy.RULE_ORDER,
            List.of(
                    RuleColumn.codes("cause", Cause.class),
                    RuleColumn.codes("limit", LimitKind.class),
                    RuleColumn.level(),
                    RuleColumn.number("rejections")),
            List.of(
                    RuleColumn.codes("rung", Rung.class),
                    RuleColumn.number("workingDays"),
                    RuleColumn.group("issuers"),
                    RuleColumn.group("objectionDecidedBy"))) {
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
            return RuleTable.question(
                    "cause", cause.name(), "limit", limit.name(), "level", level, "rejections", rejections);
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
    },
    /** 销号权限 */
    CLOSING_AUTHORITY(
            "closing-authority",
            HitPolicy.UNIQUE,
            List.of(RuleColumn.codes("tier", Tier.class), RuleColumn.level(), RuleColumn.number("approvals")),
            List.of(RuleColumn.group("approverGroup"))) {
        @Override
        List<Map<String, Object>> questions() {
            return ofTiers();
        }

        /** The whole chain: whoever comes next, until nobody does. */
        @Override
        List<Map<String, Object>> answer(
                Function<Map<String, Object>, List<Map<String, Object>>> table, Map<String, Object> question) {
            List<Map<String, Object>> chain = new ArrayList<>();
            while (chain.size() <= LONGEST_CHAIN) {
                Map<String, Object> inputs = new HashMap<>(question);
                inputs.put("approvals", chain.size());
                inputs.put("township", Tier.VILLAGE.name().equals(question.get("tier")) ? TOWNSHIP : "");
                List<Map<String, Object>> next = table.apply(inputs);
                if (next.isEmpty() || next.get(0).get("approverGroup") == null) {
                    break;
                }
                chain.add(next.get(0));
            }
            return chain;
        }

        @Override
        Optional<String> fault(Map<String, Object> question, List<Map<String, Object>> rows) {
            if (rows.isEmpty()) {
                return Optional.of("rules.decision.no-approver");
            }
            if (rows.size() > LONGEST_CHAIN) {
                return Optional.of("rules.decision.endless");
            }
            return groupFault(question, rows);
        }
    },
    /** 延期审批权限 */
    EXTENSION_AUTHORITY(
            "extension-authority",
            HitPolicy.UNIQUE,
            List.of(RuleColumn.codes("tier", Tier.class), RuleColumn.level()),
            List.of(RuleColumn.group("approverGroup"))) {
        @Override
        List<Map<String, Object>> questions() {
            return ofTiers();
        }

        @Override
        Optional<String> fault(Map<String, Object> question, List<Map<String, Object>> rows) {
            return rows.isEmpty() ? Optional.of("rules.decision.no-approver") : groupFault(question, rows);
        }
    },
    /** 抽查比例 */
    SAMPLING_RATES(
            "sampling-rates", HitPolicy.UNIQUE, List.of(RuleColumn.level()), List.of(RuleColumn.number("percent"))) {
        @Override
        List<Map<String, Object>> questions() {
            return LEVELS.stream().map(level -> question("level", level)).toList();
        }

        @Override
        Optional<String> fault(Map<String, Object> question, List<Map<String, Object>> rows) {
            if (rows.isEmpty()) {
                return Optional.of("rules.decision.no-answer");
            }
            return isWithin(rows.get(0).get("percent"), 0, 100)
                    ? Optional.empty()
                    : Optional.of("rules.decision.percent");
        }
    },
    /** 查重阈值 */
    DUPLICATE_THRESHOLDS(
            "duplicate-thresholds",
            HitPolicy.FIRST,
            List.of(RuleColumn.codes("sourceType", SourceType.class)),
            List.of(RuleColumn.number("percent"), RuleColumn.number("placePercent"))) {
        @Override
        List<Map<String, Object>> questions() {
            return names(SourceType.class).stream()
                    .map(source -> question("sourceType", source))
                    .toList();
        }

        @Override
        Optional<String> fault(Map<String, Object> question, List<Map<String, Object>> rows) {
            if (rows.isEmpty()) {
                return Optional.of("rules.decision.no-answer");
            }
            return isWithin(rows.get(0).get("percent"), 0, 100)
                            && isWithin(rows.get(0).get("placePercent"), 0, 100)
                    ? Optional.empty()
                    : Optional.of("rules.decision.percent");
        }
    };

    /** The group that the township of a village stands for while a table is checked. */
    static final String SAMPLE_LEADERS = Role.leadersOf("township");

    private static final String TOWNSHIP = "township";
    private static final List<Integer> LEVELS = List.of(1, 2, 3, 4);
    private static final List<Object> NOTHING = Arrays.asList((Object) null);
    /** In whatever unit: ten years of days. */
    private static final int LONGEST_LIMIT = 3650;

    private static final int FURTHEST_RUNG = 365;
    private static final int REJECTIONS_ASKED = 4;
    private static final int LONGEST_CHAIN = 6;

    private final String key;
    private final HitPolicy hitPolicy;
    private final List<RuleColumn> inputs;
    private final List<RuleColumn> outputs;

    RuleTable(String key, HitPolicy hitPolicy, List<RuleColumn> inputs, List<RuleColumn> outputs) {
        this.key = key;
        this.hitPolicy = hitPolicy;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** The table of that key; empty when there is none. */
    public static Optional<RuleTable> of(String key) {
        return Arrays.stream(values()).filter(table -> table.key.equals(key)).findFirst();
    }

    /** The id of the decision, and the name of its file in {@code processes/}. */
    public String key() {
        return key;
    }

    HitPolicy hitPolicy() {
        return hitPolicy;
    }

    public List<RuleColumn> inputs() {
        return inputs;
    }

    /** Minimum number of a file's inputs; an older file may lack the last ones, which then make no difference in it. */
    int leastInputs() {
        return inputs.size();
    }

    public List<RuleColumn> outputs() {
        return outputs;
    }

    /** The file that the product brings. */
    public byte[] shipped() {
        try (InputStream file = new ClassPathResource("processes/" + key() + ".dmn").getInputStream()) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that the product asks the table, by the names of its inputs; a value may be null. */
    abstract List<Map<String, Object>> questions();

    /** The reason for which an answer cannot be used, as a key of a text; empty when it can. */
    abstract Optional<String> fault(Map<String, Object> question, List<Map<String, Object>> rows);

    /** The table's answer to a question: rows of outputs by name. */
    List<Map<String, Object>> answer(
            Function<Map<String, Object>, List<Map<String, Object>>> table, Map<String, Object> question) {
        return table.apply(question);
    }

    private static List<Map<String, Object>> ofTiers() {
        return Stream.of(Tier.values())
                .flatMap(tier -> LEVELS.stream().map(level -> question("tier", tier.name(), "level", level)))
                .toList();
    }

    private static Optional<String> groupFault(Map<String, Object> question, List<Map<String, Object>> rows) {
        boolean village = Tier.VILLAGE.name().equals(question.get("tier"));
        return rows.stream()
                        .map(row -> row.get("approverGroup"))
                        .allMatch(
                                group -> RuleColumn.groups().contains(group) || village && SAMPLE_LEADERS.equals(group))
                ? Optional.empty()
                : Optional.of("rules.decision.group");
    }

    private static boolean isWithin(Object number, int minimum, int maximum) {
        return number instanceof Number value
                && value.doubleValue() == value.intValue()
                && value.intValue() >= minimum
                && value.intValue() <= maximum;
    }

    private static List<String> names(Class<? extends Enum<?>> codes) {
        return Stream.of(codes.getEnumConstants()).map(Enum::name).toList();
    }

    /** @param namesAndValues in turn */
    private static Map<String, Object> question(Object... namesAndValues) {
        Map<String, Object> question = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            question.put(Objects.toString(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return question;
    }
}
