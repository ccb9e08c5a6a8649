package org.guiling.evidence;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the words about a file: a measure of the plan, a note that can be stored, a reason for withdrawing it. */
class EvidenceRuleTest {

    @Test
    void aMeasureIsOneOfThePlan() {
        assertThatCode(() -> EvidenceRule.requireDescribed(List.of(), null, null))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> EvidenceRule.requireDescribed(List.of(), 1, null))
                .hasMessage("refusal.evidence.measure");
    }

    @Test
    void aNoteHasALimit() {
        assertThatCode(() -> EvidenceRule.requireNote("字".repeat(300))).doesNotThrowAnyException();
        assertThatThrownBy(() -> EvidenceRule.requireNote("字".repeat(301))).hasMessage("refusal.evidence.long");
    }

    @Test
    void nothingIsWithdrawnWithoutAReason() {
        assertThatCode(() -> EvidenceRule.requireReason("传错了")).doesNotThrowAnyException();
        assertThatThrownBy(() -> EvidenceRule.requireReason(" ")).hasMessage("refusal.evidence.reason");
    }
}
