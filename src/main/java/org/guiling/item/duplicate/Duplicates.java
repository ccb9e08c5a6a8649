package org.guiling.item.duplicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Registration;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.duplicate.DuplicateThresholds.Threshold;
import org.guiling.organization.Organization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The duplicate search (查重, DOMAIN.md §1): the one answer of the registration, the review, imports and {@code /api}. Title and
 * fact, place, unit and time are compared; how alike is too alike is the office's ({@link DuplicateThresholds}). What a
 * source numbers apart is not the same, nor what is at another place.
 */
@Component
@Transactional(readOnly = true)
public class Duplicates {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 20;
    /** Compared letter by letter; those at the same place, of the same unit and found about the same day come first. */
    private static final int COMPARED = 500;

    /**
     * Items of each way to find them, of a key of the fact a quarter: a fact that a whole ledger copies costs no more than
     * this. Of those under a source's number, and of those that say the same at the same place, some are as good as all.
     * Missed may be an item of another title at a place that is only named alike, or at none, where each of the fact's
     * rarest pairs, and each three of them, are also those of many others.
     */
    private static final int GATHERED = 200;

    /**
     * For each row of {@code :wanted} the items that share one of the fact's rare pairs of characters (the index of the
     * ledger's search), the title, or the number and the source: items without any of these are never alike enough. The
     * planner cannot know how few rows functions return; the limits tell it, and {@code offset 0} keeps it to the primary key.
     */
    static final String CANDIDATES = """
            select wanted.ordinal, alike.*
            from (select * from jsonb_to_recordset(cast(:wanted as jsonb)) as wanted (ordinal int, item_no text, title text,
                    title_pairs text[], place_pairs text[], pairs text[], keys text[], doc_no text, seq text, place text,
                    unit text, found date) limit :rows) wanted
                cross join lateral (
                    with candidate as (
                        (select id from item where source_doc_no = wanted.doc_no and source_seq = wanted.seq limit :gathered)
                        union (select id from item where title = wanted.title order by id desc limit :gathered)
                        union (select item_id from item_text
                            where word_pairs(words) @> (wanted.title_pairs || wanted.place_pairs)
                                and wanted.place_pairs <> '{}' limit :gathered)
                        union (select item_id from item_text
                            where word_pairs(words) && wanted.pairs and word_pairs(words) @> wanted.place_pairs
                                and wanted.place_pairs <> '{}' limit :gathered)
                        union
                        select item_id
                        from (select generate_subscripts(wanted.keys, 1) as key limit 22) numbered cross join lateral (
                            select item_id from item_text
                            where word_pairs(words) @> array[wanted.keys[key][1], wanted.keys[key][2], wanted.keys[key][3]]
                            limit :gathered / 4) of_key
                    )
                    select item_no, title, fact_text, location, lead_unit, found_date, source_doc_no, source_seq, status
                    from candidate cross join lateral (select * from item where item.id = candidate.id offset 0) item
                    where item.item_no is distinct from wanted.item_no and %s
                    order by (source_doc_no = wanted.doc_no and source_seq is not distinct from wanted.seq) desc,
                        (item.title = wanted.title) desc,
                        (coalesce(location, '') in ('', wanted.place) or wanted.place is null) desc,
                        (lead_unit = wanted.unit) desc, abs(found_date - wanted.found), item.item_no desc
                    limit :compared
                ) alike""";

    private final DuplicateThresholds thresholds;
    private final Organization organization;
    private final VisibleItems visibleItems;
    private final RarePairs rarePairs;
    private final JdbcClient jdbc;

    Duplicates(
            DuplicateThresholds thresholds,
            Organization organization,
            VisibleItems visibleItems,
            RarePairs rarePairs,
            JdbcClient jdbc) {
        this.thresholds = thresholds;
        this.organization = organization;
        this.visibleItems = visibleItems;
        this.rarePairs = rarePairs;
        this.jdbc = jdbc;
    }

    /** @param ordinal of what is looked for */
    private record Known(int ordinal, String itemNo, ItemStatus status, Compared facts) {}

    /** Items that may be the same problem, the most alike first; whoever decides has to know of all of them. */
    public List<Duplicate> of(Item item) {
        return of(List.of(item.registration()), List.of(item.itemNo()), "true", Map.of())
                .get(0);
    }

    /** The same for each of several items, by its number, in one statement. */
    public Map<String, List<Duplicate>> of(Collection<Item> items) {
        if (items.isEmpty()) {
            return Map.of();
        }
        // Many rows cost enough to be compiled first, which takes longer than they do.
        jdbc.sql("set local jit = off").update();
        List<Item> asked = List.copyOf(items);
        List<List<Duplicate>> found = of(
                asked.stream().map(Item::registration).toList(),
                asked.stream().map(Item::itemNo).toList(),
                "true",
                Map.of());
        Map<String, List<Duplicate>> byNumber = new HashMap<>();
        IntStream.range(0, asked.size()).forEach(i -> byNumber.put(asked.get(i).itemNo(), found.get(i)));
        return byNumber;
    }

    /**
     * The same, as far as the person who is signed on may see them.
     *
     * @param itemNo the item that has these facts, or null before it has a number
     */
    public List<Duplicate> visible(Registration facts, String itemNo) {
        DataScope scope = visibleItems.scope();
        return of(List.of(facts), Collections.singletonList(itemNo), scope.sql(), scope.parameters())
                .get(0);
    }

    /** For the rows of one list, which are compared with each other by the same rules. */
    public DuplicateRows rows() {
        return new DuplicateRows(thresholds, organization);
    }

    private List<List<Duplicate>> of(
            List<Registration> facts, List<String> itemNos, String condition, Map<String, Object> scopeParameters) {
        List<Compared> compared = facts.stream().map(Compared::of).toList();
        List<Map<String, Object>> wanted = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            wanted.add(wanted(i, itemNos.get(i), compared.get(i)));
        }
        Map<Integer, List<Known>> known = jdbc
                .sql(CANDIDATES.formatted(condition))
                .params(scopeParameters)
                .param("wanted", json(wanted))
                .param("rows", wanted.size())
                .param("gathered", GATHERED)
                .param("compared", COMPARED)
                .query(Duplicates::known)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Known::ordinal));
        return IntStream.range(0, compared.size())
                .mapToObj(i -> alike(
                        compared.get(i),
                        known.getOrDefault(i, List.of()),
                        thresholds.of(facts.get(i).sourceType())))
                .toList();
    }

    private Map<String, Object> wanted(int ordinal, String itemNo, Compared facts) {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("ordinal", ordinal);
        wanted.put("item_no", itemNo);
        wanted.put("title", facts.title());
        String[] pairs = rarePairs.of(facts.fact());
        wanted.put("pairs", pairs);
        wanted.put("keys", keys(pairs));
        wanted.put("title_pairs", RarePairs.pairs(facts.title()));
        wanted.put("place_pairs", facts.place() == null ? List.of() : RarePairs.pairs(facts.place()));
        wanted.put("doc_no", facts.docNo());
        wanted.put("seq", facts.seq());
        wanted.put("place", facts.place());
        wanted.put("unit", facts.unit());
        wanted.put("found", facts.found().toString());
        return wanted;
    }

    /** Each pair, and each three that follow each other: few items share these where the single ones are those of many. */
    private static List<List<String>> keys(String[] pairs) {
        List<List<String>> keys = new ArrayList<>();
        for (String pair : pairs) {
            keys.add(List.of(pair, pair, pair));
        }
        for (int i = 2; i < pairs.length; i++) {
            keys.add(List.of(pairs[i - 2], pairs[i - 1], pairs[i]));
        }
        return keys;
    }

    private static String json(List<Map<String, Object>> wanted) {
        try {
            return JSON.writeValueAsString(wanted);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<Duplicate> alike(Compared facts, List<Known> known, Threshold threshold) {
        return known.stream()
                .flatMap(each -> duplicate(facts, each, threshold).stream())
                .sorted(Comparator.comparing(Duplicate::percent).reversed().thenComparing(Duplicate::itemNo))
                .limit(SHOWN)
                .toList();
    }

    private Optional<Duplicate> duplicate(Compared facts, Known known, Threshold threshold) {
        int percent = facts.percent(known.facts(), threshold);
        return percent < threshold.percent()
                ? Optional.empty()
                : Optional.of(new Duplicate(
                        known.itemNo(),
                        known.facts().title(),
                        known.status(),
                        percent,
                        facts.differences(known.facts(), organization)));
    }

    private static Known known(ResultSet row, int index) throws SQLException {
        return new Known(
                row.getInt("ordinal"),
                row.getString("item_no"),
                ItemStatus.valueOf(row.getString("status")),
                new Compared(
                        row.getString("title"),
                        row.getString("fact_text"),
                        row.getString("location"),
                        row.getString("lead_unit"),
                        row.getObject("found_date", LocalDate.class),
                        row.getString("source_doc_no"),
                        row.getString("source_seq")));
    }
}
