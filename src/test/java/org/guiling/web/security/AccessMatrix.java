package org.guiling.web.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A part of {@code docs/access-matrix.md}: what was seen at each endpoint, a column for each kind of person. The file is
 * what is expected; {@code -Dguiling.access-matrix=write} writes what was seen, to be read before it is committed.
 */
final class AccessMatrix {

    private static final Path FILE = Path.of("docs/access-matrix.md");

    private final String part;
    private final List<String> columns;
    private final List<String> lines = new ArrayList<>();

    AccessMatrix(String part, List<String> columns) {
        this.part = part;
        this.columns = columns;
        lines.add(line("endpoint", columns));
        lines.add(line("---", columns.stream().map(column -> ":-:").toList()));
    }

    /** The sign for an answer as the caller sees it. */
    static String seen(int status, String location) {
        if (status == 401 || status == 403 || status == 404 || location.contains("/login")) {
            return "–";
        }
        return status < 400 ? "✓" : "○";
    }

    void add(String endpoint, List<String> cells) {
        lines.add(line("`" + endpoint + "`", cells));
    }

    /** The lines in which file and what was seen differ; none once it was written. */
    List<String> differences() {
        System.out.println("Access: " + part + "\n" + String.join("\n", lines));
        String text = read();
        int from = text.indexOf(mark("begin")) + mark("begin").length() + 1;
        int to = text.indexOf(mark("end"));
        if (Boolean.parseBoolean(System.getProperty("guiling.access-matrix.write"))) {
            write(text.substring(0, from) + String.join("\n", lines) + "\n" + text.substring(to));
            return List.of();
        }
        List<String> expected = text.substring(from, to).lines().toList();
        List<String> differences = new ArrayList<>();
        expected.stream().filter(line -> !lines.contains(line)).forEach(line -> differences.add("expected " + line));
        lines.stream().filter(line -> !expected.contains(line)).forEach(line -> differences.add("seen     " + line));
        return differences;
    }

    int columns() {
        return columns.size();
    }

    /** Number of rows that have this cell, for each column. */
    String totals(String cell) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + " "
                        + lines.stream()
                                .filter(line -> line.split("\\|")[i + 2].strip().equals(cell))
                                .count())
                .collect(Collectors.joining(", "));
    }

    private String mark(String end) {
        return "<!-- " + end + " " + part + " -->";
    }

    private static String line(String head, List<String> cells) {
        return "| " + head + " | " + String.join(" | ", cells) + " |";
    }

    private static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String text) {
        try {
            Files.writeString(FILE, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
