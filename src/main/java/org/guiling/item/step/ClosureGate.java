package org.guiling.item.step;

import java.util.List;
import org.guiling.item.Item;
import org.guiling.item.SourceReply;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.request.ItemRequests;
import org.guiling.item.request.MergedSource;
import org.guiling.item.request.MergedSources;
import org.guiling.item.rule.DueDateRule;
import org.guiling.refusal.Gate;
import org.springframework.stereotype.Component;

/** The gate of step 5: what has to be in the record before an item is signed off. */
@Component
class ClosureGate {

    private final ItemRecords records;
    private final ItemRequests requests;
    private final MergedSources mergedSources;
    private final DueDateRule dueDateRule;

    ClosureGate(ItemRecords records, ItemRequests requests, MergedSources mergedSources, DueDateRule dueDateRule) {
        this.records = records;
        this.requests = requests;
        this.mergedSources = mergedSources;
        this.dueDateRule = dueDateRule;
    }

    /** Requires what an approval needs, or what a return needs. */
    void check(Item item, ClosureStep.Answer answer) {
        Gate gate = new Gate();
        if (answer.approved()) {
            gate.require(
                    Gate.given(answer.onDissatisfaction()) || !records.awaitsDecisionOnCallBack(item),
                    "onDissatisfaction",
                    "refusal.closure.unsatisfied");
            requireClosable(gate, item, answer.sourceReply(), answer.mergedAnswered());
        } else {
            dueDateRule.requireRework(gate, item, answer.defects(), answer.reworkDue());
        }
        gate.pass();
    }

    /** The preconditions that are still missing before anybody can sign. */
    void lacking(Gate gate, Item item) {
        gate.require(!records.awaitsDecisionOnCallBack(item), null, "refusal.closure.unsatisfied");
        requireClosable(gate, item, null, List.of());
    }

    /** Preconditions for signing (DOMAIN.md §1, step 5). */
    private void requireClosable(Gate gate, Item item, SourceReply sourceReply, List<String> mergedAnswered) {
        boolean answered = item.outcome().sourceReply() != null || sourceReply != null;
        List<String> unanswered = mergedSources.unanswered(item).stream()
                .map(MergedSource::fromItem)
                .filter(source -> !mergedAnswered.contains(source))
                .toList();
        boolean laidDown = Gate.given(item.plan().longTermWaiver())
                || !records.institutions(item).isEmpty();
        gate.require(answered, "sourceReply", "refusal.closure.reply")
                .require(laidDown, null, "refusal.closure.institution")
                .require(unanswered.isEmpty(), "mergedAnswered", "refusal.closure.merged", String.join("、", unanswered))
                .require(requests.open(item).isEmpty(), null, "refusal.closure.open-request")
                .refuse(item.whilePartsAreOpen());
    }
}
