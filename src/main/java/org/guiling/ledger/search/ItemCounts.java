package org.guiling.ledger.search;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many items of the whole ledger there are by status, step and light, kept in the transactions that change them ({@code V78}): the
 * table {@code item_count}, and what came and went since, which is added to it once a minute.
 */
@Component
@Transactional(readOnly = true)
public class ItemCounts {

    private static final String COUNTS = """
            select status, step,
                coalesce(sum(items) filter (where turn = 'RED'), 0) as red,
                coalesce(sum(items) filter (where turn = 'YELLOW'), 0) as yellow,
                coalesce(sum(items) filter (where turn = 'ALL' and resting = 'GREEN'), 0) as green,
                coalesce(sum(items) filter (where turn = 'ALL' and resting = 'GREY'), 0) as grey,
                coalesce(sum(items) filter (where turn = 'ALL' and resting = 'BLUE'), 0) as blue
            from item_count_now where day <= :today group by status, step""";

    private final JdbcClient jdbc;

    ItemCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** So many items of a status at a step under a light. */
    public record Count(ItemStatus status, Step step, Light light, long items) {

        /** As many others. */
        public Count with(long items) {
            return new Count(status, step, light, items);
        }
    }

    /** What turns, was green. */
    private record Turns(ItemStatus status, Step step, long red, long yellow, long green, long grey, long blue) {

        Stream<Count> counts() {
            return Stream.of(
                    new Count(status, step, Light.RED, red),
                    new Count(status, step, Light.YELLOW, yellow - red),
                    new Count(status, step, Light.GREEN, green - yellow),
                    new Count(status, step, Light.GREY, grey),
                    new Count(status, step, Light.BLUE, blue));
        }
    }

    /** Of all items; what there is none of is left out. In any order. */
    public List<Count> of(LocalDate today) {
        return jdbc.sql(COUNTS).param("today", today).query(Turns.class).list().stream()
                .flatMap(Turns::counts)
                .filter(count -> count.items() != 0)
                .toList();
    }

    /** Keeps short what every reader adds. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    @Transactional
    public void fold() {
        jdbc.sql("select fold_item_counts()").query(Long.class).single();
    }
}
