package org.guiling.engine.service;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.spotcheck.SampleDraw;
import org.guiling.spotcheck.SpotChecks;
import org.springframework.stereotype.Component;

/** The models of the spot check (随机抽查) ask it what was drawn. */
@Component("drawnVisits")
public class DrawnVisits {

    private final SpotChecks spotChecks;
    private final SampleDraw sampleDraw;

    DrawnVisits(SpotChecks spotChecks, SampleDraw sampleDraw) {
        this.spotChecks = spotChecks;
        this.sampleDraw = sampleDraw;
    }

    /** The numbers of the items to be visited. */
    public List<String> of(DelegateExecution execution) {
        return spotChecks.drawn(execution.getProcessBusinessKey());
    }

    /** The person who was drawn to visit the item; null leaves the visit to any verifier who may make it. */
    public String inspector(DelegateExecution execution) {
        return sampleDraw.inspectorOf(execution.getProcessBusinessKey()).orElse(null);
    }
}
