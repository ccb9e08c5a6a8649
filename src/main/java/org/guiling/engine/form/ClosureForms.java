package org.guiling.engine.form;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.request.MergedSource;
import org.guiling.item.request.MergedSources;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.text.Texts;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Supplies the form of 销号归零. */
@Component
class ClosureForms implements FormSource {

    private final ItemRecords records;
    private final MergedSources mergedSources;
    private final WorkFacts workFacts;
    private final Texts texts;

    ClosureForms(ItemRecords records, MergedSources mergedSources, WorkFacts workFacts, Texts texts) {
        this.records = records;
        this.mergedSources = mergedSources;
        this.workFacts = workFacts;
        this.texts = texts;
    }

    @Override
    public Set<? extends TaskContract> tasks() {
        return EnumSet.of(UserTask.SIGN_OFF);
    }

    /** The item's own source and each that was merged in (并案) have to be answered once. */
    @Override
    public Map<String, Object> context(TaskContract task, Item item) {
        List<Map<String, String>> merged = mergedSources.unanswered(item).stream()
                .map(source -> Map.of("value", source.fromItem(), "label", label(source)))
                .toList();
        return Map.of(
                "replyPending",
                item.outcome().sourceReply() == null,
                "mergedPending",
                !merged.isEmpty(),
                "mergedSources",
                merged,
                "unsatisfied",
                records.awaitsDecisionOnCallBack(item));
    }

    private String label(MergedSource source) {
        String seq = source.seq() == null ? "" : " " + source.seq();
        return "%s %s%s (%s)".formatted(texts.label(source.type()), source.docNo(), seq, source.fromItem());
    }

    @Override
    public void fill(Map<String, Object> data, TaskContract task, Item item, ToDo toDo) {
        data.putAll(workFacts.done(item));
        data.put("verificationFacts", workFacts.verification(item));
        data.put("signOffs", workFacts.signOffs(item));
    }
}
