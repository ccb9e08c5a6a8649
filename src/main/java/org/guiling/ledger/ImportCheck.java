package org.guiling.ledger;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.item.Problem;
import org.guiling.item.RefusedException;
import org.guiling.item.Registration;
import org.guiling.ledger.ImportFile.MappedRow;
import org.guiling.process.ItemProcesses;
import org.guiling.text.Texts;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The first pass over a file: what every row is worth. Stores nothing. */
final class ImportCheck {

    private static final int PROBLEMS_TOLD = 500;
    private static final int FINGERPRINTS_AT_ONCE = 500;

    private final ItemProcesses itemProcesses;
    private final JdbcClient jdbc;
    private final Texts texts;
    private final Map<String, Object> context;

    private final BitSet toBeCreated = new BitSet();
    private final Set<String> fingerprints = new HashSet<>();
    /** Fingerprints of which it is not known yet whether the ledger has them, with the row's ordinal. */
    private final Map<String, Integer> unchecked = new LinkedHashMap<>();

    private final List<ImportProblem> problems = new ArrayList<>();
    private int problemCount;
    private int rows;
    private int duplicates;
    private int rejected;

    ImportCheck(ItemProcesses itemProcesses, JdbcClient jdbc, Texts texts) {
        this.itemProcesses = itemProcesses;
        this.jdbc = jdbc;
        this.texts = texts;
        this.context = itemProcesses.registrationContext();
    }

    void add(MappedRow row) {
        rows++;
        List<Problem> found = new ArrayList<>(row.problems());
        Optional<Registration> facts = read(row, found);
        if (found.isEmpty()) {
            addFingerprint(Fingerprint.of(facts.orElseThrow()), row.ordinal());
        } else {
            rejected++;
            found.forEach(problem -> tell(row, problem));
        }
    }

    boolean isToBeCreated(MappedRow row) {
        return toBeCreated.get(row.ordinal());
    }

    /** The facts of a row that passed before. */
    Registration facts(MappedRow row) {
        return itemProcesses.read(row.fields(), context);
    }

    ImportReport report(List<String> ignored) {
        removeStored();
        return new ImportReport(
                rows,
                toBeCreated.cardinality(),
                duplicates,
                rejected,
                List.copyOf(problems),
                problemCount,
                ignored,
                null);
    }

    /** What the start form says; silent about a field whose cell was already found wanting. */
    private Optional<Registration> read(MappedRow row, List<Problem> found) {
        try {
            return Optional.of(itemProcesses.read(row.fields(), context));
        } catch (RefusedException refused) {
            Set<String> known = found.stream().map(Problem::field).collect(Collectors.toSet());
            refused.problems().stream()
                    .filter(problem -> !known.contains(problem.field()))
                    .forEach(found::add);
            return Optional.empty();
        }
    }

    private void addFingerprint(String fingerprint, int ordinal) {
        if (!fingerprints.add(fingerprint)) {
            duplicates++;
            return;
        }
        toBeCreated.set(ordinal);
        unchecked.put(fingerprint, ordinal);
        if (unchecked.size() == FINGERPRINTS_AT_ONCE) {
            removeStored();
        }
    }

    private void removeStored() {
        if (unchecked.isEmpty()) {
            return;
        }
        List<String> stored = jdbc.sql("select fingerprint from item where fingerprint = any (:fingerprints)")
                .param("fingerprints", unchecked.keySet().toArray(String[]::new))
                .query(String.class)
                .list();
        stored.forEach(fingerprint -> toBeCreated.clear(unchecked.get(fingerprint)));
        duplicates += stored.size();
        unchecked.clear();
    }

    private void tell(MappedRow row, Problem problem) {
        problemCount++;
        if (problems.size() < PROBLEMS_TOLD) {
            problems.add(new ImportProblem(
                    row.sheet(), row.number(), problem.field(), texts.get(problem.code(), problem.arguments())));
        }
    }
}
