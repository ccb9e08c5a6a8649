package org.guiling.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.inspection.VisitStep;
import org.guiling.item.Decomposition;
import org.guiling.item.Item;
import org.guiling.item.ItemRecords;
import org.guiling.item.Measure;
import org.guiling.item.MergedSource;
import org.guiling.item.MergedSources;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.process.FiveStepZeroing.UserTask;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** What the conditions and options of a form refer to beyond what the person enters. */
@Component
class FormContext {

    private final ItemRecords records;
    private final Organization organization;
    private final Decomposition decomposition;
    private final MergedSources mergedSources;
    private final CurrentPerson currentPerson;
    private final Texts texts;

    FormContext(
            ItemRecords records,
            Organization organization,
            Decomposition decomposition,
            MergedSources mergedSources,
            CurrentPerson currentPerson,
            Texts texts) {
        this.records = records;
        this.mergedSources = mergedSources;
        this.texts = texts;
        this.organization = organization;
        this.decomposition = decomposition;
        this.currentPerson = currentPerson;
    }

    Map<String, Object> ofRegistration() {
        return Map.of("units", units());
    }

    /** What the start form of a model offers beyond its file. */
    Map<String, Object> ofStart(String processKey) {
        if (RequestProcess.DECOMPOSITION.key().equals(processKey)) {
            return Map.of("lowerUnits", options(decomposition.unitsBelow(currentPerson.get())));
        }
        if (FastLaneModel.KEY.equals(processKey)) {
            return Map.of("handlers", handlersOf(currentPerson.get().unitAs(Role.HANDLER)));
        }
        return FiveStepZeroing.KEY.equals(processKey) ? ofRegistration() : Map.of();
    }

    Map<String, Object> of(TaskContract task, Item item) {
        if (task instanceof SpotCheckVisitTask) {
            return Map.of("closed", VisitStep.reopens(item));
        }
        return task instanceof UserTask step ? of(step, item) : Map.of();
    }

    private Map<String, Object> of(UserTask task, Item item) {
        return switch (task) {
            case DRAFT_PLAN -> Map.of("dueFixed", item.isDueFixedBySource(), "fiveEnsures", item.needsFiveEnsures());
            case RECTIFY -> measureContents(item);
            case VERIFY ->
                Map.of("publicFacing", item.registration().sourceType().isPublicFacing());
            case SIGN_OFF -> repliesPending(item);
            default -> Map.of();
        };
    }

    /** The item's own source and each that was merged in (并案) have to be answered once. */
    private Map<String, Object> repliesPending(Item item) {
        List<Map<String, String>> merged = mergedSources.unanswered(item).stream()
                .map(source -> Map.of("value", source.fromItem(), "label", label(source)))
                .toList();
        return Map.of(
                "replyPending",
                item.outcome().sourceReply() == null,
                "mergedPending",
                !merged.isEmpty(),
                "mergedSources",
                merged);
    }

    private String label(MergedSource source) {
        String seq = source.seq() == null ? "" : " " + source.seq();
        return "%s %s%s (%s)".formatted(texts.label(source.type()), source.docNo(), seq, source.fromItem());
    }

    private List<Map<String, String>> handlersOf(String unit) {
        return organization.people(unit, Role.HANDLER).stream()
                .map(person -> Map.of("label", person.name(), "value", person.id()))
                .toList();
    }

    List<Map<String, String>> units() {
        return options(organization.units());
    }

    private static List<Map<String, String>> options(List<Unit> units) {
        return units.stream()
                .map(unit -> Map.of("label", unit.name(), "value", unit.code()))
                .toList();
    }

    private Map<String, Object> measureContents(Item item) {
        Map<String, Object> contents = new HashMap<>();
        for (Measure measure : records.measures(item)) {
            contents.put("measure" + measure.seq() + "Content", measure.content());
        }
        return contents;
    }
}
