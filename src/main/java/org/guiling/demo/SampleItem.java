package org.guiling.demo;

import java.util.List;
import java.util.Map;
import org.guiling.item.ItemStatus;

/** One entry of {@code demo/items.yaml}; parts that its stop does not reach are null. */
record SampleItem(
        Map<String, Object> registration,
        ItemStatus stopAt,
        String reviewOpinion,
        Map<String, Object> claim,
        Plan plan,
        String progress,
        Rectification rectification,
        Verification verification,
        Map<String, Object> signOff) {

    record Plan(
            String rootCause,
            String rectType,
            String target,
            Integer plannedDueInDays,
            List<PlannedMeasure> measures,
            String fixNowWaiver,
            String longTermWaiver,
            String funds,
            String emergencyPlan) {}

    record PlannedMeasure(
            String content, String track, String owner, int dueInDays, String expectedResult, String evidenceType) {}

    record Rectification(
            String progress,
            String result,
            String extension,
            List<MeasureResult> measureResults,
            IssuedInstitution institution) {}

    record MeasureResult(String result, String evidence) {}

    record IssuedInstitution(String name, String docNo, int issuedDaysAgo) {}

    record Verification(
            String verifyMethod,
            String opinion,
            String callBack,
            String callBackNote,
            String decision,
            List<String> defects,
            Integer reworkDueInDays) {}

    /** The level as the registration states it, 1 to 4. */
    int level() {
        return Integer.parseInt(registration.get("level").toString());
    }
}
