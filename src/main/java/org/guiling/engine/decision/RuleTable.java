package org.guiling.engine.decision;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    /** 时限; tables that were made before limits could depend on urgency and tier have four inputs. */
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
            List.of(RuleColumn.number("amount"), RuleColumn.codes("unit", LimitUnit.class), RuleColumn.text("basis")),
            4,
            new TimeLimitsContract()),
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
                    RuleColumn.group("objectionDecidedBy")),
            new EscalationLadderContract()),
    /** 销号权限 */
    CLOSING_AUTHORITY(
            "closing-authority",
            HitPolicy.UNIQUE,
            List.of(RuleColumn.codes("tier", Tier.class), RuleColumn.level(), RuleColumn.number("approvals")),
            List.of(RuleColumn.group("approverGroup")),
            new ClosingAuthorityContract()),
    /** 延期审批权限 */
    EXTENSION_AUTHORITY(
            "extension-authority",
            HitPolicy.UNIQUE,
            List.of(RuleColumn.codes("tier", Tier.class), RuleColumn.level()),
            List.of(RuleColumn.group("approverGroup")),
            new AuthorityContract()),
    /** 抽查比例 */
    SAMPLING_RATES(
            "sampling-rates",
            HitPolicy.UNIQUE,
            List.of(RuleColumn.level()),
            List.of(RuleColumn.number("percent")),
            new PercentContract("level", RuleContract.LEVELS, "percent")),
    /** 查重阈值 */
    DUPLICATE_THRESHOLDS(
            "duplicate-thresholds",
            HitPolicy.FIRST,
            List.of(RuleColumn.codes("sourceType", SourceType.class)),
            List.of(RuleColumn.number("percent"), RuleColumn.number("placePercent")),
            new PercentContract("sourceType", RuleContract.names(SourceType.class), "percent", "placePercent"));

    /** The group that the township of a village stands for while a table is checked. */
    static final String SAMPLE_LEADERS = Role.leadersOf("township");

    private final String key;
    private final HitPolicy hitPolicy;
    private final List<RuleColumn> inputs;
    private final List<RuleColumn> outputs;
    private final int leastInputs;
    private final RuleContract contract;

    RuleTable(
            String key, HitPolicy hitPolicy, List<RuleColumn> inputs, List<RuleColumn> outputs, RuleContract contract) {
        this(key, hitPolicy, inputs, outputs, inputs.size(), contract);
    }

    RuleTable(
            String key,
            HitPolicy hitPolicy,
            List<RuleColumn> inputs,
            List<RuleColumn> outputs,
            int leastInputs,
            RuleContract contract) {
        this.key = key;
        this.hitPolicy = hitPolicy;
        this.inputs = inputs;
        this.outputs = outputs;
        this.leastInputs = leastInputs;
        this.contract = contract;
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
        return leastInputs;
    }

    public List<RuleColumn> outputs() {
        return outputs;
    }

    RuleContract contract() {
        return contract;
    }

    /** The file that the product brings. */
    public byte[] shipped() {
        try (InputStream file = new ClassPathResource("processes/" + key() + ".dmn").getInputStream()) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
