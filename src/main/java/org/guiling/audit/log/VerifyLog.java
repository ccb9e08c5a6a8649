package org.guiling.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.guiling.audit.log.LogVerification.Finding;
import org.guiling.audit.log.LogVerification.Report;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * {@code guiling verify-log events-*.jsonl events.jsonl}: verifies an exported security log with no database. Not a configuration
 * of the application, which must not find it.
 */
@ComponentScan("org.guiling.text")
@EnableConfigurationProperties
public class VerifyLog {

    /** The word on the command line. */
    public static final String COMMAND = "verify-log";

    private static final int SOUND = 0;
    private static final int UNSOUND = 1;
    private static final int NOT_VERIFIED = 2;

    @Bean
    Clock clock() {
        return new OfficeClock();
    }

    /**
     * Verifies and prints what is wrong, a line each.
     *
     * @param arguments the command, and files in the order in which they were written
     * @return the exit code: 0 where all is sound, 1 where something is wrong, 2 where it could not be verified
     */
    public static int run(String... arguments) {
        List<Path> files = Stream.of(arguments)
                .filter(argument -> !argument.equals(COMMAND) && !argument.startsWith("--"))
                .map(Path::of)
                .toList();
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(VerifyLog.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run("--logging.level.root=warn")) {
            Texts texts = context.getBean(Texts.class);
            if (files.isEmpty()) {
                System.err.println(texts.get("audit.log.no-file"));
                return NOT_VERIFIED;
            }
            Report report = LogVerification.verify(files);
            print(report, texts, new PrintStream(System.out, true, UTF_8));
            return report.total() == 0 ? SOUND : UNSOUND;
        } catch (IOException e) {
            System.err.println(e);
            return NOT_VERIFIED;
        }
    }

    private static void print(Report report, Texts texts, PrintStream out) {
        for (Finding finding : report.findings()) {
            out.println(texts.get(
                    "audit.log.fault." + finding.fault(),
                    finding.file().toString(),
                    Long.toString(finding.line()),
                    finding.n() == null ? "–" : Long.toString(finding.n())));
        }
        out.println(texts.get(
                report.total() == 0 ? "audit.log.sound" : "audit.log.unsound",
                Long.toString(report.lines()),
                Long.toString(report.first()),
                Long.toString(report.last()),
                Long.toString(report.total()),
                Long.toString(report.repeated()),
                Long.toString(report.shortened())));
        if (report.chained() != null) {
            out.println(texts.get("audit.log.newest", Long.toString(report.last()), report.chained()));
        }
    }
}
