package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.refusal.Refusals;
import org.guiling.spotcheck.SampleDraw;
import org.springframework.stereotype.Component;

/** Service task 抽取样本: draws the items and who visits them. Run twice, it draws once. */
@Component("drawSampleDelegate")
class DrawSampleDelegate implements JavaDelegate {

    private final SampleDraw sampleDraw;
    private final Refusals refusals;

    DrawSampleDelegate(SampleDraw sampleDraw, Refusals refusals) {
        this.sampleDraw = sampleDraw;
        this.refusals = refusals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> sampleDraw.draw(execution.getProcessBusinessKey()));
    }
}
