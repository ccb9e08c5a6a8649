package org.guiling.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints what was measured and puts it in its place in docs/performance.md. */
final class Report {

    private static final Path PAGE = Path.of("docs/performance.md");

    private final String section;
    private final StringBuilder text = new StringBuilder();

    /** @param section the name between the page's marks, {@code <!-- measured: name -->} and {@code <!-- end -->} */
    Report(String section) {
        this.section = section;
    }

    Report line(String format, Object... arguments) {
        text.append(format.formatted(arguments)).append('\n');
        return this;
    }

    /** The first row is the head; all columns but the first are figures. */
    Report table(List<List<String>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            line("| %s |", String.join(" | ", rows.get(i)));
            if (i == 0) {
                line("|---|%s", "--:|".repeat(rows.get(i).size() - 1));
            }
        }
        return line("");
    }

    void publish() throws IOException {
        System.out.println(text);
        String page = Files.readString(PAGE);
        Matcher place = Pattern.compile(
                        "(<!-- measured: " + Pattern.quote(section) + " -->\n).*?(<!-- end -->)", Pattern.DOTALL)
                .matcher(page);
        if (!place.find()) {
            throw new IllegalStateException(PAGE + " has no place for " + section);
        }
        Files.writeString(
                PAGE,
                page.substring(0, place.end(1)) + "\n" + text.toString().strip() + "\n\n"
                        + page.substring(place.start(2)));
    }
}
