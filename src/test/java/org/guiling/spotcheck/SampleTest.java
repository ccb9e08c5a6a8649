package org.guiling.spotcheck;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The draw of a spot check: DOMAIN.md §3, 随机抽查. */
class SampleTest {

    private static final String SEED = "0123456789abcdef".repeat(4);

    /** Worked out with {@code printf '%s %s' SEED NUMBER | sha256sum}, so that anybody can. */
    @Test
    void aTicketIsWhatAnyToolWorksOut() {
        assertThat(new Sample(SEED).ticket("ZG-2026-000001"))
                .isEqualTo("8c9a7c7d81a2e9f8464daed02117bd621a3b73045bb03597dae4effa5fb8512b");
    }

    @Test
    void eachStratumGivesItsShareRoundedUp() {
        List<FrameEntry> frame = new ArrayList<>();
        frame.addAll(stratum("a", 1, 21, 10));
        frame.addAll(stratum("a", 2, 10, 30));
        frame.addAll(stratum("a", 3, 4, 100));
        frame.addAll(stratum("b", 1, 3, 10));

        Set<String> drawn = new Sample(SEED).draw(frame);

        var counts = frame.stream()
                .filter(entry -> drawn.contains(entry.itemNo()))
                .collect(Collectors.groupingBy(
                        entry -> entry.unit() + entry.level(), TreeMap::new, Collectors.counting()));
        assertThat(counts).containsExactly(entry("a1", 3L), entry("a2", 3L), entry("a3", 4L), entry("b1", 1L));
    }

    @Test
    void aUnitOfWhichNothingIsToBeDrawnGivesOne() {
        List<FrameEntry> frame = new ArrayList<>(stratum("a", 1, 5, 0));
        frame.addAll(stratum("b", 1, 1, 0));

        Set<String> drawn = new Sample(SEED).draw(frame);

        assertThat(drawn).hasSize(2);
        assertThat(frame.stream()
                        .filter(entry -> drawn.contains(entry.itemNo()))
                        .map(FrameEntry::unit))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void theSameSeedDrawsTheSameFromAFrameInAnyOrder() {
        List<FrameEntry> frame = new ArrayList<>(stratum("a", 1, 200, 10));
        Set<String> drawn = new Sample(SEED).draw(frame);
        Collections.shuffle(frame, new Random(1));
        assertThat(new Sample(SEED).draw(frame)).isEqualTo(drawn);
        assertThat(new Sample(SEED.replace('0', 'f')).draw(frame)).isNotEqualTo(drawn);
    }

    /** Over many seeds nobody is drawn more often than chance allows: 1,000 draws of 20 among 100. */
    @Test
    void everyItemHasTheSameChance() {
        List<FrameEntry> frame = stratum("a", 1, 100, 20);
        Random seeds = new Random(20261126);
        int[] counts = new int[101];
        for (int draw = 0; draw < 1000; draw++) {
            byte[] seed = new byte[32];
            seeds.nextBytes(seed);
            new Sample(HexFormat.of().formatHex(seed))
                    .draw(frame)
                    .forEach(itemNo -> counts[Integer.parseInt(itemNo.substring(itemNo.length() - 6))]++);
        }
        // 200 expected, standard deviation 12.6: five of them either way.
        assertThat(IntStream.rangeClosed(1, 100).map(i -> counts[i])).allMatch(count -> count > 137 && count < 263);
    }

    @Test
    void theVisitsAreSharedOutEvenly() {
        Set<String> drawn = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "ZG-a1-%06d".formatted(i))
                .collect(Collectors.toSet());

        var inspectors = new Sample(SEED).inspectors(drawn, itemNo -> List.of("one", "two", "three"));

        Map<String, Long> visits = inspectors.values().stream()
                .collect(Collectors.groupingBy(inspector -> inspector.orElseThrow(), Collectors.counting()));
        assertThat(inspectors).hasSize(9);
        assertThat(visits).containsOnly(entry("one", 3L), entry("two", 3L), entry("three", 3L));
    }

    @Test
    void nobodyIsSentWhereNobodyIsEligible() {
        assertThat(new Sample(SEED)
                        .inspectors(
                                Set.of("ZG-a1-000001", "ZG-a1-000002"),
                                itemNo -> itemNo.endsWith("1") ? List.of() : List.of("one")))
                .containsOnly(entry("ZG-a1-000001", Optional.empty()), entry("ZG-a1-000002", Optional.of("one")));
    }

    private static List<FrameEntry> stratum(String unit, int level, int size, int rate) {
        return IntStream.rangeClosed(1, size)
                .mapToObj(i -> new FrameEntry("ZG-%s%d-%06d".formatted(unit, level, i), unit, level, rate))
                .toList();
    }
}
