package org.guiling.web.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.Outcome;
import org.guiling.item.Plan;
import org.guiling.item.RectificationType;
import org.guiling.item.Registration;
import org.guiling.item.Responsibility;
import org.guiling.item.SourceReply;
import org.guiling.item.SourceType;
import org.guiling.item.Step;
import org.guiling.item.Urgency;
import org.guiling.item.Visibility;
import org.guiling.item.record.Defect;
import org.guiling.item.record.Institution;
import org.guiling.item.record.Measure;
import org.guiling.item.record.SignOff;
import org.guiling.item.record.Verification;
import org.guiling.item.todo.PersonalData;

/**
 * Everything that is known of one item, flat, by the names of the ledger. What is not known yet is left out.
 *
 * @param provisionalDates which of the dates lie in a year that is not loaded and may still move, by their names here; a
 *     measure's as {@code measures.2.due}
 * @param subject of a petitioner the first character alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ItemDocument(
        String itemNo,
        ItemStatus status,
        Step step,
        int round,
        Light light,
        String campaignCode,
        SourceType sourceType,
        String sourceDocNo,
        String sourceSeq,
        LocalDate foundDate,
        String foundBy,
        String title,
        String factText,
        String location,
        String subject,
        BigDecimal amount,
        String category,
        int level,
        Urgency urgency,
        boolean systemic,
        Visibility visibility,
        String registeredBy,
        Instant registeredAt,
        String leadUnit,
        List<String> coUnits,
        String principal,
        String divisionLeader,
        String handler,
        Instant claimedAt,
        LocalDate claimDue,
        String rootCause,
        RectificationType rectType,
        String target,
        List<Measure> measures,
        String fixNowWaiver,
        String longTermWaiver,
        String funds,
        String emergencyPlan,
        LocalDate originalDue,
        LocalDate currentDue,
        String dueBasis,
        List<Defect> defects,
        String result,
        String extension,
        Instant selfDoneAt,
        List<Institution> institutions,
        List<Verification> verifications,
        List<SignOff> signOffs,
        SourceReply sourceReply,
        String sourceReplyNote,
        Instant closedAt,
        LocalDate lookBackOn,
        List<String> provisionalDates,
        String parentNo,
        boolean fastLane) {

    private static final Responsibility NOBODY = new Responsibility(null, null, null, null, null, null);
    private static final Plan NO_PLAN = new Plan(null, null, null, null, null, null, null, null, null, null, null);

    static ItemDocument of(
            Item item,
            Light light,
            List<Measure> measures,
            List<Defect> defects,
            List<Institution> institutions,
            List<Verification> verifications,
            List<SignOff> signOffs,
            WorkingCalendar calendar) {
        Registration facts = item.registration();
        Responsibility who = item.responsibility() == null ? NOBODY : item.responsibility();
        Plan plan = item.plan() == null ? NO_PLAN : item.plan();
        Outcome outcome = item.outcome();
        return new ItemDocument(
                item.itemNo(),
                item.status(),
                item.step(),
                item.round(),
                light,
                facts.campaignCode(),
                facts.sourceType(),
                facts.sourceDocNo(),
                facts.sourceSeq(),
                facts.foundDate(),
                facts.foundBy(),
                facts.title(),
                facts.factText(),
                facts.location(),
                PersonalData.masked(facts.sourceType(), facts.subject()),
                facts.amount(),
                facts.category(),
                facts.level(),
                facts.urgency(),
                facts.systemic(),
                facts.visibility(),
                item.registeredBy(),
                item.registeredAt(),
                facts.leadUnit(),
                facts.coUnits(),
                who.principal(),
                who.divisionLeader(),
                who.handler(),
                who.claimedAt(),
                who.claimDue(),
                plan.rootCause(),
                plan.rectType(),
                plan.target(),
                measures,
                plan.fixNowWaiver(),
                plan.longTermWaiver(),
                plan.funds(),
                plan.emergencyPlan(),
                item.originalDue(),
                item.currentDue(),
                item.dueBasis(),
                defects,
                outcome.result(),
                outcome.extension(),
                outcome.selfDoneAt(),
                institutions,
                verifications,
                signOffs,
                outcome.sourceReply(),
                outcome.sourceReplyNote(),
                outcome.closedAt(),
                outcome.lookBackOn(),
                provisionalDates(item, measures, calendar),
                item.parentNo(),
                item.isOnFastLane());
    }

    private static List<String> provisionalDates(Item item, List<Measure> measures, WorkingCalendar calendar) {
        Map<String, LocalDate> dates = new LinkedHashMap<>();
        dates.put("originalDue", item.originalDue());
        dates.put("currentDue", item.currentDue());
        dates.put("lookBackOn", item.outcome().lookBackOn());
        measures.forEach(measure -> dates.put("measures." + measure.seq() + ".due", measure.due()));
        return dates.entrySet().stream()
                .filter(date -> calendar.isProvisional(date.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
