package org.guiling.engine.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.guiling.organization.Tier;

/** Authorities that sign one after the other (销号权限): a chain that comes to its end. */
final class ClosingAuthorityContract extends AuthorityContract {

    private static final String TOWNSHIP = "township";
    private static final int LONGEST_CHAIN = 6;

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
        return rows.size() > LONGEST_CHAIN ? Optional.of("rules.decision.endless") : super.fault(question, rows);
    }
}
