package org.guiling.audit;

import java.io.PrintStream;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** A verification in words. */
@Component
public class Findings {

    private final Texts texts;

    Findings(Texts texts) {
        this.texts = texts;
    }

    void print(VerificationReport report, PrintStream out) {
        report.findings().forEach(finding -> out.println(text(finding)));
        Anchor newest = report.newestAnchor();
        out.println(texts.get(
                report.isSound() ? "audit.sound" : "audit.unsound",
                Long.toString(report.rows()),
                Long.toString(report.chains()),
                Long.toString(report.anchors()),
                Long.toString(report.total()),
                Long.toString(report.records()),
                Long.toString(report.contents())));
        if (newest != null) {
            out.println(texts.get("audit.newest-anchor", newest.day(), newest.digest()));
        }
    }

    /** Describes the fault and its place in one line. */
    public String text(Finding finding) {
        return texts.get(
                "audit.fault." + finding.fault(),
                finding.subject() == null ? "" : finding.subject(),
                word(finding.from()),
                word(finding.to()),
                word(finding.rowId()),
                word(finding.day()));
    }

    private static String word(Object value) {
        return value == null ? "–" : value.toString();
    }
}
