package org.guiling.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One chain as it is found, to be held against itself and its head.
 *
 * @param subject how a finding names it: an item's number, or the chain's own name
 * @param headRows how many rows it should have, and headHash the last one's; null where there is no head
 */
record Chain(String name, String subject, Long headRows, byte[] headHash, List<ChainedRow> rows) {

    void verify(Consumer<Finding> findings) {
        TreeMap<Long, List<ChainedRow>> places = new TreeMap<>();
        rows.stream().sorted(Comparator.comparingLong(ChainedRow::id)).forEach(row -> places.computeIfAbsent(
                        row.seq(), seq -> new ArrayList<>())
                .add(row));
        Set<Long> wrong = new TreeSet<>();
        Consumer<ChainedRow> forged = row -> {
            wrong.add(row.id());
            findings.accept(Finding.at(Fault.FORGED, subject, row));
        };
        // The hashes that the next row may follow: the one that stands there, or the one that should.
        List<byte[]> before = List.of(Digests.beginning(name));
        ChainedRow last = null;
        long expected = 1;
        for (var place : places.entrySet()) {
            if (place.getKey() < 1 || headRows != null && place.getKey() > headRows) {
                place.getValue().forEach(forged);
                continue;
            }
            if (place.getKey() > expected) {
                findings.accept(Finding.missing(subject, expected, place.getKey() - 1));
                before = List.of();
            }
            ChainedRow row = genuine(place.getValue(), before);
            place.getValue().stream().filter(other -> other != row).forEach(forged);
            if (!before.isEmpty() && !follows(row, before)) {
                wrong.add(row.id());
                findings.accept(Finding.at(Fault.CHANGED, subject, row));
            }
            before = mayBeFollowed(row, before);
            last = row;
            expected = place.getKey() + 1;
        }
        verifyHead(expected - 1, last, wrong, findings);
    }

    /** Each hash once: in a chain that is sound both are the same, and a list of all would grow with every row. */
    private static List<byte[]> mayBeFollowed(ChainedRow row, List<byte[]> before) {
        List<byte[]> hashes = new ArrayList<>(List.of(row.hash()));
        for (byte[] hash : before) {
            byte[] due = Digests.row(hash, row.record());
            if (hashes.stream().noneMatch(known -> Arrays.equals(known, due))) {
                hashes.add(due);
            }
        }
        return hashes;
    }

    private void verifyHead(long found, ChainedRow last, Set<Long> wrong, Consumer<Finding> findings) {
        if (headRows == null) {
            findings.accept(Finding.of(Fault.HEAD_CHANGED, subject));
        } else if (headRows > found) {
            findings.accept(Finding.missing(subject, found + 1, headRows));
        } else if (last == null || !Arrays.equals(last.hash(), headHash) && !wrong.contains(last.id())) {
            findings.accept(Finding.of(Fault.HEAD_CHANGED, subject));
        }
    }

    private static ChainedRow genuine(List<ChainedRow> samePlace, List<byte[]> before) {
        return samePlace.stream()
                .filter(row -> follows(row, before))
                .findFirst()
                .orElse(samePlace.get(0));
    }

    private static boolean follows(ChainedRow row, List<byte[]> before) {
        return before.stream().anyMatch(hash -> Arrays.equals(Digests.row(hash, row.record()), row.hash()));
    }
}
