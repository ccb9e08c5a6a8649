package org.guiling.engine.form;

import static java.util.stream.Collectors.joining;
import static org.guiling.engine.form.FactTexts.day;
import static org.guiling.engine.form.FactTexts.joined;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.form.FactTexts.Rows;
import org.guiling.item.Item;
import org.guiling.item.Registration;
import org.guiling.item.RequestKind;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.ItemRequests;
import org.guiling.item.request.MergedSources;
import org.guiling.item.step.Decline;
import org.guiling.item.step.Declines;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The facts of an item in the words of the reader, as tables of {@code label} and {@code value}. Forms and pages show the
 * same.
 */
@Component
@Transactional(readOnly = true)
public class ItemFacts {

    private final Declines declines;
    private final ItemRequests requests;
    private final MergedSources mergedSources;
    private final Organization organization;
    private final WorkingCalendars calendars;
    private final FactTexts factTexts;
    private final Texts texts;
    private final OfficeClock clock;

    ItemFacts(
            Declines declines,
            ItemRequests requests,
            MergedSources mergedSources,
            Organization organization,
            WorkingCalendars calendars,
            FactTexts factTexts,
            Texts texts,
            OfficeClock clock) {
        this.declines = declines;
        this.requests = requests;
        this.mergedSources = mergedSources;
        this.organization = organization;
        this.calendars = calendars;
        this.factTexts = factTexts;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * The item's subject, the people and units that it belongs to, and its dates.
     *
     * @param subject as far as the reader may know it, or null
     * @param taskDue the last day of the task for whose form it is, or null
     */
    public List<Map<String, Object>> of(Item item, String subject, LocalDate taskDue) {
        Registration facts = item.registration();
        Rows rows = factTexts
                .rows()
                .add("facts.itemNo", item.itemNo())
                .add("facts.title", facts.title())
                .add("facts.factText", facts.factText())
                .add("facts.location", facts.location())
                .add("facts.subject", subject)
                .add("facts.source", joined(texts.label(facts.sourceType()), facts.sourceDocNo(), facts.sourceSeq()))
                .add("facts.found", joined(day(facts.foundDate()), facts.foundBy()))
                .add("facts.classification", classification(facts))
                .add("facts.leadUnit", organization.unitName(facts.leadUnit()))
                .add("facts.coUnits", coUnits(facts))
                .add("facts.responsible", responsible(item));
        rows.add("facts.claimedLate", claimedLate(item));
        rows.add("facts.originalDue", factTexts.lastDay(item.originalDue()));
        if (item.currentDue() != null && !item.currentDue().equals(item.originalDue())) {
            rows.add("facts.currentDue", factTexts.lastDay(item.currentDue()));
        }
        // Tasklist shows the task's date by itself, but not that it may still move.
        if (calendars.current().isProvisional(taskDue) && !taskDue.equals(item.currentDue())) {
            rows.add("facts.taskDue", factTexts.lastDay(taskDue));
        }
        rows.add(
                "facts.mergedSources",
                mergedSources.of(item).stream()
                        .map(source -> joined(
                                texts.label(source.type()),
                                source.docNo(),
                                source.seq(),
                                source.fromItem(),
                                source.answered() ? source.replyNote() : null))
                        .collect(joining("；")));
        long disputed = declines.of(item).stream()
                .mapToLong(decline -> decline.days(clock.instant()))
                .sum();
        rows.add("facts.disputed", disputed == 0 ? null : texts.get("facts.disputed.days", disputed));
        if (item.round() > 1) {
            rows.add("facts.round", Integer.toString(item.round()));
        }
        return rows.list();
    }

    /** The facts to be read at a glance: the item's weight, who helps, and who answers for it. */
    public List<Map<String, Object>> brief(Item item) {
        return factTexts
                .rows()
                .add("facts.classification", classification(item.registration()))
                .add("facts.coUnits", coUnits(item.registration()))
                .add("facts.responsible", responsible(item))
                .list();
    }

    private String classification(Registration facts) {
        return joined(
                texts.label("Category", facts.category()),
                texts.label("Level", facts.level()),
                texts.label(facts.urgency()));
    }

    private String coUnits(Registration facts) {
        return facts.coUnits().stream().map(organization::unitName).collect(joining("、"));
    }

    /** Null where the claim was in time, or there was none. */
    private String claimedLate(Item item) {
        return item.responsibility() == null || !item.responsibility().isClaimedLate(clock.getZone())
                ? null
                : texts.get(
                        "facts.claimedLate.days",
                        clock.dayOf(item.responsibility().claimedAt()),
                        item.responsibility().claimDue());
    }

    /** Null while no unit has claimed the item. */
    private String responsible(Item item) {
        return item.responsibility() == null
                ? null
                : joined(
                        item.responsibility().principal(),
                        item.responsibility().divisionLeader(),
                        organization.personName(item.responsibility().handler()));
    }

    /** The item's state according to the ledger, for a visitor to compare with. */
    public List<Map<String, Object>> standing(Item item) {
        Rows rows = factTexts
                .rows()
                .add("facts.status", texts.label(item.status()))
                .add("facts.result", item.outcome().result())
                .add("facts.extension", item.outcome().extension());
        if (item.outcome().closedAt() != null) {
            rows.add("facts.closedAt", texts.minute(item.outcome().closedAt()));
        }
        return rows.list();
    }

    /** The units that declined it, and the rulings. */
    public List<Map<String, Object>> declines(Item item) {
        Rows rows = factTexts.rows();
        for (Decline decline : declines.of(item)) {
            rows.add(
                            "facts.decline",
                            joined(
                                    organization.unitName(decline.unit()),
                                    organization.personName(decline.declinedBy()),
                                    texts.minute(decline.declinedAt())))
                    .add("facts.declineReason", decline.reason())
                    .add("facts.declineBasis", decline.basis())
                    .add("facts.suggestedUnit", organization.unitName(decline.suggestedUnit()));
            if (decline.ruledAt() != null) {
                rows.add(
                        "facts.ruling",
                        joined(
                                texts.get(decline.upheld() ? "ruling.REDISPATCH" : "ruling.KEEP"),
                                organization.personName(decline.ruledBy()),
                                texts.minute(decline.ruledAt()),
                                decline.opinion()));
            }
        }
        return rows.list();
    }

    /** The open request, or the suspension in force. */
    public List<Map<String, Object>> request(Item item) {
        ItemRequest request = requests.latest(item);
        return factTexts
                .rows()
                .add("facts.requestKind", texts.label(request.kind()))
                .add(
                        "facts.requestedBy",
                        joined(organization.personName(request.requestedBy()), texts.minute(request.requestedAt())))
                .add("facts.ground", texts.label(request.ground()))
                .add("facts.requestReason", request.reason())
                .add("facts.evidence", request.evidence())
                .add("facts.receiptNo", request.receiptNo())
                .add("facts.targetNo", request.targetNo())
                .add("facts.fromDue", day(request.fromDue()))
                .add(
                        request.kind() == RequestKind.SUSPENSION ? "facts.reviewOn" : "facts.newDue",
                        day(request.askedDay()))
                .list();
    }

    List<Map<String, Object>> note(String label, String text) {
        return factTexts.rows().add(label, text).list();
    }
}
