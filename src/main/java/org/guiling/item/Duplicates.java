package org.guiling.item;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.guiling.item.Duplicate.Difference;
import org.guiling.item.DuplicateThresholds.Threshold;
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

    private static final int SAME = 100;
    private static final int TEXT_WEIGHT = 80;
    private static final int UNIT_WEIGHT = 10;
    private static final int TIME_WEIGHT = 10;
    private static final long DAYS_ALIKE = 30;
    private static final long DAYS_APART = 365;

    /**
     * Whatever has one of the fact's rare pairs of characters (the index of the ledger's search), the same title, or the same
     * number of the same source: without any of these nothing is alike enough.
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
            limit :most""";

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

    private record Known(
            String itemNo,
            String title,
            String fact,
            String place,
            String unit,
            LocalDate found,
            String docNo,
            String seq,
            ItemStatus status) {}

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
        parameters.put("most", COMPARED);
        return jdbc.sql(CANDIDATES.formatted(condition)).params(parameters).query(Duplicates::known).list().stream()
                .flatMap(known -> compared(facts, known, threshold).stream())
                .sorted(Comparator.comparing(Duplicate::percent).reversed().thenComparing(Duplicate::itemNo))
                .limit(SHOWN)
                .toList();
    }

    private Optional<Duplicate> compared(Registration facts, Known known, Threshold threshold) {
        int percent = percent(facts, known, threshold);
        return percent < threshold.percent()
                ? Optional.empty()
                : Optional.of(new Duplicate(
                        known.itemNo(), known.title(), known.status(), percent, differences(facts, known)));
    }

    /** 0 for what is another problem whatever it says. */
    private static int percent(Registration facts, Known known, Threshold threshold) {
        boolean numbered = facts.sourceSeq() != null && known.seq() != null;
        if (numbered && facts.sourceDocNo().equals(known.docNo())) {
            return facts.sourceSeq().equals(known.seq()) ? SAME : 0;
        }
        if (!Likeness.isSamePlace(facts.location(), known.place(), threshold.placePercent())) {
            return 0;
        }
        long days = Math.abs(ChronoUnit.DAYS.between(facts.foundDate(), known.found()));
        double time = days <= DAYS_ALIKE ? 1 : Math.max(0, (double) (DAYS_APART - days) / (DAYS_APART - DAYS_ALIKE));
        double all = TEXT_WEIGHT * text(facts, known)
                + (facts.leadUnit().equals(known.unit()) ? UNIT_WEIGHT : 0)
                + TIME_WEIGHT * time;
        return (int) Math.floor(all);
    }

    /** The same fact may have another title, and the same title stands for the same fact until somebody says otherwise. */
    private static double text(Registration facts, Known known) {
        double title = Likeness.of(facts.title(), known.title());
        double fact = Likeness.of(facts.factText(), known.fact());
        return title == 1 ? 1 : Math.max(fact, (title + fact) / 2);
    }

    private List<Difference> differences(Registration facts, Known known) {
        List<Difference> differences = new ArrayList<>();
        add(differences, "title", facts.title(), known.title());
        add(differences, "factText", facts.factText(), known.fact());
        add(differences, "location", facts.location(), known.place());
        add(differences, "leadUnit", organization.unitName(facts.leadUnit()), organization.unitName(known.unit()));
        add(
                differences,
                "foundDate",
                facts.foundDate().toString(),
                known.found().toString());
        return differences;
    }

    private static void add(List<Difference> differences, String field, String here, String there) {
        if (!Objects.equals(here, there)) {
            String[] marked = Likeness.marked(here, there);
            differences.add(new Difference(field, marked[0], marked[1]));
        }
    }

    private static Known known(ResultSet row, int index) throws SQLException {
        return new Known(
                row.getString("item_no"),
                row.getString("title"),
                row.getString("fact_text"),
                row.getString("location"),
                row.getString("lead_unit"),
                row.getObject("found_date", LocalDate.class),
                row.getString("source_doc_no"),
                row.getString("source_seq"),
                ItemStatus.valueOf(row.getString("status")));
    }
}
