package org.guiling.item.duplicate;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.groups.Tuple;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.engine.form.TaskFormData;
import org.guiling.item.Registration;
import org.guiling.item.SourceType;
import org.guiling.item.Urgency;
import org.guiling.item.Visibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The duplicate search (查重): what is found, what is not, and that every door says the same. */
@GuilingTest
class DuplicatesTest {

    private static final Logger log = LoggerFactory.getLogger(DuplicatesTest.class);
    private static final String[] FREQUENT = {
        "消防", "通道", "占用", "检查", "记录", "责任", "落实", "制度", "设备", "现场", "管理", "人员", "整改", "安全", "隐患", "台账", "不全", "未按",
        "规定", "培训", "应急", "演练", "档案", "标识"
    };

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

    @Test
    void aRowIsComparedWithTheEarlierRowsOfItsList() {
        DuplicateRows rows = duplicates.rows();
        rows.add(0, facts("消防通道占用", "消防通道被三辆车占用，居民反映已有一个月无人处理。", "甲村", "1"));
        rows.add(1, facts("消防通道占用", "消防通道被三辆车占用，居民反映已有一个月无人处理。", "乙村", "2"));
        rows.add(2, facts("路灯不亮", "村口路灯连续五天不亮，已经上报两次。", "甲村", "3"));

        // one character differs, and a number that only counts the lines
        Registration changed = facts("消防通道占甪", "消防通道被四辆车占用，居民反映已有一个月无人处理。", "乙村", "4");
        assertThat(rows.like(changed)).hasValueSatisfying(match -> {
            assertThat(match.row()).isEqualTo(1);
            assertThat(match.percent()).isGreaterThan(90);
            assertThat(match.differences().get(0).here()).contains("占【甪】");
            assertThat(match.differences().get(0).there()).contains("占【用】");
            assertThat(match.differences().get(1).there()).contains("【三】");
        });

        // another place is another item, and so is another fact; without a place it may be either
        assertThat(rows.like(facts("消防通道占用", "消防通道被三辆车占用，居民反映已有一个月无人处理。", "丙村", "5")))
                .isEmpty();
        assertThat(rows.like(facts("井盖缺失", "村口井盖缺失三处，已经设置围挡。", "甲村", "6"))).isEmpty();
        assertThat(rows.like(facts("消防通道占用", "消防通道被三辆车占用，居民反映已有一个月无人处理。", null, "7")))
                .hasValueSatisfying(match -> {
                    assertThat(match.row()).isZero();
                    assertThat(match.percent()).isEqualTo(100);
                });

        // a list without a column of places says them in the text
        rows.add(6, facts("第1校食堂管道老化", "第1校食堂燃气管道老化，未按期检测。", null, "8"));
        assertThat(rows.like(facts("第12校食堂管道老化", "第12校食堂燃气管道老化，未按期检测。", null, "9")))
                .isEmpty();
        assertThat(rows.like(facts("第1校食堂管道老化", "第1校食堂燃气管道老化，未按时检测。", null, "10")))
                .isPresent();

        // what the source numbers, and does not only count, has the last word
        rows.add(7, facts("消防通道占用", "消防通道被三辆车占用，居民反映已有一个月无人处理。", "丁村", "XF-2026-0001"));
        assertThat(rows.like(facts("消防通道占用", "消防通道被三辆车占用，居民反映已有一个月无人处理。", "丁村", "XF-2026-0002")))
                .isEmpty();
        assertThat(rows.like(facts("另一件事", "与前一件毫不相干的内容。", "别处", "XF-2026-0001")))
                .hasValueSatisfying(match -> assertThat(match.percent()).isEqualTo(100));
    }

    /** The longest list that may be sent: of frequent words only, and of rows that all say the same at other places. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLongListIsComparedInTimeThatGrowsWithItsRows(boolean allTheSame) {
        Random random = new Random(7);
        List<Registration> list = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String text = allTheSame
                    ? "灭火器压力不足，未按规定每月检查，现场没有检查记录，责任人不清楚自己的职责。"
                    : random.ints(12, 0, FREQUENT.length)
                            .mapToObj(word -> FREQUENT[word])
                            .collect(joining());
            list.add(facts(text.substring(0, 6), text, "幸福路" + i + "号", String.valueOf(i + 1)));
        }
        DuplicateRows rows = duplicates.rows();
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int alike = 0;
        long[] until = new long[2];
        for (int i = 0; i < list.size(); i++) {
            alike += rows.like(list.get(i)).isPresent() ? 1 : 0;
            rows.add(i, list.get(i));
            if (i == list.size() / 4 - 1 || i == list.size() - 1) {
                until[i / (list.size() / 2)] =
                        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            }
        }
        log.info("CPU for {} rows {} ms, for all {} ms", list.size() / 4, until[0] / 1_000_000, until[1] / 1_000_000);

        assertThat(alike).isLessThan(20);
        assertThat(Duration.ofNanos(until[1])).isLessThan(Duration.ofSeconds(90));
        // one character of a row anywhere in the list
        int found = 0;
        for (int i = 100; i < list.size(); i += 199) {
            Registration row = list.get(i);
            String text = row.factText().substring(0, 20) + "甪" + row.factText().substring(21);
            int index = i;
            found += rows.like(facts(row.title(), text, row.location(), "1"))
                            .filter(match -> match.row() == index)
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat(found).isEqualTo(100);
    }

    private Registration facts(String title, String fact, String place, String seq) {
        return new Registration(
                null,
                SourceType.SELF,
                "测试〔2026〕1",
                seq,
                LocalDate.of(2026, 11, 20),
                "示例检查组",
                title,
                fact,
                place,
                null,
                null,
                "SAFETY",
                1,
                Urgency.NORMAL,
                false,
                Visibility.INTERNAL,
                Samples.CITY_UNIT,
                List.of(),
                null,
                null);
    }

    /** The index of the ledger's search answers, whatever the number of items. */
    @Test
    void theSearchReadsTheIndexOfPairs() {
        List<String> plan = transactions.execute(transaction -> {
            // With the few items of tests any index that gives the order would do; of bitmaps only one fits each
            // condition.
            jdbc.sql("set local enable_seqscan = off").update();
            jdbc.sql("set local enable_indexscan = off").update();
            return jdbc.sql("explain " + Duplicates.CANDIDATES.formatted("true"))
                    .param("wanted", "[]")
                    .param("rows", 1)
                    .param("gathered", 10)
                    .param("compared", 10)
                    .query(String.class)
                    .list();
        });
        assertThat(String.join("\n", plan))
                .contains("Bitmap Index Scan on item_text_words", "item_title", "item_source");
    }

    /** A text that more items at other places have than are looked at hides none at the same place. */
    @Test
    void manyCopiesAtOtherPlacesHideNotTheSamePlace() {
        String place = road.substring(3, 6) + "村";
        String known = register("消防通道占用 " + road, fact, place, Map.of());
        String row = register("通道受阻 " + road.substring(6, 12), fact, place, Map.of());
        transactions.executeWithoutResult(transaction -> {
            jdbc.sql("""
                            insert into item overriding system value
                            select (jsonb_populate_record(item, jsonb_build_object('id', 1000000000 + number, 'item_no', 'COPY-' || number,
                                'title', 'COPY', 'source_doc_no', 'COPY', 'fingerprint', null, 'location', 'ABC' || number))).*
                            from item, generate_series(1, 600) number where item_no = ?""").param(known).update();
            // of all that share a pair the index leads to the last row of the table last
            jdbc.sql("delete from item_text where item_id = (select id from item where item_no = ?)")
                    .param(known)
                    .update();
            jdbc.sql("insert into item_text select (item_text_of(item)).* from item where item_no = ?")
                    .param(known)
                    .update();

            List<Duplicate> alone = duplicates.of(lifeCycle.item(row));

            assertThat(alone).extracting(Duplicate::itemNo).containsExactly(known);
            assertThat(duplicates.of(List.of(lifeCycle.item(row), lifeCycle.item(known))))
                    .containsEntry(row, alone)
                    .containsOnlyKeys(row, known);
            transaction.setRollbackOnly();
        });
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
