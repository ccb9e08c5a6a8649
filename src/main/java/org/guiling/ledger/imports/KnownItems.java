package org.guiling.ledger.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.guiling.item.Registration;
import org.guiling.ledger.value.Fingerprint;
import org.guiling.ledger.value.Normal;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the item that a row is already: by our own number, by everything that it says, by the source's number for the same
 * problem. What only looks alike is another item, because a problem that is lost is worse than one that is asked about.
 */
final class KnownItems {

    private static final String SELECT = """
            select item_no, fingerprint, source_doc_no, source_seq, fact_text, location, lead_unit, found_date
            from item where parent_no is null""";

    private final JdbcClient jdbc;
    private final List<String> headings;
    private final Map<String, Known> byNumber = new HashMap<>();
    private final Map<String, Known> byFingerprint = new HashMap<>();
    private final Map<String, List<Known>> bySource = new HashMap<>();
    private final Set<String> sources = new HashSet<>();
    /** Numbers of the items that a row of this file is, letter by letter. */
    private final Set<String> claimed = new HashSet<>();

    /** @param headings the words before what a list says about measures, behind the problem itself */
    KnownItems(JdbcClient jdbc, List<String> headings) {
        this.jdbc = jdbc;
        this.headings = headings;
    }

    /** A row to look for. @param problem what it says without measures */
    record Wanted(Registration facts, String itemNo, String problem) {}

    /**
     * An item that was found.
     *
     * @param same true where the row is the item, false where it is only like it
     * @param why key of the words that say why
     */
    record Match(String itemNo, boolean same, String why) {}

    private record Known(
            String itemNo, String fingerprint, String seq, String problem, String place, String unit, LocalDate found) {

        boolean isAt(Registration facts) {
            return place.equals(normal(facts.location()));
        }

        /** Two places that are named are two problems; one that is not named may be the other. */
        boolean isElsewhere(Registration facts) {
            return !isAt(facts) && !place.isEmpty() && facts.location() != null;
        }
    }

    /** Asks for what the ledger has about these rows. */
    void prepare(Collection<Wanted> rows) {
        List<String> numbers =
                rows.stream().map(Wanted::itemNo).filter(Objects::nonNull).toList();
        List<String> prints = rows.stream()
                .flatMap(row -> Stream.of(Fingerprint.of(row.facts()), Fingerprint.former(row.facts())))
                .toList();
        List<String> docs = rows.stream()
                .map(row -> row.facts().sourceDocNo())
                .distinct()
                .filter(sources::add)
                .toList();
        load("item_no = any (:keys)", numbers);
        load("fingerprint = any (:keys)", prints);
        load("source_doc_no = any (:keys)", docs);
        rows.forEach(row -> exact(row.facts()).ifPresent(known -> claimed.add(known.itemNo())));
    }

    /** True where there is an item of that number. */
    boolean isKnown(String itemNo) {
        if (!byNumber.containsKey(itemNo)) {
            load("item_no = any (:keys)", List.of(itemNo));
        }
        return byNumber.containsKey(itemNo);
    }

    Optional<Match> find(Wanted row) {
        Registration facts = row.facts();
        if (row.itemNo() != null && byNumber.containsKey(row.itemNo())) {
            return Optional.of(new Match(row.itemNo(), true, "import.known.number"));
        }
        Optional<Known> exact = exact(facts);
        if (exact.isPresent()) {
            return exact.map(known -> new Match(known.itemNo(), true, "import.known.content"));
        }
        List<Known> ofSource = bySource.getOrDefault(Normal.of(facts.sourceDocNo()), List.of());
        String problem = Normal.of(row.problem());
        List<Known> alike = ofSource.stream()
                .filter(known -> known.problem().equals(problem))
                .filter(known -> !claimed.contains(known.itemNo()))
                .toList();
        return same(alike, facts)
                .map(known -> new Match(known.itemNo(), true, "import.known.source"))
                .or(() -> alike.stream()
                        .findFirst()
                        .map(known -> new Match(known.itemNo(), false, "import.similar.problem")))
                .or(() -> ofSource.stream()
                        .filter(known -> facts.sourceSeq() != null
                                && known.seq().equals(Normal.of(facts.sourceSeq()))
                                && !known.problem().equals(problem))
                        .findFirst()
                        .map(known -> new Match(known.itemNo(), false, "import.similar.number")));
    }

    /** The same problem under the source's same number, or without numbers the same in everything but its text of measures. */
    private static Optional<Known> same(List<Known> alike, Registration facts) {
        String seq = normal(facts.sourceSeq());
        List<Known> numbered = alike.stream()
                .filter(known -> known.seq().equals(seq) && !known.isElsewhere(facts))
                .toList();
        if (seq.isEmpty()) {
            return numbered.stream()
                    .filter(known -> known.isAt(facts) && known.found().equals(facts.foundDate()))
                    .filter(known -> known.unit().equals(facts.leadUnit())
                            || Fingerprint.former(facts).equals(known.fingerprint()))
                    .findFirst();
        }
        return numbered.stream()
                .filter(known -> known.unit().equals(facts.leadUnit()) && known.isAt(facts))
                .findFirst()
                .or(() -> numbered.stream().findFirst());
    }

    private Optional<Known> exact(Registration facts) {
        Known former = byFingerprint.get(Fingerprint.former(facts));
        return Optional.ofNullable(byFingerprint.get(Fingerprint.of(facts))).or(() -> Optional.ofNullable(former)
                .filter(known -> known.isAt(facts) && known.unit().equals(facts.leadUnit())));
    }

    private void load(String condition, List<String> keys) {
        if (!keys.isEmpty()) {
            jdbc.sql(SELECT + " and " + condition)
                    .param("keys", keys.toArray(String[]::new))
                    .query((ResultSet row) -> add(known(row), row.getString("source_doc_no")));
        }
    }

    private void add(Known known, String docNo) {
        if (byNumber.put(known.itemNo(), known) != null) {
            return;
        }
        if (known.fingerprint() != null) {
            byFingerprint.put(known.fingerprint(), known);
        }
        bySource.computeIfAbsent(Normal.of(docNo), doc -> new ArrayList<>()).add(known);
    }

    private Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getString("item_no"),
                row.getString("fingerprint"),
                normal(row.getString("source_seq")),
                Normal.of(withoutMeasures(row.getString("fact_text"))),
                normal(row.getString("location")),
                row.getString("lead_unit"),
                row.getObject("found_date", LocalDate.class));
    }

    private String withoutMeasures(String fact) {
        int end = headings.stream()
                .mapToInt(heading -> fact.indexOf("\n" + heading))
                .filter(at -> at >= 0)
                .min()
                .orElse(fact.length());
        return fact.substring(0, end);
    }

    private static String normal(String text) {
        return text == null ? "" : Normal.of(text);
    }
}
