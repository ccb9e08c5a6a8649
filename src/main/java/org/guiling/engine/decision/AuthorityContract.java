package org.guiling.engine.decision;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.organization.Tier;

/** Authorities that decide (审批权限): a group for every tier and level. */
class AuthorityContract extends RuleContract {

    @Override
    final List<Map<String, Object>> questions() {
        return Stream.of(Tier.values())
                .flatMap(tier -> LEVELS.stream().map(level -> question("tier", tier.name(), "level", level)))
                .toList();
    }

    @Override
    Optional<String> fault(Map<String, Object> question, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return Optional.of("rules.decision.no-approver");
        }
        boolean village = Tier.VILLAGE.name().equals(question.get("tier"));
        return rows.stream()
                        .map(row -> row.get("approverGroup"))
                        .allMatch(group -> RuleColumn.groups().contains(group)
                                || village && RuleTable.SAMPLE_LEADERS.equals(group))
                ? Optional.empty()
                : Optional.of("rules.decision.group");
    }
}
