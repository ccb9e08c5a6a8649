package org.guiling.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;

/** Changes the audit trail as somebody would who has every right in the database: no trigger speaks up. */
final class Tampering {

    private final JdbcTemplate jdbc;
    private final Anchors anchors;
    private final Random random;
    private final List<String> items;
    private final List<Anchor> taken;
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final List<Map.Entry<String, String>> columns;

    Tampering(JdbcTemplate jdbc, Anchors anchors, Random random, List<String> items, List<Anchor> taken) {
        this.jdbc = jdbc;
        this.anchors = anchors;
        this.random = random;
        this.items = items;
        this.taken = taken;
        this.columns = jdbc.query("""
                select table_name, column_name from information_schema.columns
                where table_name in ('timeline', 'audit_event') and table_schema = current_schema()
                order by table_name, ordinal_position""", (row, index) -> Map.entry(row.getString(1), row.getString(2)));
    }

    /**
     * @param names whether a finding names what was done
     * @param undo puts files back, which no rollback does
     */
    record Done(String description, Predicate<Finding> names, Runnable undo) implements AutoCloseable {

        @Override
        public void close() {
            undo.run();
        }
    }

    private record Row(String table, long id, String subject, long seq, long last) {

        boolean isNamedBy(Finding finding) {
            return finding.rowId() != null && finding.rowId() == id || covers(finding);
        }

        boolean covers(Finding finding) {
            return subject.equals(finding.subject())
                    && finding.from() != null
                    && finding.from() <= seq
                    && seq <= finding.to();
        }
    }

    /** Number of changes that were made of each kind. */
    Map<String, Integer> kinds() {
        return kinds;
    }

    /** The first ones change each column once; then it is drawn. */
    Done perform(int number) {
        jdbc.execute("set local session_replication_role = replica");
        Done done = number < columns.size()
                ? column(columns.get(number).getKey(), columns.get(number).getValue())
                : drawn();
        kinds.merge(done.description().split(":")[0], 1, Integer::sum);
        return done;
    }

    private Done drawn() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> {
                var column = columns.get(random.nextInt(columns.size()));
                yield column(column.getKey(), column.getValue());
            }
            case 2, 3 -> deleteOne();
            case 4 -> deleteAll();
            case 5 -> swap();
            case 6 -> insert();
            case 7 -> head();
            case 8, 9 -> rewrite();
            case 10 -> anchor();
            default -> file();
        };
    }

    /** Another value in one column of a row. */
    private Done column(String table, String column) {
        Row row = row(table);
        String type = jdbc.queryForObject("""
                select udt_name from information_schema.columns
                where table_name = ? and column_name = ? and table_schema = current_schema()""", String.class, table, column);
        String current = quoted(column);
        String value =
                switch (type) {
                    // An id that no other row has: the database would refuse that one by itself.
                    case "int8", "int4", "int2" ->
                        "coalesce(" + current + ", 0) + "
                                + (column.equals("id") ? 1_000_000 : 1)
                                + " + " + random.nextInt(1000);
                    case "timestamptz" -> current + " - interval '1 microsecond'";
                    case "date" -> "coalesce(" + current + " + 1, date '2026-01-01')";
                    case "jsonb" -> "coalesce(jsonb_build_array(" + current + "), '[]')";
                    case "_text" -> "array_append(" + current + ", 'somebody')";
                    case "bytea" -> "sha256(" + current + ")";
                    default ->
                        random.nextBoolean() ? "coalesce(" + current + ", '') || ' '" : "coalesce(null, 'x' || id)";
                };
        jdbc.execute("alter table timeline drop constraint if exists timeline_notified, drop constraint if exists"
                + " timeline_refused, drop constraint if exists timeline_due_moves");
        jdbc.execute("alter table " + table + " alter column id drop identity if exists");
        changed(jdbc.update("update " + table + " set " + current + " = " + value + " where id = " + row.id()));
        return done("column: " + table + "." + column + " of " + row, row::isNamedBy);
    }

    private Done deleteOne() {
        Row row = row(table());
        changed(jdbc.update("delete from " + row.table() + " where id = " + row.id()));
        return done("one row deleted: " + row, row::isNamedBy);
    }

    private Done deleteAll() {
        Row row = row(table());
        changed(jdbc.update("delete from " + row.table() + " where " + chain(row.table()) + " = ?", chainOf(row)));
        boolean withHead = random.nextBoolean();
        if (withHead) {
            jdbc.update("delete from chain_head where chain = ?", chainOf(row));
        }
        return done("a whole chain deleted: " + row + (withHead ? " with its head" : ""), finding -> row.subject()
                .equals(finding.subject()));
    }

    /** Two rows of a chain change places, whichever way. */
    private Done swap() {
        Row one = row(table());
        Row other = row(one.table());
        while (other.id() == one.id() || !other.subject().equals(one.subject())) {
            other = row(one.table());
        }
        Row second = other;
        String what = List.of("id", "seq", "at").get(random.nextInt(3));
        jdbc.execute("alter table " + one.table() + " drop constraint " + one.table() + "_pkey cascade");
        jdbc.execute("alter table " + one.table() + " alter column id drop identity if exists");
        if (what.equals("at")) {
            // Everything but the place in the chain.
            jdbc.update(
                    "update %1$s t set at = o.at - interval '1 second' * (t.id - o.id) from %1$s o where t.id + o.id = ? and t.id in (?, ?)"
                            .formatted(one.table()),
                    one.id() + second.id(),
                    one.id(),
                    second.id());
        } else {
            jdbc.update(
                    "update %1$s t set %2$s = o.%2$s from (select * from %1$s where id in (?, ?)) o where t.id in (?, ?) and t.id <> o.id"
                            .formatted(one.table(), what),
                    one.id(),
                    second.id(),
                    one.id(),
                    second.id());
        }
        return done("two rows swapped: " + what + " of " + one + " and " + second, one::isNamedBy);
    }

    /** A row that the application did not write, within a chain or behind it, with a hash that fits or not. */
    private Done insert() {
        Row row = row(table());
        boolean behind = random.nextBoolean();
        String columns = String.join(
                ", ",
                this.columns.stream()
                        .filter(column -> column.getKey().equals(row.table()))
                        .filter(column -> !List.of("id", "seq", "hash").contains(column.getValue()))
                        .map(column -> quoted(column.getValue()))
                        .toList());
        Long id = jdbc.queryForObject(
                "insert into %1$s (%2$s, seq, hash) select %2$s, %3$s, sha256(hash) from %1$s where id = ? returning id"
                        .formatted(row.table(), columns, behind ? Long.toString(row.last() + 1) : "seq"),
                Long.class,
                row.id());
        return done(
                "a row inserted: like " + row + (behind ? " at the end" : " at its place"),
                finding -> id.equals(finding.rowId()));
    }

    private Done head() {
        Row row = row(table());
        String change = List.of("hash = sha256(hash)", "rows = rows + 1", "rows = rows - 1")
                .get(random.nextInt(3));
        changed(jdbc.update("update chain_head set " + change + " where chain = ?", chainOf(row)));
        return done("a head changed: " + change + " of " + chainOf(row), finding -> row.subject()
                .equals(finding.subject()));
    }

    /** A row says something else, and every hash from it on is made to fit, the head as well. */
    private Done rewrite() {
        Row row = row(table());
        jdbc.update("update " + row.table() + " set at = at - interval '1 day' where id = ?", row.id());
        rechain(row);
        return done("a chain rewritten with fresh hashes: from " + row, row::isNamedBy);
    }

    private Done anchor() {
        Anchor anchor = taken.get(random.nextInt(taken.size()));
        String change = List.of(
                        "update anchor set digest = repeat('0', 64) where id = ?",
                        "update anchor set made_at = made_at - interval '1 hour' where id = ?",
                        "update anchor set day = day - 500 where id = ?",
                        "update anchor_head set hash = sha256(hash) where anchor_id = ?",
                        "delete from anchor_head where anchor_id = ?",
                        "delete from anchor where id = ?")
                .get(random.nextInt(6));
        changed(jdbc.update(change, anchor.id()));
        return done(
                "an anchor changed: " + change,
                finding -> anchor.day().equals(finding.day())
                        || finding.subject() != null
                                && finding.subject()
                                        .equals(anchors.path(anchor.day()).toString()));
    }

    /** The chain is rewritten and the tables of the anchors with it; the file is all that knows. Or the file is touched. */
    private Done file() {
        Anchor anchor = taken.get(taken.size() - 1);
        Path file = anchors.path(anchor.day());
        String before = read(file);
        Runnable undo = () -> write(file, before);
        if (random.nextBoolean()) {
            Row row = row("audit_event");
            jdbc.update("update audit_event set at = at - interval '1 day' where id = ?", row.id());
            rechain(row);
            jdbc.update("update anchor_head a set hash = e.hash from audit_event e"
                    + " where a.chain = 'event ' || e.kind and a.rows = e.seq");
            for (Anchor each : anchors.all()) {
                jdbc.update(
                        "update anchor set digest = ? where id = ?",
                        Anchors.digest(anchors.content(each.id(), each.day(), each.madeAt())),
                        each.id());
            }
            return done(
                    "a chain and all anchors rewritten in the database: from " + row,
                    finding -> finding.fault() == Fault.REWRITTEN && row.covers(finding));
        }
        try {
            if (random.nextBoolean()) {
                Files.delete(file);
                return new Done(
                        "a file changed: deleted",
                        finding -> finding.fault() == Fault.ANCHOR_FILE_MISSING
                                && anchor.day().equals(finding.day()),
                        undo);
            }
            Files.writeString(file, before.replace("made 2", "made 3"));
            return new Done(
                    "a file changed: its date",
                    finding -> finding.fault() == Fault.ANCHOR_FILE_DIFFERS
                            && anchor.day().equals(finding.day()),
                    undo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rechain(Row row) {
        String cells = String.join(
                ", ",
                columns.stream()
                        .filter(column -> column.getKey().equals(row.table()))
                        .map(column -> column.getValue().equals("hash") ? "null" : "t." + quoted(column.getValue()))
                        .toList());
        jdbc.execute("set local timezone = 'UTC'");
        byte[] previous = Digests.beginning(chainOf(row));
        for (long seq = 1; seq <= row.last(); seq++) {
            String where = chain(row.table()) + " = '" + chainOf(row) + "' and seq = " + seq;
            String record = jdbc.queryForObject(
                    "select row(" + cells + ")::text from " + row.table() + " t where " + where, String.class);
            previous = Digests.row(previous, record);
            jdbc.update("update " + row.table() + " t set hash = ? where " + where, previous);
        }
        jdbc.update("update chain_head set hash = ? where chain = ?", previous, chainOf(row));
    }

    /** The first, the last or any row of one of the items, or of the chain of exports. */
    private Row row(String table) {
        String subject = table.equals("timeline") ? items.get(random.nextInt(items.size())) : "event EXPORTED";
        String where = table.equals("timeline")
                ? "item_id = (select id from item where item_no = '" + subject + "')"
                : "kind = 'EXPORTED'";
        long last = jdbc.queryForObject("select max(seq) from " + table + " where " + where, Long.class);
        long anchored = table.equals("timeline") ? last : last - 1;
        long seq =
                switch (random.nextInt(3)) {
                    case 0 -> 1;
                    case 1 -> anchored;
                    default -> 1 + random.nextLong(anchored);
                };
        long id = jdbc.queryForObject("select id from " + table + " where " + where + " and seq = " + seq, Long.class);
        return new Row(table, id, subject, seq, last);
    }

    private String table() {
        return random.nextInt(3) == 0 ? "audit_event" : "timeline";
    }

    private static String chain(String table) {
        return table.equals("timeline") ? "'item ' || item_id" : "'event ' || kind";
    }

    private String chainOf(Row row) {
        return row.table().equals("timeline")
                ? jdbc.queryForObject("select 'item ' || id from item where item_no = ?", String.class, row.subject())
                : row.subject();
    }

    private static Done done(String description, Predicate<Finding> names) {
        return new Done(description, names, () -> {});
    }

    private static void changed(int rows) {
        if (rows == 0) {
            throw new IllegalStateException("Nothing was tampered with");
        }
    }

    private static String quoted(String column) {
        return '"' + column + '"';
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
