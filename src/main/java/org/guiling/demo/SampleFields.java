package org.guiling.demo;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.item.record.Criterion;
import org.guiling.item.record.Measure;

/** Turns a sample's parts into the fields of the forms; its days count from the day it is loaded. */
final class SampleFields {

    private static final int LEVEL_WITH_TWO_VERIFIERS = 2;

    private final SampleItem sample;
    private final LocalDate today;
    private final WorkingCalendar calendar;

    SampleFields(SampleItem sample, LocalDate today, WorkingCalendar calendar) {
        this.sample = sample;
        this.today = today;
        this.calendar = calendar;
    }

    Map<String, Object> registration() {
        Map<String, Object> fields = new HashMap<>(sample.registration());
        fields.put("foundDate", day(-(int) fields.remove("foundDaysAgo")));
        Object due = fields.remove("originalDueInDays");
        if (due != null) {
            fields.put("originalDue", day((int) due));
        }
        return fields;
    }

    Map<String, Object> acceptance() {
        return Map.of("duplicateAnswer", "NONE", "decision", "ACCEPT", "oneFact", true);
    }

    Map<String, Object> rejection() {
        return Map.of("duplicateAnswer", "NONE", "decision", "REJECT", "opinion", sample.reviewOpinion());
    }

    Map<String, Object> claim() {
        Map<String, Object> fields = new HashMap<>(sample.claim());
        fields.put("coUnits", sample.registration().getOrDefault("coUnits", List.of()));
        fields.put("decision", "CLAIM");
        fields.put("responsibilityConfirmed", true);
        return fields;
    }

    Map<String, Object> plan() {
        SampleItem.Plan plan = sample.plan();
        Map<String, Object> fields = new HashMap<>();
        fields.put("rootCause", plan.rootCause());
        fields.put("rectType", plan.rectType());
        fields.put("target", plan.target());
        fields.put("plannedDue", plan.plannedDueInDays() == null ? null : workingDay(plan.plannedDueInDays()));
        fields.put("fixNowWaiver", plan.fixNowWaiver());
        fields.put("longTermWaiver", plan.longTermWaiver());
        fields.put("funds", plan.funds());
        fields.put("emergencyPlan", plan.emergencyPlan());
        for (int i = 0; i < plan.measures().size(); i++) {
            SampleItem.PlannedMeasure measure = plan.measures().get(i);
            fields.put(Measure.field(i + 1, "Content"), measure.content());
            fields.put(Measure.field(i + 1, "Track"), measure.track());
            fields.put(Measure.field(i + 1, "Owner"), measure.owner());
            fields.put(Measure.field(i + 1, "Due"), day(measure.dueInDays()));
            fields.put(Measure.field(i + 1, "ExpectedResult"), measure.expectedResult());
            fields.put(Measure.field(i + 1, "EvidenceType"), measure.evidenceType());
        }
        return fields;
    }

    Map<String, Object> progress() {
        return Map.of("decision", "PROGRESS", "progress", sample.progress());
    }

    Map<String, Object> rectification() {
        SampleItem.Rectification done = sample.rectification();
        Map<String, Object> fields = new HashMap<>();
        fields.put("decision", "SUBMIT");
        fields.put("progress", done.progress());
        fields.put("result", done.result());
        fields.put("extension", done.extension());
        for (int i = 0; i < done.measureResults().size(); i++) {
            fields.put(Measure.field(i + 1, "Done"), true);
            fields.put(
                    Measure.field(i + 1, "Result"), done.measureResults().get(i).result());
            fields.put(
                    Measure.field(i + 1, "Evidence"),
                    done.measureResults().get(i).evidence());
        }
        if (done.institution() != null) {
            fields.put("institution1Name", done.institution().name());
            fields.put("institution1DocNo", done.institution().docNo());
            fields.put("institution1IssuedOn", day(-done.institution().issuedDaysAgo()));
        }
        return fields;
    }

    Map<String, Object> verification(String secondVerifier) {
        SampleItem.Verification found = sample.verification();
        Map<String, Object> fields = new HashMap<>();
        fields.put("verifyMethod", found.verifyMethod());
        fields.put("verifiedOn", day(0));
        fields.put("coVerifiers", sample.level() >= LEVEL_WITH_TWO_VERIFIERS ? List.of(secondVerifier) : List.of());
        fields.put("decision", found.decision());
        fields.put("callBack", found.callBack());
        fields.put("callBackNote", found.callBackNote());
        fields.put("opinion", found.opinion());
        if ("PASS".equals(found.decision())) {
            fields.put(
                    "criteriaPassed",
                    Arrays.stream(Criterion.values()).map(Enum::name).toList());
        } else {
            for (int i = 0; i < found.defects().size(); i++) {
                fields.put("defect" + (i + 1), found.defects().get(i));
            }
            fields.put("reworkDue", workingDay(found.reworkDueInDays()));
        }
        return fields;
    }

    Map<String, Object> confirmation() {
        return Map.of(
                "decision",
                "CONFIRM",
                "wasThere",
                true,
                "opinion",
                sample.verification().opinion());
    }

    Map<String, Object> signOff() {
        Map<String, Object> fields = new HashMap<>(sample.signOff());
        fields.put("decision", "APPROVE");
        return fields;
    }

    /** A working day: the office sets no date on a rest day. */
    private String workingDay(int fromToday) {
        return calendar.workingDayFrom(today.plusDays(fromToday)).toString();
    }

    private String day(int fromToday) {
        return today.plusDays(fromToday).toString();
    }
}
