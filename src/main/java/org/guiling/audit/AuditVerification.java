package org.guiling.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Holds every row against its chain, every chain against its head, every record against its last digest, and all of it
 * against the anchors and their files.
 * Reads only, streaming, one moment of the database. Hashes are computed here: a function of the database that was
 * replaced deceives nobody.
 */
@Service
public class AuditVerification {

    /** More are counted and not listed. */
    public static final int MAX_FINDINGS = 1000;

    private static final int ROWS_FETCHED = 1000;
    private static final Pattern HEAD = Pattern.compile("((?:item|event|record|number) \\S+) (\\d+) ([0-9a-f]{64})");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate snapshot;
    private final Anchors anchors;
    private final RecordStates states;
    private final ContentVerification contents;
    private final Clock clock;

    AuditVerification(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Anchors anchors,
            ContentVerification contents,
            Clock clock) {
        this.jdbc = new JdbcTemplate(jdbc.getDataSource());
        this.jdbc.setFetchSize(ROWS_FETCHED);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setReadOnly(true);
        this.snapshot.setIsolationLevel(TransactionTemplate.ISOLATION_REPEATABLE_READ);
        this.anchors = anchors;
        this.states = new RecordStates(this.jdbc);
        this.contents = contents;
        this.clock = clock;
    }

    /** A table whose rows are chained, and how it tells which chain a row belongs to and what people call it. */
    private enum Chained {
        TIMELINE("timeline", "item ", "item_id", ""),
        EVENTS("audit_event", "event ", "kind", null),
        RECORDS("record_digest", "record ", "item_id", "record "),
        NUMBERS("issued_number", "number ", "series", null);

        private final String table;
        private final String prefix;
        private final String key;
        /** Text before an item's number where people are told; null for chains that are of no item. */
        private final String spoken;

        Chained(String table, String prefix, String key, String spoken) {
            this.table = table;
            this.prefix = prefix;
            this.key = key;
            this.spoken = spoken;
        }

        static Chained of(String chain) {
            return Arrays.stream(values())
                    .filter(chained -> chain.startsWith(chained.prefix))
                    .findFirst()
                    .orElseThrow();
        }

        String chain() {
            return "'" + prefix + "' || t." + key;
        }

        String number() {
            return spoken == null ? "null" : "'" + spoken + "' || item.item_no";
        }

        String join() {
            return spoken == null ? "" : "left join item on item.id = t.item_id";
        }
    }

    /**
     * Verifies chains, anchors and records, and tells what is known of contents: what was found when they were served or
     * swept. Their files are not read.
     */
    public VerificationReport verify() {
        return verify(contents::verifyKnown);
    }

    /** The same, and reads and hashes the content of every file, which takes as long as reading them does. */
    public VerificationReport verifyWithContents() {
        return verify(contents::verifyFiles);
    }

    private VerificationReport verify(ToLongFunction<Consumer<Finding>> files) {
        Run run = new Run();
        snapshot.executeWithoutResult(status -> run.verifyDatabase());
        // Not in the snapshot, which would last for hours.
        long read = files.applyAsLong(run);
        return run.report(read);
    }

    /** One verification. */
    private final class Run implements Consumer<Finding> {

        private final List<Finding> findings = new ArrayList<>();
        private final Set<Finding> seen = new HashSet<>();
        private long total;
        private long rows;
        private long chains;
        private long records;
        private List<Anchor> all = List.of();

        void verifyDatabase() {
            // The settings with which V15__audit.sql writes a row as text.
            jdbc.execute("set local timezone = 'UTC'");
            jdbc.execute("set local datestyle = 'ISO, YMD'");
            for (Chained chained : Chained.values()) {
                verifyRows(chained);
                verifyLeftHeads(chained);
                verifyAnchoredHeads(chained);
            }
            jdbc.query("""
                    select item_no from item
                    where not exists (select from timeline where item_id = item.id)
                      and not exists (select from chain_head where chain = 'item ' || item.id)
                    order by id""", row -> {
                accept(Finding.of(Fault.NO_TIMELINE, row.getString("item_no")));
            });
            records = states.verify(this);
            all = anchors.all();
            verifyAnchors(all);
        }

        VerificationReport report(long contentsRead) {
            Anchor newest = all.isEmpty() ? null : all.get(all.size() - 1);
            return new VerificationReport(
                    rows,
                    chains,
                    records,
                    contentsRead,
                    all.size(),
                    newest,
                    total,
                    List.copyOf(findings),
                    clock.instant());
        }

        @Override
        public void accept(Finding finding) {
            if (findings.size() < MAX_FINDINGS) {
                if (seen.add(finding)) {
                    findings.add(finding);
                    total++;
                }
            } else {
                total++;
            }
        }

        private void verifyRows(Chained chained) {
            Collector collector = new Collector();
            jdbc.query(
                    """
                    select %s as chain, %s as number, t.id, t.seq, t.hash, %s as record,
                           chain_head.rows as head_rows, chain_head.hash as head_hash
                    from %s t %s left join chain_head on chain_head.chain = %s
                    order by t.%s, t.id""".formatted(
                                    chained.chain(),
                                    chained.number(),
                                    record(chained.table),
                                    chained.table,
                                    chained.join(),
                                    chained.chain(),
                                    chained.key),
                    collector::add);
            collector.finish();
        }

        /** Gathers the rows of one chain after the other. */
        private final class Collector {

            private Chain current;

            void add(ResultSet row) throws SQLException {
                String name = row.getString("chain");
                if (current == null || !current.name().equals(name)) {
                    finish();
                    String number = row.getString("number");
                    current = new Chain(
                            name,
                            number == null ? name : number,
                            row.getObject("head_rows", Long.class),
                            row.getBytes("head_hash"),
                            new ArrayList<>());
                    chains++;
                }
                rows++;
                current.rows()
                        .add(new ChainedRow(
                                row.getLong("id"), row.getLong("seq"), row.getBytes("hash"), row.getString("record")));
            }

            void finish() {
                if (current != null) {
                    current.verify(Run.this);
                }
            }
        }

        /** Heads of chains that have no row any more. */
        private void verifyLeftHeads(Chained chained) {
            jdbc.query("""
                    select chain, rows from chain_head
                    where starts_with(chain, '%s') and not exists (select from %s t where %s = chain_head.chain)
                    order by chain""".formatted(chained.prefix, chained.table, chained.chain()), row -> {
                accept(Finding.missing(subject(row.getString("chain")), 1, row.getLong("rows")));
            });
        }

        /** Rows that are others than at the time of an anchor; of each chain the first such anchor. */
        private void verifyAnchoredHeads(Chained chained) {
            Set<String> told = new HashSet<>();
            jdbc.query("""
                    select anchor.day, head.chain, head.before + 1 as first, head.rows, t.id
                    from (select *, coalesce(lag(rows) over (partition by chain order by anchor_id), 0) as before
                          from anchor_head where starts_with(chain, '%s')) head
                    left join anchor on anchor.id = head.anchor_id
                    left join %s t on %s = head.chain and t.seq = head.rows
                    where t.hash is distinct from head.hash
                    order by head.anchor_id, head.chain""".formatted(chained.prefix, chained.table, chained.chain()), row -> {
                if (told.add(row.getString("chain"))) {
                    accept(new Finding(
                            Fault.REWRITTEN,
                            subject(row.getString("chain")),
                            row.getLong("first"),
                            row.getLong("rows"),
                            row.getObject("id", Long.class),
                            row.getObject("day", LocalDate.class)));
                }
            });
        }

        private void verifyAnchors(List<Anchor> all) {
            Map<Path, Anchor> byFile = new HashMap<>();
            for (Anchor anchor : all) {
                String content = anchors.content(anchor.id(), anchor.day(), anchor.madeAt());
                if (!Anchors.digest(content).equals(anchor.digest())) {
                    accept(Finding.ofAnchor(Fault.ANCHOR_CHANGED, null, anchor.day()));
                }
                Path file = anchors.path(anchor.day());
                byFile.put(file, anchor);
                if (!Files.exists(file)) {
                    accept(Finding.ofAnchor(Fault.ANCHOR_FILE_MISSING, file.toString(), anchor.day()));
                } else if (!read(file).equals(content)) {
                    accept(Finding.ofAnchor(Fault.ANCHOR_FILE_DIFFERS, file.toString(), anchor.day()));
                    verifyFile(file, anchor.day());
                }
            }
            for (Path file : anchors.files()) {
                if (!byFile.containsKey(file)) {
                    accept(Finding.ofAnchor(Fault.ANCHOR_MISSING, file.toString(), null));
                    verifyFile(file, null);
                }
            }
        }

        /** Holds the chains against a file that the database does not bear out. */
        private void verifyFile(Path file, LocalDate day) {
            read(file).lines().map(HEAD::matcher).filter(Matcher::matches).forEach(head -> {
                long seq = Long.parseLong(head.group(2));
                Set<String> hashes = hashesAt(head.group(1), seq);
                if (!hashes.contains(head.group(3))) {
                    accept(new Finding(Fault.REWRITTEN, subject(head.group(1)), 1L, seq, null, day));
                }
            });
        }
    }

    private Set<String> hashesAt(String chain, long seq) {
        Chained chained = Chained.of(chain);
        String query = "select encode(hash, 'hex') from %s where %s::text = ? and seq = ?"
                .formatted(chained.table, chained.key);
        return Set.copyOf(
                new HashSet<>(jdbc.queryForList(query, String.class, chain.substring(chained.prefix.length()), seq)));
    }

    /** The item's number where the chain is an item's that is there, else the chain's name. */
    private String subject(String chain) {
        Chained chained = Chained.of(chain);
        String found = chained.spoken == null
                ? null
                : DataAccessUtils.singleResult(jdbc.queryForList(
                        "select ? || item_no from item where ? || id = ?",
                        String.class,
                        chained.spoken,
                        chained.prefix,
                        chain));
        return found == null ? chain : found;
    }

    /** All columns in their order, the hash left empty: what {@code new::text} is in the trigger. */
    private String record(String table) {
        return jdbc.queryForList("""
                        select quote_ident(attname) from pg_attribute
                        where attrelid = cast(? as regclass) and attnum > 0 and not attisdropped order by attnum""", String.class, table).stream()
                .map(column -> column.equals("hash") ? "null" : "t." + column)
                .collect(Collectors.joining(", ", "row(", ")::text"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
