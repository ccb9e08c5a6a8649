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
import org.springframework.stereotype.Component;

/** Completes 实地抽查: takes the form, calls one use case, returns the decision and notifies the unit. */
@Component
class SpotCheckVisitCompletion {

    private static final int PROBLEMS = 3;

    /** The closed item was not at zero: another round begins. */
    private static final String REOPENED = "REOPENED";

    /** The work that the unit had declared done was not done: the item goes back. */
    private static final String SENT_BACK = "SENT_BACK";

    private final VisitStep visitStep;
    private final ItemNotices notices;

    SpotCheckVisitCompletion(VisitStep visitStep, ItemNotices notices) {
        this.visitStep = visitStep;
        this.notices = notices;
    }

    StepCompletions.Result complete(Item item, FormValues values, Person person) {
        SpotCheckResult result = values.code("decision", SpotCheckResult.class);
        String outcome = outcome(item, result, values.flag("falsified"));
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
        if (SENT_BACK.equals(outcome)) {
            notices.returned(item);
        }
        if (result != SpotCheckResult.NOT_VISITED) {
            notices.spotChecked(item, visit.checkNo());
        }
        return new StepCompletions.Result(
                Map.of(),
                Map.of(
                        Variables.OUTCOME,
                        outcome,
                        SpotCheckVisitTask.FOUND_ITEMS,
                        visit.found().stream().map(Item::itemNo).toList()));
    }

    private static String outcome(Item item, SpotCheckResult result, boolean falsified) {
        if (result == SpotCheckResult.DISCREPANT && VisitStep.reopens(item)) {
            return REOPENED;
        }
        return VisitStep.sendsBack(item, result, falsified) ? SENT_BACK : result.name();
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
