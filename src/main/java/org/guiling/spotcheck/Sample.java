package org.guiling.spotcheck;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The draw (分层随机抽样), which anybody can repeat with the seed: each item's ticket is the SHA-256 of the seed, a blank and
 * the item's number, and the smallest tickets of each unit and level are drawn, the share rounded up. A unit of which
 * that draws nothing gets the smallest of all its tickets drawn: at least one of each unit (DOMAIN.md §3).
 */
final class Sample {

    private static final int PERCENT = 100;

    private final String seed;

    /** @param seed 64 hexadecimal digits */
    Sample(String seed) {
        this.seed = seed;
    }

    private record Stratum(String unit, int level) {}

    /** The numbers of the items that are drawn, whatever order the frame has. */
    Set<String> draw(Collection<FrameEntry> frame) {
        Set<String> drawn = new TreeSet<>();
        strata(frame).values().forEach(stratum -> {
            int rate = stratum.get(0).rate();
            int size = (stratum.size() * rate + PERCENT - 1) / PERCENT;
            inOrderOfTickets(stratum).stream().limit(size).forEach(drawn::add);
        });
        Map<String, List<FrameEntry>> units =
                frame.stream().collect(Collectors.groupingBy(FrameEntry::unit, TreeMap::new, Collectors.toList()));
        units.values().stream()
                .map(this::inOrderOfTickets)
                .filter(items -> items.stream().noneMatch(drawn::contains))
                .forEach(items -> drawn.add(items.get(0)));
        return drawn;
    }

    /**
     * The visitor of each item, in the order of the items' tickets: by lot as well, the work shared out evenly; nobody for an
     * item without anybody eligible.
     *
     * @param eligible the ids of those who have nothing to do with an item (利益冲突)
     */
    Map<String, Optional<String>> inspectors(Set<String> drawn, Function<String, List<String>> eligible) {
        Map<String, Integer> visits = new HashMap<>();
        Map<String, Optional<String>> inspectors = new LinkedHashMap<>();
        drawn.stream().sorted(Comparator.comparing(itemNo -> ticket(itemNo))).forEach(itemNo -> {
            Optional<String> inspector = eligible.apply(itemNo).stream()
                    .min(Comparator.comparing((String id) -> visits.getOrDefault(id, 0))
                            .thenComparing(id -> ticket(itemNo, id)));
            inspector.ifPresent(id -> visits.merge(id, 1, Integer::sum));
            inspectors.put(itemNo, inspector);
        });
        return inspectors;
    }

    /** The hash that decides the draw: of an item, or of an item and a person, in lower-case hexadecimal. */
    String ticket(String... of) {
        return DigestUtils.sha256Hex(seed + " " + String.join(" ", of));
    }

    private static Map<Stratum, List<FrameEntry>> strata(Collection<FrameEntry> frame) {
        return frame.stream().collect(Collectors.groupingBy(entry -> new Stratum(entry.unit(), entry.level())));
    }

    private List<String> inOrderOfTickets(List<FrameEntry> entries) {
        return entries.stream()
                .map(FrameEntry::itemNo)
                .sorted(Comparator.comparing(itemNo -> ticket(itemNo)))
                .toList();
    }
}
