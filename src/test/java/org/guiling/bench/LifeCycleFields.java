package org.guiling.bench;

import java.time.LocalDate;
import java.util.Map;
import org.guiling.engine.Samples;

/** The complete forms of one life-cycle, the same for both sides. */
record LifeCycleFields(
        Map<String, Object> registration,
        Map<String, Object> acceptance,
        Map<String, Object> claim,
        Map<String, Object> plan,
        Map<String, Object> planApproval,
        Map<String, Object> rectification,
        Map<String, Object> verification,
        Map<String, Object> signOff) {

    static LifeCycleFields on(LocalDate today) {
        return new LifeCycleFields(
                Samples.registration(today),
                Samples.acceptance(),
                Samples.claim("handler"),
                Samples.plan(today),
                Samples.planApproval(),
                Samples.rectification(today),
                Samples.verification(today),
                Samples.signOff());
    }
}
