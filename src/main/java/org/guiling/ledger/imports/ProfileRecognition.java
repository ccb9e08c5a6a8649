package org.guiling.ledger.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.guiling.ledger.table.Merge;
import org.guiling.ledger.table.Row;
import org.guiling.ledger.table.TableFile;
import org.guiling.ledger.table.TableReader;

/** Finds the profile of a file by its headers: of those whose columns are there, the one that knows the most words. */
final class ProfileRecognition {

    private static final int ROWS_LOOKED_AT = 11;

    private final Map<ImportProfile, HeaderWords> words = new HashMap<>();
    private final Map<ImportProfile, Long> fitting = new HashMap<>();
    private final Map<ImportProfile, Long> knowing = new HashMap<>();

    private ProfileRecognition(List<ImportProfile> profiles) {
        profiles.forEach(profile -> words.put(profile, new HeaderWords(profile)));
    }

    /** The profile that fits best; where none fits, the one that knows most, so that its refusal says what is missing. */
    static ImportProfile of(ImportRequest request, List<ImportProfile> profiles) {
        ProfileRecognition recognition = new ProfileRecognition(profiles);
        recognition.look(request);
        return recognition.best(recognition.fitting.isEmpty() ? recognition.knowing : recognition.fitting, profiles);
    }

    private void look(ImportRequest request) {
        try (TableReader reader = TableFile.open(request.source(), request.fileName(), text -> words.values().stream()
                .anyMatch(each -> each.isKnown(text)))) {
            while (reader.nextSheet()) {
                List<Row> top = new ArrayList<>();
                for (Row row = reader.nextRow(); row != null && top.size() < ROWS_LOOKED_AT; row = reader.nextRow()) {
                    top.add(row);
                }
                List<Merge> merges = HeaderRow.mergesOf(top, reader.merges());
                for (int i = 0; i < top.size(); i++) {
                    look(top.get(i), i + 1 < top.size() ? top.get(i + 1) : null, merges);
                }
            }
        }
    }

    private void look(Row row, Row below, List<Merge> merges) {
        words.forEach((profile, known) -> {
            boolean two = below != null && HeaderRow.isLowerHalf(below, row, merges, known);
            Row[] header = two ? new Row[] {row, below} : new Row[] {row};
            long count = Stream.of(header)
                    .flatMap(each -> each.cells().stream())
                    .filter(Objects::nonNull)
                    .filter(known::isKnown)
                    .count();
            knowing.merge(profile, count, Math::max);
            if (HeaderRow.isIn(known, profile.needed(), header)) {
                fitting.merge(profile, count, Math::max);
            }
        });
    }

    /** Of two that know the same, the more demanding one: it says more about the file. */
    private ImportProfile best(Map<ImportProfile, Long> scores, List<ImportProfile> profiles) {
        return profiles.stream()
                .max(Comparator.comparingLong((ImportProfile profile) -> scores.getOrDefault(profile, -1L))
                        .thenComparingInt(profile -> profile.needed().size() * (scores == fitting ? 1 : -1)))
                .orElseThrow();
    }
}
