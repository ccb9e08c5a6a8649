package org.guiling.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.process.LifeCycle;
import org.guiling.process.Samples;
import org.guiling.process.TaskFormData;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The duplicate search (查重): what is found, what is not, and that every door says the same. */
@GuilingTest
class DuplicatesTest {

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Duplicates duplicates;

    @Autowired
    TaskFormData taskFormData;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    /** Of characters that nothing else has: hundreds of other tests' texts have the pairs of a UUID. */
    private final String road = new SecureRandom()
            .ints(24, 0x3400, 0x4db6)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    private final String fact = "排查时发现 " + road + " 处的消防通道被三辆车占用，居民反映已有一个月无人处理。";

    @Test
    void aTextThatDiffersInOneCharacterIsFoundAndTheDifferenceMarked() {
        String known = register("消防通道占用 " + road, fact, "样例路", Map.of());
        String itemNo = register("消防通道占甪 " + road, fact.replace("三辆", "四辆"), "样例路", Map.of());

        List<Duplicate> found = duplicates.of(lifeCycle.item(itemNo));

        assertThat(found).singleElement().satisfies(duplicate -> {
            assertThat(duplicate.itemNo()).isEqualTo(known);
            assertThat(duplicate.percent()).isGreaterThan(90);
            assertThat(duplicate.differences())
                    .extracting(Duplicate.Difference::field)
                    .containsExactly("title", "factText");
            assertThat(duplicate.differences().get(0).here()).contains("占【甪】");
            assertThat(duplicate.differences().get(0).there()).contains("占【用】");
            assertThat(duplicate.differences().get(1).here()).contains("【四】");
        });

        // and the review says the same, marked as well, and does not pass over it
        String taskId = lifeCycle.waiting(itemNo).taskId();
        Object rows = people.as("reviewer", () -> taskFormData.of(taskId)).get("similarItems");
        assertThat(rows).asString().contains(known, "占【甪】", "%");
        assertThatThrownBy(() -> lifeCycle.complete("reviewer", itemNo, Samples.acceptance()))
                .hasMessageContaining("系统查到 1 条相似事项");
    }

    @Test
    void threePlacesWithTheSameTextAreThreeItems() {
        register("消防通道占用 " + road, fact, "甲村", Map.of());
        register("消防通道占用 " + road, fact, "乙村", Map.of());
        String third = register("消防通道占用 " + road, fact, "丙村", Map.of());

        assertThat(duplicates.of(lifeCycle.item(third))).isEmpty();
        lifeCycle.complete("reviewer", third, Samples.acceptance());
    }

    @Test
    void unitAndTimeCountAndTheSourceHasTheLastWord() {
        Map<String, Object> first = Map.of("sourceDocNo", "测试〔2026〕" + road, "sourceSeq", "1");
        String known = register("消防通道占用 " + road, fact, null, first);

        // another title and other words about half of it, of another unit: another problem
        String half = register(
                "停车秩序 " + road.substring(0, 8),
                "排查时发现 " + road + " 处停车位划线不清，须重新划线。",
                null,
                Map.of("leadUnit", "education-bureau"));
        assertThat(found(half)).isEmpty();

        // the same fact of another unit under another title
        String other = register("车辆占道", fact, null, Map.of("leadUnit", "education-bureau"));
        assertThat(found(other)).extracting(tuple -> tuple.toList().get(0)).containsExactly(known);

        // what the source numbers apart is not the same, and what it numbers alike is
        Map<String, Object> second = new HashMap<>(first);
        second.put("sourceSeq", "2");
        assertThat(found(register("消防通道占用 " + road, fact, null, second)))
                .extracting(tuple -> tuple.toList().get(0))
                .doesNotContain(known);
        assertThat(found(register("另一件事", "与前一件毫不相干的内容。", "别处", first))).contains(Tuple.tuple(known, 100));
    }

    /** The index of the ledger's search answers, whatever the number of items. */
    @Test
    void theSearchReadsTheIndexOfPairs() {
        LocalDate today = lifeCycle.today();
        List<String> plan = transactions.execute(transaction -> {
            jdbc.sql("set local enable_seqscan = off").update();
            return jdbc.sql("explain " + Duplicates.CANDIDATES.formatted("true"))
                    .param("itemNo", "")
                    .param("title", "消防通道占用")
                    .param("pairs", new String[] {"消防", "通道"})
                    .param("docNo", "无")
                    .param("seq", "1")
                    .param("place", null)
                    .param("unit", Samples.CITY_UNIT)
                    .param("found", today)
                    .param("most", 10)
                    .query(String.class)
                    .list();
        });
        assertThat(String.join("\n", plan))
                .contains("Bitmap Index Scan on item_text_words", "item_title", "item_source");
    }

    private List<Tuple> found(String itemNo) {
        return duplicates.of(lifeCycle.item(itemNo)).stream()
                .map(duplicate -> Tuple.tuple(duplicate.itemNo(), duplicate.percent()))
                .toList();
    }

    private String register(String title, String factText, String location, Map<String, Object> changes) {
        Map<String, Object> fields = lifeCycle.registration();
        fields.put("title", title);
        fields.put("factText", factText);
        fields.put("location", location);
        fields.putAll(changes);
        fields.values().removeIf(java.util.Objects::isNull);
        return lifeCycle.register(fields);
    }
}
