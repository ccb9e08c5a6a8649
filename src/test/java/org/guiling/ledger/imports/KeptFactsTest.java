package org.guiling.ledger.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.guiling.item.Registration;
import org.guiling.item.SourceType;
import org.guiling.item.Urgency;
import org.guiling.item.Visibility;
import org.junit.jupiter.api.Test;

/** All facts of a file are kept, or none are. */
class KeptFactsTest {

    @Test
    void factsThatAreTooLongAreNotKeptNorWhatComesBehindThem() {
        KeptFacts kept = new KeptFacts();
        assertThat(kept.all()).hasValue(List.of());
        kept.add(facts("消防通道占用"));
        kept.add(facts("路灯不亮"));
        assertThat(kept.all()).hasValue(List.of(facts("消防通道占用"), facts("路灯不亮")));

        kept.add(facts("长".repeat(KeptFacts.LETTERS)));
        assertThat(kept.all()).isEmpty();
        kept.add(facts("井盖缺失"));
        assertThat(kept.all()).isEmpty();
    }

    private static Registration facts(String fact) {
        return new Registration(
                null,
                SourceType.SELF,
                "测试〔2026〕1",
                null,
                LocalDate.of(2026, 11, 20),
                "示例检查组",
                "标题",
                fact,
                null,
                null,
                null,
                "SAFETY",
                1,
                Urgency.NORMAL,
                false,
                Visibility.INTERNAL,
                "city",
                List.of(),
                null,
                null);
    }
}
