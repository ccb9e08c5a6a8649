package org.guiling.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.guiling.calendar.LimitKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The decision tables row by row. */
class DecisionTablesTest {

    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "VILLAGE,  1, 0, jiaqiao-town, unit-jiaqiao-town-leaders",
                "VILLAGE,  1, 1, jiaqiao-town, -",
                "CITY,     1, 0, '',           supervisors",
                "CITY,     1, 1, '',           -",
                "TOWNSHIP, 1, 0, '',           supervisors",
                "TOWNSHIP, 1, 1, '',           -",
                "VILLAGE,  2, 0, jiaqiao-town, supervisors",
                "CITY,     2, 0, '',           supervisors",
                "CITY,     2, 1, '',           leaders",
                "CITY,     2, 2, '',           -",
                "TOWNSHIP, 3, 0, '',           supervisors",
                "TOWNSHIP, 3, 1, '',           leaders",
                "TOWNSHIP, 3, 2, '',           -",
                "CITY,     4, 0, '',           supervisors",
                "CITY,     4, 1, '',           leaders",
                "CITY,     4, 2, '',           group-heads",
                "CITY,     4, 3, '',           -",
            })
    void closingAuthorityNamesTheNextOfTheChain(
            String tier, int level, int approvals, String township, String approverGroup) throws IOException {
        DmnDecisionTableResult result = evaluate(
                "closing-authority",
                Map.of("tier", tier, "level", level, "approvals", approvals, "township", township));

        assertThat((String) result.getSingleEntry()).isEqualTo(approverGroup);
    }

    @ParameterizedTest
    @CsvSource({
        "VILLAGE,  1, supervisors",
        "VILLAGE,  2, group-heads",
        "CITY,     1, leaders",
        "TOWNSHIP, 1, leaders",
        "CITY,     2, group-heads",
        "TOWNSHIP, 3, group-heads",
        "CITY,     4, group-heads",
    })
    void anExtensionIsGrantedARankAboveTheClosure(String tier, int level, String approverGroup) throws IOException {
        assertThat((String) evaluate("extension-authority", Map.of("tier", tier, "level", level))
                        .getSingleEntry())
                .isEqualTo(approverGroup);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "REVIEW, -, -, -, -, 2, WORKDAY",
                "AMENDMENT, -, -, -, -, 2, WORKDAY",
                "CLAIM, -, -, -, -, 2, WORKDAY",
                "PLAN, -, -, -, -, 10, WORKDAY",
                "PLAN_APPROVAL, -, -, -, -, 3, WORKDAY",
                "VERIFICATION, -, -, -, -, 10, CALENDAR_DAY",
                "SIGN_OFF, -, -, -, -, 5, WORKDAY",
                "RECTIFICATION, PETITION, CONTINUOUS, 1, -, 60, CALENDAR_DAY",
                "RECTIFICATION, AUDIT, IMMEDIATE, 1, -, 60, CALENDAR_DAY",
                "RECTIFICATION, AUDIT, PHASED, 4, -, 12, MONTH",
                "RECTIFICATION, AUDIT, CONTINUOUS, 2, -, 60, MONTH",
                "LOOK_BACK, AUDIT, IMMEDIATE, 1, -, 3, MONTH",
                "LOOK_BACK, AUDIT, IMMEDIATE, 2, -, 6, MONTH",
                "LOOK_BACK_CHECK, -, -, -, -, 10, CALENDAR_DAY",
                "DECLINE, -, -, -, -, 5, WORKDAY",
                "DECLINE_RULING, -, -, -, -, 3, WORKDAY",
                "REQUEST_DECISION, -, -, -, -, 3, WORKDAY",
                "EXTENSION_NOTICE, -, -, -, -, 5, WORKDAY",
                "EXTENSION, PETITION, CONTINUOUS, 1, -, 30, CALENDAR_DAY",
                "EXTENSION, AUDIT, IMMEDIATE, 1, -, 30, CALENDAR_DAY",
                "EXTENSION, AUDIT, PHASED, 1, -, 6, MONTH",
                "EXTENSION, AUDIT, CONTINUOUS, 1, -, 12, MONTH",
                "SUSPENSION, -, -, -, -, 90, CALENDAR_DAY",
                "LOOK_BACK, AUDIT, IMMEDIATE, 3, -, 12, MONTH",
                "LOOK_BACK, AUDIT, IMMEDIATE, 4, -, 12, MONTH",
                "CARD_DECISION, -, -, -, -, 2, WORKDAY",
                "CARD_REPLY, -, -, -, -, 3, WORKDAY",
                "CARD_UNDO, -, -, -, -, 1, CALENDAR_DAY",
                "OBJECTION, -, -, -, -, 30, CALENDAR_DAY",
                "OBJECTION_RULING, -, -, -, -, 30, CALENDAR_DAY",
                "REVIEW, PETITION, -, 1, NORMAL, 15, CALENDAR_DAY",
                "CLAIM, HOTLINE, -, 1, NORMAL, 0, WORKDAY",
                "PLAN, SAFETY, -, 1, NORMAL, 0, WORKDAY",
                "PLAN, SAFETY, -, 2, NORMAL, 10, WORKDAY",
                "PLAN_APPROVAL, HOTLINE, PHASED, 1, CRITICAL, 0, WORKDAY",
                "PLAN, HOTLINE, -, 1, NORMAL, 1, WORKDAY",
                "RECTIFICATION, HOTLINE, PHASED, 2, CRITICAL, 0, WORKDAY",
                "RECTIFICATION, HOTLINE, PHASED, 2, URGENT, 3, WORKDAY",
                "RECTIFICATION, HOTLINE, CONTINUOUS, 1, NORMAL, 13, WORKDAY",
                "RECTIFICATION, SAFETY, PHASED, 1, NORMAL, 0, WORKDAY",
                "RECTIFICATION, SAFETY, CONTINUOUS, 4, NORMAL, 12, MONTH",
                "RECTIFICATION, SAFETY, IMMEDIATE, 4, NORMAL, 60, CALENDAR_DAY",
                "EXTENSION_NOTICE, SAFETY, PHASED, 4, NORMAL, 20, WORKDAY",
                "EXTENSION_NOTICE, SAFETY, PHASED, 2, NORMAL, 5, WORKDAY",
                "EXTENSION_NOTICE, HOTLINE, PHASED, 2, NORMAL, 1, WORKDAY",
                "FAST_LANE, SELF, -, 1, -, 5, WORKDAY",
                "FAST_LANE, PETITION, -, 1, -, 0, WORKDAY",
                "FAST_LANE, UPPER, -, 1, -, 0, WORKDAY",
            })
    void timeLimitsHaveARowForEveryCase(
            String limit, String sourceType, String rectType, Integer level, String urgency, int amount, String unit)
            throws IOException {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("limit", limit);
        inputs.put("sourceType", sourceType);
        inputs.put("rectType", rectType);
        inputs.put("level", level);
        inputs.put("urgency", urgency);
        inputs.put("tier", "CITY");

        var row = evaluate("time-limits", inputs).getSingleResult();

        assertThat(((Number) row.getEntry("amount")).intValue()).isEqualTo(amount);
        assertThat((String) row.getEntry("unit")).isEqualTo(unit);
        assertThat((String) row.getEntry("basis")).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "DUE, RECTIFICATION, 1, 0, REMINDER-7 REMINDER-3 REMINDER-1 URGE+1 YELLOW_CARD+3 RED_CARD+10 SUMMONS+20 CIRCULAR+30",
        "DUE, RECTIFICATION, 2, 0, REMINDER-7 REMINDER-3 REMINDER-1 URGE+1 YELLOW_CARD+3 RED_CARD+10 SUMMONS+20 CIRCULAR+30",
        "DUE, RECTIFICATION, 3, 0, REMINDER-7 REMINDER-3 REMINDER-1 URGE+1 YELLOW_CARD+2 RED_CARD+5 SUMMONS+10 CIRCULAR+15",
        "DUE, RECTIFICATION, 4, 0, REMINDER-7 REMINDER-3 REMINDER-1 URGE+1 YELLOW_CARD+2 RED_CARD+5 SUMMONS+10 CIRCULAR+15",
        "DUE, CLAIM,         1, 0, REMINDER-1 URGE+1 YELLOW_CARD+3 RED_CARD+8 SUMMONS+15 CIRCULAR+20",
        "DUE, PLAN,          4, 0, REMINDER-1 URGE+1 YELLOW_CARD+3 RED_CARD+8 SUMMONS+15 CIRCULAR+20",
        "DUE, REVIEW,        1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10",
        "DUE, AMENDMENT,     1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10",
        "DUE, PLAN_APPROVAL, 1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10",
        "DUE, DECLINE_RULING, 1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10",
        "DUE, REQUEST_DECISION, 1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10 REPORT+3 REPORT+8",
        "DUE, OBJECTION_RULING, 1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10 REPORT+3 REPORT+8",
        "DUE, VERIFICATION,  1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10",
        "DUE, SIGN_OFF,      1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10",
        "STAGNATION, RECTIFICATION, 1, 0, URGE+20 YELLOW_CARD+30 RED_CARD+45",
        "STAGNATION, PLAN,   1, 0, ''",
        "REJECTION, RECTIFICATION, 1, 1, ''",
        "REJECTION, RECTIFICATION, 1, 2, YELLOW_CARD+0",
        "REJECTION, RECTIFICATION, 1, 3, RED_CARD+0",
        "REJECTION, RECTIFICATION, 1, 4, RED_CARD+0",
        "DUE, CARD_DECISION, 1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10 REPORT+3 REPORT+8",
        "DUE, CARD_REPLY, 1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10 REPORT+3 REPORT+8",
        "DUE, LOOK_BACK_CHECK, 1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10 REPORT+3 REPORT+8",
        "DUE, SPOT_CHECK_VISIT, 1, 0, REMINDER-1 URGE+1 URGE+5 URGE+10 REPORT+3 REPORT+8",
    })
    void theLadderHasItsRungs(String cause, String limit, int level, int rejections, String rungs) throws IOException {
        var result = evaluate(
                "escalation-ladder", Map.of("cause", cause, "limit", limit, "level", level, "rejections", rejections));

        assertThat(result.stream()
                        .map(row -> "%s%+d"
                                .formatted(
                                        (Object) row.getEntry("rung"),
                                        ((Number) row.getEntry("workingDays")).intValue()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(rungs);
        assertThat(result).allSatisfy(row -> {
            boolean card = !Set.of("REMINDER", "URGE", "REPORT").contains(row.<String>getEntry("rung"));
            assertThat((String) row.getEntry("issuers")).matches(group -> card == (group != null));
            assertThat((String) row.getEntry("objectionDecidedBy")).matches(group -> card == (group != null));
            if (card) {
                assertThat((String) row.getEntry("objectionDecidedBy")).isNotEqualTo(row.getEntry("issuers"));
            }
        });
    }

    @ParameterizedTest
    @EnumSource(LimitKind.class)
    void everyKindOfLimitIsInTheTable(LimitKind kind) {
        Set<String> kinds = new TreeSet<>();
        Dmn.readModelFromFile(Path.of("processes/time-limits.dmn").toFile())
                .getModelElementsByType(Rule.class)
                .forEach(rule -> kinds.add(rule.getInputEntries()
                        .iterator()
                        .next()
                        .getTextContent()
                        .strip()));

        assertThat(kinds).contains('"' + kind.name() + '"');
    }

    @Test
    void everyRuleSaysWhatItIsFor() {
        for (String table :
                new String[] {"time-limits", "closing-authority", "extension-authority", "escalation-ladder"}) {
            assertThat(Dmn.readModelFromFile(
                                    Path.of("processes/" + table + ".dmn").toFile())
                            .getModelElementsByType(Rule.class))
                    .allSatisfy(rule -> {
                        assertThat(rule.getDescription()).isNotNull();
                        assertThat(rule.getInputEntries())
                                .extracting(InputEntry::getId)
                                .doesNotContainNull();
                    });
        }
    }

    private DmnDecisionTableResult evaluate(String key, Map<String, Object> inputs) throws IOException {
        try (InputStream file = Files.newInputStream(Path.of("processes/" + key + ".dmn"))) {
            DmnDecision decision = engine.parseDecision(key, file);
            return engine.evaluateDecisionTable(decision, inputs);
        }
    }
}
