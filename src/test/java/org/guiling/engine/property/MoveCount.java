package org.guiling.engine.property;

import java.util.EnumMap;
import java.util.Map;

/** Counts the moves of each kind that were made and those that were refused. */
final class MoveCount {

    private final Map<Move, int[]> counts = new EnumMap<>(Move.class);
    private final long began = System.nanoTime();
    private int sequences;

    MoveCount() {
        for (Move move : Move.values()) {
            counts.put(move, new int[2]);
        }
    }

    void sequence() {
        sequences++;
    }

    void made(Move move) {
        counts.get(move)[0]++;
    }

    void refused(Move move) {
        counts.get(move)[1]++;
    }

    int sequences() {
        return sequences;
    }

    int timesMade(Move move) {
        return counts.get(move)[0];
    }

    int timesRefused(Move move) {
        return counts.get(move)[1];
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("%-24s%10s%10s%n".formatted("Move", "made", "refused"));
        int[] all = new int[2];
        counts.forEach((move, times) -> {
            table.append("%-24s%,10d%,10d%n".formatted(move, times[0], times[1]));
            all[0] += times[0];
            all[1] += times[1];
        });
        table.append("%-24s%,10d%,10d%n".formatted("All", all[0], all[1]));
        return table.append("%,d sequences in %d seconds%n"
                        .formatted(sequences, (System.nanoTime() - began) / 1_000_000_000))
                .toString();
    }
}
