package org.guiling.engine.form;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.item.Item;
import org.guiling.item.Registration;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.request.Decomposition;
import org.guiling.item.request.MergedSource;
import org.guiling.item.request.MergedSources;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.rules.CodeList;
import org.guiling.spotcheck.VisitStep;
import org.guiling.text.Texts;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SpotCheckModel;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.RectificationForm;
import org.springframework.stereotype.Component;

/** The values to which conditions and options of a form refer beyond those that the person enters. */
@Component
public class FormContext {

    private final ItemRecords records;
    private final Organization organization;
    private final Decomposition decomposition;
    private final MergedSources mergedSources;
    private final CurrentPerson currentPerson;
    private final CodeOptions codeOptions;
    private final Texts texts;

    FormContext(
            ItemRecords records,
            Organization organization,
            Decomposition decomposition,
            MergedSources mergedSources,
            CurrentPerson currentPerson,
            CodeOptions codeOptions,
            Texts texts) {
        this.records = records;
        this.mergedSources = mergedSources;
        this.codeOptions = codeOptions;
        this.texts = texts;
        this.organization = organization;
        this.decomposition = decomposition;
        this.currentPerson = currentPerson;
    }

    public Map<String, Object> ofRegistration() {
        return with(codeOptions.of(FiveStepZeroing.START_FORM, Map.of()), Map.of("units", units()));
    }

    /** The options that the start form of a model offers beyond its file. */
    public Map<String, Object> ofStart(String processKey) {
        return switch (processKey) {
            case FiveStepZeroing.KEY -> ofRegistration();
            case FastLaneModel.KEY ->
                with(
                        codeOptions.of(FastLaneModel.START_FORM, Map.of()),
                        Map.of("handlers", handlersOf(currentPerson.get().unitAs(Role.HANDLER))));
            case SpotCheckModel.KEY -> codeOptions.of(SpotCheckModel.START_FORM, Map.of());
            default ->
                RequestProcess.DECOMPOSITION.key().equals(processKey)
                        ? Map.of("lowerUnits", options(decomposition.unitsBelow(currentPerson.get())))
                        : Map.of();
        };
    }

    public Map<String, Object> of(TaskContract task, Item item) {
        return with(codeOptions.of(task.form(), kept(task, item)), known(task, item));
    }

    /** Codes with which an item was registered may stay when its registration is amended. */
    private static Map<CodeList, String> kept(TaskContract task, Item item) {
        Registration facts = item.registration();
        return task == UserTask.AMEND_REGISTRATION
                ? Map.of(
                        CodeList.CATEGORY,
                        facts.category(),
                        CodeList.SOURCE_TYPE,
                        facts.sourceType().name())
                : Map.of();
    }

    private Map<String, Object> known(TaskContract task, Item item) {
        if (task instanceof SpotCheckVisitTask) {
            return Map.of("closed", VisitStep.reopens(item), "declaredDone", VisitStep.isDeclaredDone(item));
        }
        return task instanceof UserTask step ? of(step, item) : Map.of();
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> others) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    private Map<String, Object> of(UserTask task, Item item) {
        return switch (task) {
            case DRAFT_PLAN -> Map.of("dueFixed", item.isDueFixedBySource(), "fiveEnsures", item.needsFiveEnsures());
            case RECTIFY -> RectificationForm.contents(records.measures(item));
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
                merged,
                "unsatisfied",
                records.awaitsDecisionOnCallBack(item));
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
}
