package org.guiling.engine.form;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.customization.CodeList;
import org.guiling.customization.CodeLists;
import org.guiling.item.Item;
import org.guiling.item.Plan;
import org.guiling.item.RectificationType;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.text.Texts;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.PlanForm;
import org.guiling.workflow.form.RectificationForm;
import org.springframework.stereotype.Component;

/** Supplies the forms of 限期整改: plan, approval and rectification. */
@Component
class DeadlineForms implements FormSource {

    private final ItemRecords records;
    private final ItemFacts itemFacts;
    private final WorkFacts workFacts;
    private final DueDateRule dueDateRule;
    private final CodeLists codeLists;
    private final FactTexts factTexts;
    private final Texts texts;

    DeadlineForms(
            ItemRecords records,
            ItemFacts itemFacts,
            WorkFacts workFacts,
            DueDateRule dueDateRule,
            CodeLists codeLists,
            FactTexts factTexts,
            Texts texts) {
        this.records = records;
        this.itemFacts = itemFacts;
        this.workFacts = workFacts;
        this.dueDateRule = dueDateRule;
        this.codeLists = codeLists;
        this.factTexts = factTexts;
        this.texts = texts;
    }

    @Override
    public Set<? extends TaskContract> tasks() {
        return EnumSet.of(UserTask.DRAFT_PLAN, UserTask.APPROVE_PLAN, UserTask.RECTIFY);
    }

    @Override
    public Map<String, Object> context(TaskContract task, Item item) {
        if (task == UserTask.DRAFT_PLAN) {
            return Map.of("dueFixed", item.isDueFixedBySource(), "fiveEnsures", item.needsFiveEnsures());
        }
        return task == UserTask.RECTIFY ? RectificationForm.contents(records.measures(item)) : Map.of();
    }

    @Override
    public void fill(Map<String, Object> data, TaskContract task, Item item, ToDo toDo) {
        if (task == UserTask.DRAFT_PLAN) {
            fillPlan(data, item);
        } else if (task == UserTask.APPROVE_PLAN) {
            data.put("planFacts", workFacts.plan(item));
            data.put("measures", workFacts.measures(item));
        } else {
            fillRectification(data, item);
        }
    }

    private void fillPlan(Map<String, Object> data, Item item) {
        data.put("limitHint", limitHint(item));
        Plan plan = item.plan();
        if (plan != null) {
            data.put("returnNotes", itemFacts.note("facts.planOpinion", plan.planOpinion()));
        }
        PlanForm.show(data, plan, records.measures(item));
    }

    private String limitHint(Item item) {
        if (item.isDueFixedBySource()) {
            return texts.get("hint.due-fixed", factTexts.lastDay(item.originalDue()));
        }
        String latest = codeLists.offered(CodeList.RECTIFICATION_TYPE).stream()
                .map(type -> texts.get(
                        "hint.due-limit",
                        texts.label(CodeList.RECTIFICATION_TYPE.kind(), type.code()),
                        factTexts.lastDay(dueDateRule
                                .latestPlanned(item, RectificationType.valueOf(type.code()))
                                .due())))
                .collect(Collectors.joining(texts.get("list.separator")));
        return texts.get("hint.due-limits", latest);
    }

    private void fillRectification(Map<String, Object> data, Item item) {
        data.put(
                "defects",
                records.defects(item).stream()
                        .map(defect -> Map.<String, Object>of(
                                "seq", defect.seq(),
                                "text", defect.content(),
                                "from", texts.label(defect.origin())))
                        .toList());
        RectificationForm.show(
                data,
                records.measures(item),
                records.institutions(item),
                item.outcome().result(),
                item.outcome().extension());
    }
}
