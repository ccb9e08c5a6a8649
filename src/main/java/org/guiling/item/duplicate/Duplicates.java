package org.guiling.item.duplicate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static final int SHOWN = 20;
    /** Compared letter by letter; those at the same place, of the same unit and found about the same day come first. */
    private static final int COMPARED = 500;

    /**
     * Items that share one of the fact's rare pairs of characters (the index of the ledger's search), the title, or the
     * number and the source: items without any of these are never alike enough.
     */
    static final String CANDIDATES = """
            with candidate as (
                select item_id as id from item_text
                where word_pairs(words) && cast(:pairs as text[])
                union select id from item where source_doc_no = :docNo and source_seq = cast(:seq as text)
                union select id from item where title = :title
            )
            select item_no, title, fact_text, location, lead_unit, found_date, source_doc_no, source_seq, status
            from candidate join item using (id)
            where item_no <> :itemNo and %s
            order by (source_doc_no = :docNo and source_seq is not distinct from cast(:seq as text)) desc,
                (title = :title) desc, (coalesce(location, '') in ('', cast(:place as text)) or cast(:place as text) is null) desc, (lead_unit = :unit) desc,
                abs(found_date - cast(:found as date)), item_no desc
            limit :limit""";

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

    private record Known(String itemNo, ItemStatus status, Compared facts) {}

    /** Items that may be the same problem, the most alike first; whoever decides has to know of all of them. */
    public List<Duplicate> of(Item item) {
        return of(item.registration(), item.itemNo(), "true", Map.of());
    }

    /**
     * The same, as far as the person who is signed on may see them.
     *
     * @param itemNo the item that has these facts, or null before it has a number
     */
    public List<Duplicate> visible(Registration facts, String itemNo) {
        DataScope scope = visibleItems.scope();
        return of(facts, itemNo, scope.sql(), scope.parameters());
    }

    /** For the rows of one list, which are compared with each other by the same rules. */
    public DuplicateRows rows() {
        return new DuplicateRows(thresholds, organization);
    }

    private List<Duplicate> of(
            Registration facts, String itemNo, String condition, Map<String, Object> scopeParameters) {
        Threshold threshold = thresholds.of(facts.sourceType());
        Map<String, Object> parameters = new HashMap<>(scopeParameters);
        parameters.put("itemNo", itemNo == null ? "" : itemNo);
        parameters.put("title", facts.title());
        parameters.put("pairs", rarePairs.of(facts.factText()));
        parameters.put("docNo", facts.sourceDocNo());
        parameters.put("seq", facts.sourceSeq());
        parameters.put("place", facts.location());
        parameters.put("unit", facts.leadUnit());
        parameters.put("found", facts.foundDate());
        parameters.put("limit", COMPARED);
        Compared compared = Compared.of(facts);
        return jdbc.sql(CANDIDATES.formatted(condition)).params(parameters).query(Duplicates::known).list().stream()
                .flatMap(known -> duplicate(compared, known, threshold).stream())
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
