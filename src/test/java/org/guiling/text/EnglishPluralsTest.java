package org.guiling.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A number before a plural may be one: such a text chooses between both, or tells the number in another way. */
class EnglishPluralsTest {

    private static final Pattern PLURAL = Pattern.compile("\\{\\d}\\s+(calendar |working |open |closed |other |more )?"
            + "(items|days|units|people|files|rows|lines|rounds|times|parts|hours|minutes|tasks|requests|measures|visits|"
            + "defects|characters|versions|codes|months|years|words|columns|pages|notices|messages|entries|accounts|seconds|"
            + "records|chains|findings|anchors)\\b");

    /** Their numbers are limits above one, start at two, or have a decimal. */
    private static final Set<String> NEVER_ONE = Set.of(
            "import.header.missing",
            "import.header.unknown",
            "import.rows",
            "import.columns",
            "import.cell.long",
            "form.expression",
            "form.expression-slow",
            "form.too-long",
            "form.too-short",
            "idempotency.malformed",
            "notice.several",
            "notice.subject.several",
            "calendar.file.range",
            "calendar.file.implausible",
            "timeline.several",
            "password.hint",
            "password.too-short",
            "password.too-long",
            "organization.name",
            "organization.check.more",
            "token.name-missing",
            "token.days",
            "todos.too-many",
            "refusal.document.long",
            "refusal.document.report-large",
            "refusal.evidence.long",
            "refusal.evidence.many",
            "refusal.suggestion.long",
            "rules.decision.rows",
            "rules.decision.slow",
            "rules.channels.lately",
            "rules.channels.when",
            "rules.text.length",
            "rules.text.long",
            "rules.codes.problem.long",
            "board.stuck.stagnant.why",
            "ledger.view.name-long",
            "figure.days",
            "figure.working-days",
            // The figures of an audit of a whole ledger are shown as a table of counts.
            "audit.sound",
            "audit.unsound",
            "audit.log.sound",
            "audit.log.unsound");

    @Test
    void noNumberThatMayBeOneStandsBeforeAPlural() throws IOException {
        Properties texts = new Properties();
        try (InputStreamReader file = new InputStreamReader(
                getClass().getResourceAsStream("/messages_en.properties"), StandardCharsets.UTF_8)) {
            texts.load(file);
        }
        Set<String> found = new TreeSet<>();
        texts.forEach((key, text) -> {
            if (PLURAL.matcher(((String) text).replaceAll("\\{\\d,choice,[^}]*(\\{\\d}[^}]*)*}", ""))
                    .find()) {
                found.add((String) key);
            }
        });
        assertThat(found).isEqualTo(new TreeSet<>(NEVER_ONE));
    }
}
