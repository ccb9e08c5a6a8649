package org.guiling.engine.form;

import java.util.HashMap;
import java.util.Map;
import org.guiling.item.Item;
import org.guiling.item.request.Decomposition;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Role;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SpotCheckModel;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** The values to which conditions and options of a form refer beyond those that the person enters. */
@Component
public class FormContext {

    private final FormSources sources;
    private final CodeOptions codeOptions;
    private final OrganizationOptions organizationOptions;
    private final Decomposition decomposition;
    private final CurrentPerson currentPerson;

    FormContext(
            FormSources sources,
            CodeOptions codeOptions,
            OrganizationOptions organizationOptions,
            Decomposition decomposition,
            CurrentPerson currentPerson) {
        this.sources = sources;
        this.codeOptions = codeOptions;
        this.organizationOptions = organizationOptions;
        this.decomposition = decomposition;
        this.currentPerson = currentPerson;
    }

    public Map<String, Object> ofRegistration() {
        return with(codeOptions.of(FiveStepZeroing.START_FORM, Map.of()), Map.of("units", organizationOptions.units()));
    }

    /** The options that the start form of a model offers beyond its file. */
    public Map<String, Object> ofStart(String processKey) {
        return switch (processKey) {
            case FiveStepZeroing.KEY -> ofRegistration();
            case FastLaneModel.KEY ->
                with(
                        codeOptions.of(FastLaneModel.START_FORM, Map.of()),
                        Map.of(
                                "handlers",
                                organizationOptions.handlers(currentPerson.get().unitAs(Role.HANDLER))));
            case SpotCheckModel.KEY -> codeOptions.of(SpotCheckModel.START_FORM, Map.of());
            default ->
                RequestProcess.DECOMPOSITION.key().equals(processKey)
                        ? Map.of("lowerUnits", OrganizationOptions.of(decomposition.unitsBelow(currentPerson.get())))
                        : Map.of();
        };
    }

    public Map<String, Object> of(TaskContract task, Item item) {
        FormSource source = sources.of(task);
        return with(codeOptions.of(task.form(), source.kept(task, item)), source.context(task, item));
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> others) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
