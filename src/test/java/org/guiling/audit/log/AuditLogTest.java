package org.guiling.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.audit.RepeatedEvents;
import org.guiling.audit.log.LogVerification.Report;
import org.guiling.notification.Inbox;
import org.guiling.notification.NoticeKind;
import org.guiling.organization.Organization;
import org.guiling.organization.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** The security log on the real trail, to real files and to a real TLS server. */
@GuilingTest
class AuditLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** RFC 5424, 6: header, one element of structured data, a byte order mark, the line. */
    private static final Pattern MESSAGE = Pattern.compile("<(\\d{1,3})>1 (\\S{1,32}) (\\S{1,255}) guiling (\\d{1,128})"
            + " ([A-Z_]{1,32}) \\[guiling@32473((?: [a-z]+=\"[^\"\\\\\\]]*\")+)] \ufeff(\\{.*})");

    @TempDir
    static Path keys;

    private static Path collectorKeys;
    private static Path ownKeys;
    private static Path otherName;

    @TempDir
    Path folder;

    @Autowired
    AuditTrail trail;

    @Autowired
    LogOutbox outbox;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Inbox inbox;

    @Autowired
    Organization organization;

    @Autowired
    RepeatedEvents repeatedEvents;

    @Autowired
    TestClock clock;

    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor();
    private LogProperties properties;

    @BeforeAll
    static void makeKeys() {
        collectorKeys = Collector.keys(keys, "collector", "ip:127.0.0.1");
        ownKeys = Collector.keys(keys, "guiling", "dns:guiling.example.org");
        otherName = Collector.keys(keys, "other", "dns:collector.example.org");
    }

    /** Events that other tests repeated are recorded now, not in the middle of a test. */
    @BeforeEach
    void recordWhatHasHappened() {
        clock.advance(Duration.ofDays(1));
        repeatedEvents.writeCounted();
        clock.reset();
    }

    @BeforeEach
    void forgetWhatWasSent() {
        jdbc.execute("truncate audit_sink_line, audit_sink_position, audit_sink");
        properties = new LogProperties(null, DataSize.ofMegabytes(1), null, Set.of(), 100, Duration.ofHours(1));
    }

    @AfterEach
    void reset() {
        clock.reset();
        watchdog.shutdownNow();
    }

    @Test
    void everyEventIsALineThatCanBeVerifiedWithoutTheDatabase() throws IOException {
        // given events with all that a name may hold
        record("handler", "第三办公室 \"quoted\" \\ back, comma (bracket)", Map.of("n", 1.50, "list", List.of("a", "b")));
        record(null, null, Map.of());
        record("", "", Map.of("text", "line\nend \u2028 \u202e \u007f \"q\" \\"));
        FileSink sink = file();

        // when
        shipping(sink).ship();

        // then all of the trail is there, in the order of each chain, and nobody else may read it
        List<JsonNode> lines = lines(sink);
        assertThat(lines).hasSize(jdbc.queryForObject("select count(*) from audit_event", Integer.class));
        assertThat(lines.stream().map(line -> line.get("n").asLong()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, lines.size()).boxed().toList());
        assertThat(Files.getPosixFilePermissions(Path.of(sink.target())))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        JsonNode third = lines.get(lines.size() - 1);
        assertThat(third.get("details").get("text").asText()).isEqualTo("line\nend \u2028 \u202e \u007f \"q\" \\");
        assertThat(third.get("node").asText()).isNotBlank();
        assertThat(Instant.parse(third.get("at").asText()))
                .isEqualTo(
                        jdbc.queryForObject("select at from audit_event order by id desc limit 1", OffsetDateTime.class)
                                .toInstant());
        assertThat(Files.readString(Path.of(sink.target())).lines().flatMapToInt(String::chars))
                .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202e);
        Report report = verify(sink);
        assertThat(report.findings()).isEmpty();
        assertThat(report.lines()).isEqualTo(lines.size());
        assertThat(VerifyLog.run(VerifyLog.COMMAND, sink.target())).isZero();
    }

    @Test
    void whateverIsChangedInAFileIsFound() throws IOException {
        for (int i = 0; i < 12; i++) {
            record("handler", "subject " + i, Map.of("i", i));
        }
        FileSink sink = file();
        shipping(sink).ship();
        Path file = Path.of(sink.target());
        List<String> sound = Files.readAllLines(file);
        // of a part that begins in the middle
        List<String> part = sound.subList(sound.size() - 10, sound.size());
        assertThat(verify(part).findings()).isEmpty();

        // when a byte of a line is another, whichever
        String line = part.get(4);
        for (int i = 0; i < line.length(); i++) {
            char other = line.charAt(i) == '7' ? '8' : '7';
            String changed = line.substring(0, i) + other + line.substring(i + 1);
            assertThat(verify(replaced(part, 4, changed)).findings())
                    .as(changed)
                    .isNotEmpty();
        }
        // when whoever changes a line makes its hash anew
        String forged = part.get(4).replace("\"actor\":\"handler\"", "\"actor\":\"nobody\"");
        String covered = forged.substring(0, forged.lastIndexOf(LogLine.CHAINED));
        String rehashed = covered + LogLine.CHAINED + LogLine.digest(covered) + "\"}";
        assertThat(verify(replaced(part, 4, rehashed)).findings())
                .extracting(LogVerification.Finding::fault)
                .containsExactly(LogFault.RECORD_DIFFERS, LogFault.OUT_OF_PLACE);
        // when a line is left out, stands twice as another, or two have changed places
        for (int i = 1; i < part.size() - 1; i++) {
            List<String> without = new ArrayList<>(part);
            without.remove(i);
            assertThat(verify(without).findings())
                    .extracting(LogVerification.Finding::fault)
                    .contains(LogFault.MISSING);
            List<String> swapped = new ArrayList<>(part);
            swapped.set(i, part.get(i + 1));
            swapped.set(i + 1, part.get(i));
            assertThat(verify(swapped).findings()).isNotEmpty();
        }
        assertThat(verify(replaced(part, 4, part.get(4).substring(0, 60))).findings())
                .extracting(LogVerification.Finding::fault)
                .contains(LogFault.UNREADABLE);
        Files.write(file, replaced(part, 4, forged));
        assertThat(VerifyLog.run(VerifyLog.COMMAND, file.toString())).isEqualTo(1);
        assertThat(VerifyLog.run(VerifyLog.COMMAND, folder.resolve("none").toString()))
                .isEqualTo(2);
        // and lines that are missing at the end are seen by the number and hash that the application tells
        Report shorter = verify(part.subList(0, 9));
        assertThat(shorter.chained())
                .isNotEqualTo(outbox.state("file").orElseThrow().chained());
    }

    @Test
    void anEventThatIsCommittedLaterWithALowerIdIsNotSkipped() throws Exception {
        FileSink sink = file();
        LogShipping shipping = shipping(sink);
        shipping.ship();
        try (Connection slow = dataSource.getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("insert into audit_event (at, kind, subject, details)"
                    + " values (now(), 'CHANNEL_TRIED', 'slow', '{}')");
            record("handler", "quick", Map.of());

            assertThat(shipping.ship()).isEqualTo(1);
            slow.commit();
            slow.setAutoCommit(true);
        }
        assertThat(shipping.ship()).isEqualTo(1);
        List<JsonNode> lines = lines(sink);
        assertThat(lines.subList(lines.size() - 2, lines.size()))
                .extracting(line -> line.get("subject").asText())
                .containsExactly("quick", "slow");
        assertThat(lines.get(lines.size() - 1).get("id").asLong())
                .isLessThan(lines.get(lines.size() - 2).get("id").asLong());
        assertThat(verify(sink).findings()).isEmpty();
    }

    @Test
    void nothingIsLostAndNothingDoubledWhenAServerStopsInTheMiddle() throws IOException {
        FileSink sink = file();
        shipping(sink).ship();
        int before = lines(sink).size();
        IntStream.range(0, 5).forEach(i -> record("handler", "stop " + i, Map.of()));
        // given a server that stops after it has written, before it has noted so
        outbox.lease(sink.name(), "another", Duration.ZERO);
        sink.send(outbox.next(sink, 100));
        // and one that stops within a line
        Path file = Path.of(sink.target());
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length - 40));

        // when the next one goes on
        record("handler", "after", Map.of());
        shipping(sink).ship();

        // then each is there once
        assertThat(lines(sink)).hasSize(before + 6);
        assertThat(verify(sink).findings()).isEmpty();
        assertThat(verify(sink).repeated()).isZero();
    }

    @Test
    void aFileIsPutAsideAtItsSizeAndOnANewDay() throws IOException {
        FileSink sink = new FileSink(folder.resolve("log/events.jsonl"), 3000, clock);
        shipping(sink).ship();
        IntStream.range(0, 6).forEach(i -> {
            record("handler", "rotated " + i, Map.of());
            shipping(sink).ship();
        });
        clock.advance(Duration.ofDays(1));
        record("handler", "next day", Map.of());
        shipping(sink).ship();

        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("log"))) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(3);
        assertThat(Files.readAllLines(files.get(files.size() - 1))).hasSize(1);
        assertThat(LogVerification.verify(files).findings()).isEmpty();
        assertThat(LogVerification.verify(files.subList(2, files.size())).findings())
                .isEmpty();
        List<Path> without = new ArrayList<>(files);
        without.remove(1);
        assertThat(LogVerification.verify(without).findings())
                .extracting(LogVerification.Finding::fault)
                .contains(LogFault.MISSING);
    }

    @Test
    void aRestoredDatabaseDoesNotGoOnInTheFileOfBefore() throws IOException {
        FileSink sink = file();
        shipping(sink).ship();
        jdbc.execute("truncate audit_sink_line, audit_sink_position, audit_sink");
        record("handler", "before the restore", Map.of());
        record("handler", "after the restore", Map.of());
        jdbc.update("insert into audit_sink (sink) values ('file')");
        // so that the lines are others
        jdbc.update("insert into audit_sink_position (sink, kind, seq) select 'file', substr(chain, 7), rows - 1"
                + " from chain_head where chain = 'event EXPORTED'");

        shipping(sink).ship();

        assertThat(verify(sink).findings()).isEmpty();
        assertThat(lines(sink)).anyMatch(line -> line.get("subject").asText().equals("after the restore"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".jsonl"))).hasSize(2);
        }
    }

    @Test
    void aCollectorReceivesEveryEventByTls() throws IOException {
        try (Collector collector = new Collector(Collector.tls(collectorKeys, ownKeys), true)) {
            // given a subject that would be a message of its own, and one that is too long
            record("handler", "x\n<13>1 2026-01-01T00:00:00Z forged guiling - SIGNED_ON - \ufeff{}", Map.of());
            record("handler", "long", Map.of("filter", "长".repeat(9000)));
            LogSink sink = syslog(collector.port(), Collector.tls(ownKeys, collectorKeys));

            // when
            int arrived = shipping(sink).ship();

            // then
            List<String> messages = collector.messages();
            assertThat(messages).hasSize(arrived).hasSizeGreaterThan(1);
            for (String message : messages) {
                Matcher parts = MESSAGE.matcher(message);
                assertThat(parts.matches()).as(message).isTrue();
                JsonNode line = JSON.readTree(parts.group(7));
                assertThat(Integer.parseInt(parts.group(1)) / 8).isEqualTo(13);
                assertThat(Instant.parse(parts.group(2)))
                        .isEqualTo(Instant.parse(line.get("at").asText()));
                assertThat(parts.group(5)).isEqualTo(line.get("kind").asText());
                assertThat(parts.group(6))
                        .contains(" hash=\"" + line.get("hash").asText() + "\"")
                        .contains(" n=\"" + line.get("n").asText() + "\"")
                        .contains(" chained=\"" + line.get("chained").asText() + "\"");
                assertThat(message.getBytes(UTF_8).length).isLessThanOrEqualTo(8192);
            }
            // and what it keeps can be verified
            Report report = verify(messages);
            assertThat(report.findings()).isEmpty();
            assertThat(report.shortened()).isEqualTo(1);
            assertThat(outbox.state("syslog").orElseThrow().shipped()).isEqualTo(messages.size());
        }
    }

    @Test
    void nothingIsLostWhenACollectorDropsTheConnection() throws IOException {
        try (Collector collector = new Collector(Collector.tls(collectorKeys, ownKeys), false)) {
            LogSink sink = syslog(collector.port(), Collector.tls(null, collectorKeys));
            shipping(sink).ship();
            int before = collector.messages().size();
            IntStream.range(0, 40).forEach(i -> record("handler", "dropped " + i, Map.of()));
            collector.dropAfter(7);

            // when it drops the connection, and works again
            assertThat(shipping(sink).ship()).isZero();
            assertThat(shipping(sink).ship()).as("too early").isZero();
            LogOutbox.State failing = outbox.state("syslog").orElseThrow();
            assertThat(failing.failures()).isEqualTo(1);
            assertThat(failing.error()).isNotBlank();
            assertThat(outbox.waiting("syslog").events()).isEqualTo(40);
            clock.advance(Duration.ofSeconds(6));
            assertThat(shipping(sink).ship()).isEqualTo(40);

            // then all have arrived in their order, and those that came twice are the same
            List<String> after =
                    collector.messages().subList(before, collector.messages().size());
            assertThat(after).hasSize(47);
            assertThat(after.subList(0, 7)).isEqualTo(after.subList(7, 14));
            Report report = verify(collector.messages());
            assertThat(report.findings()).isEmpty();
            assertThat(report.repeated()).isEqualTo(7);
            assertThat(outbox.waiting("syslog").events()).isZero();
            assertThat(outbox.state("syslog").orElseThrow().failingSince()).isNull();
        }
    }

    @Test
    void aCollectorOfAnotherNameAndOneThatNobodyTrustsGetNothing() throws IOException {
        record("handler", "secret", Map.of());
        try (Collector named = new Collector(Collector.tls(otherName, ownKeys), false);
                Collector unknown = new Collector(Collector.tls(collectorKeys, ownKeys), false)) {
            assertThat(shipping(syslog(named.port(), Collector.tls(null, otherName)))
                            .ship())
                    .isZero();
            assertThat(outbox.state("syslog").orElseThrow().error()).contains("127.0.0.1");
            clock.advance(Duration.ofHours(1));
            assertThat(shipping(syslog(unknown.port(), Collector.tls(null, ownKeys)))
                            .ship())
                    .isZero();
            assertThat(named.messages()).isEmpty();
            assertThat(unknown.messages()).isEmpty();
        }
    }

    @Test
    void aCollectorThatReadsNothingIsLeft() throws IOException {
        record("handler", "unread", Map.of());
        try (Collector collector = new Collector(Collector.tls(collectorKeys, ownKeys), false)) {
            collector.beDeaf();
            LogSink sink = syslog(collector.port(), Collector.tls(null, collectorKeys), Duration.ofMillis(200));

            assertThat(shipping(sink).ship()).isZero();
            assertThat(outbox.state("syslog").orElseThrow().failures()).isEqualTo(1);
        }
    }

    @Test
    void oneNodeShipsAtATimeAndHoldsNoConnection() throws Exception {
        record("handler", "once", Map.of());
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        FileSink file = file();
        LogSink slow = sink(lines -> {
            sending.countDown();
            await(done);
            file.send(lines);
        });
        ExecutorService node = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> first = node.submit(() -> shipping(slow).ship());
            await(sending);

            assertThat(shipping(file).ship()).as("the other node").isZero();
            assertThat(jdbc.queryForObject(
                            "select count(*) from pg_stat_activity where state like 'idle in transaction%'"
                                    + " and query like '%audit_sink%'",
                            Long.class))
                    .isZero();
            done.countDown();
            assertThat(first.get(1, TimeUnit.MINUTES)).isPositive();
        } finally {
            node.shutdownNow();
        }
        assertThat(verify(file).findings()).isEmpty();
    }

    @Test
    void theWaitsGrowAndTheAdministratorsAreToldOnce() {
        record("handler", "never", Map.of());
        clock.advance(Duration.ofDays(500));
        LogSink broken = sink(lines -> {
            throw new IOException("No space left on device");
        });
        LogShipping shipping = shipping(broken);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            shipping.ship();
            LogOutbox.State state = outbox.state("file").orElseThrow();
            waits.add(Duration.between(clock.instant(), state.nextAttempt()).plusMillis(500));
            clock.advance(waits.get(i));
        }
        assertThat(waits.stream().map(Duration::toSeconds).limit(8))
                .zipSatisfy(List.of(5L, 10L, 20L, 40L, 80L, 160L, 320L, 600L), (wait, expected) -> assertThat(wait)
                        .isBetween(expected - 5, expected));
        Instant since = outbox.state("file").orElseThrow().failingSince();
        organization.people(Role.ADMINISTRATOR).forEach(administrator -> assertThat(inbox.of(administrator.id(), 200))
                .filteredOn(notice -> notice.kind() == NoticeKind.AUDIT_LOG_BEHIND
                        && !notice.createdAt().isBefore(since))
                .hasSize(1)
                .allMatch(notice -> notice.itemNo().equals("file")));
        assertThat(LogShipping.waitAfter(100_000)).isEqualTo(Duration.ofMinutes(10));
    }

    private void record(String actor, String subject, Map<String, ?> details) {
        trail.record(AuditEventKind.EXPORTED, actor, subject, details);
    }

    private FileSink file() {
        return new FileSink(
                folder.resolve("events.jsonl"), DataSize.ofMegabytes(100).toBytes(), clock);
    }

    private LogSink syslog(int port, SSLContext tls) {
        return syslog(port, tls, Duration.ofSeconds(30));
    }

    private LogSink syslog(int port, SSLContext tls, Duration timeout) {
        LogProperties.Syslog settings = new LogProperties.Syslog("127.0.0.1", port, null, timeout, 8192, "32473");
        return new SyslogSink(settings, new SyslogMessage("knoten-1 é", "4711", "32473", 8192), () -> tls, watchdog);
    }

    private interface Sending {
        void send(List<LogSink.Made> lines) throws IOException;
    }

    private LogSink sink(Sending sending) {
        FileSink file = file();
        return new LogSink() {
            @Override
            public String name() {
                return file.name();
            }

            @Override
            public String target() {
                return file.target();
            }

            @Override
            public Content content(LoggedEvent event, long n, String before) {
                return file.content(event, n, before);
            }

            @Override
            public void send(List<Made> lines) throws IOException {
                sending.send(lines);
            }
        };
    }

    private LogShipping shipping(LogSink sink) {
        return new LogShipping(sink, outbox, properties, transaction, events, clock);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> lines(LogSink sink) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(sink.target()))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static Report verify(LogSink sink) throws IOException {
        return LogVerification.verify(List.of(Path.of(sink.target())));
    }

    private Report verify(List<String> lines) {
        try {
            Path file = Files.write(folder.resolve("verified.txt"), lines);
            return LogVerification.verify(List.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> replaced(List<String> lines, int i, String line) {
        List<String> replaced = new ArrayList<>(lines);
        replaced.set(i, line);
        return replaced;
    }
}
