package org.guiling.process;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.guiling.inspection.SpotCheckResult;
import org.guiling.inspection.VisitStep;
import org.guiling.item.Item;
import org.guiling.item.VerificationMethod;
import org.guiling.organization.Person;
import org.guiling.process.form.FormValues;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.VisitOutcome;
import org.springframework.stereotype.Component;

/** Completes 实地抽查: takes the form, calls one use case, returns the decision and notifies the unit. */
@Component
class SpotCheckVisitCompletion {

    private static final int PROBLEMS = 3;

    private final VisitStep visitStep;
    private final ItemNotices notices;

    SpotCheckVisitCompletion(VisitStep visitStep, ItemNotices notices) {
        this.visitStep = visitStep;
        this.notices = notices;
    }

    StepCompletions.Result complete(Item item, FormValues values, Person person) {
        SpotCheckResult result = values.code(TaskContract.DECISION, SpotCheckResult.class);
        VisitOutcome outcome = outcome(item, result, values.flag("falsified"));
        VisitStep.Recorded visit = visitStep.visit(
                item,
                new VisitStep.Finding(
                        result,
                        values.code("verifyMethod", VerificationMethod.class),
                        values.date("visitedOn"),
                        values.texts("coVerifiers"),
                        values.flag("falsified"),
                        StepCompletions.defects(values),
                        values.date("reworkDue"),
                        values.text("opinion"),
                        problems(values)),
                person);
        if (outcome == VisitOutcome.SENT_BACK) {
            notices.returned(item);
        }
        if (result != SpotCheckResult.NOT_VISITED) {
            notices.spotChecked(item, visit.checkNo());
        }
        return new StepCompletions.Result(
                Map.of(),
                Map.of(
                        Variables.OUTCOME,
                        outcome.value(),
                        SpotCheckVisitTask.FOUND_ITEMS,
                        visit.found().stream().map(Item::itemNo).toList()));
    }

    private static VisitOutcome outcome(Item item, SpotCheckResult result, boolean falsified) {
        if (result == SpotCheckResult.DISCREPANT && VisitStep.reopens(item)) {
            return VisitOutcome.REOPENED;
        }
        return VisitStep.sendsBack(item, result, falsified) ? VisitOutcome.SENT_BACK : VisitOutcome.of(result);
    }

    private static List<VisitStep.Problem> problems(FormValues values) {
        return IntStream.rangeClosed(1, PROBLEMS)
                .mapToObj(i -> "problem" + i)
                .filter(field -> values.text(field + "Title") != null)
                .map(field -> new VisitStep.Problem(
                        values.text(field + "Title"),
                        values.text(field + "Fact"),
                        values.text(field + "Category"),
                        Integer.parseInt(values.text(field + "Level"))))
                .toList();
    }
}
