package org.guiling.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.guiling.audit.Tampering.Done;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Changes the record and the contents of its files as somebody would who has every right in the database and at the
 * store. Unless noted otherwise, no trigger raises an error.
 */
final class RecordTampering {

    /** The tables, and how their rows are those of an item. */
    private static final Map<String, String> TABLES = new TreeMap<>(Map.ofEntries(
            Map.entry("item", "item t join item on item.id = t.id"),
            Map.entry("measure", ofItem("measure")),
            Map.entry("progress", ofItem("progress")),
            Map.entry("institution", ofItem("institution")),
            Map.entry("verification", ofItem("verification")),
            Map.entry("sign_off", ofItem("sign_off")),
            Map.entry("defect", ofItem("defect")),
            Map.entry("decline", ofItem("decline")),
            Map.entry("item_request", ofItem("item_request")),
            Map.entry(
                    "request_approval",
                    "request_approval t join item_request r on r.id = t.request_id join item on item.id = r.item_id"),
            Map.entry("merged_source", ofItem("merged_source")),
            Map.entry("look_back", ofItem("look_back")),
            Map.entry("supervision_card", ofItem("supervision_card")),
            Map.entry("evidence", ofItem("evidence")),
            Map.entry(
                    "evidence_version",
                    "evidence_version t join evidence e on e.id = t.evidence_id join item on item.id = e.item_id"),
            Map.entry("spot_check_visit", "spot_check_visit t join item on item.item_no = t.item_no"),
            Map.entry("record_digest", ofItem("record_digest")),
            Map.entry("record_salt", ofItem("record_salt")),
            Map.entry("issued_number", ofItem("issued_number"))));

    private static final List<String> WITH_ID =
            List.of("progress", "verification", "sign_off", "item_request", "supervision_card", "evidence");
    /** Of these an item may have any number. */
    private static final List<String> SWAPPED =
            List.of("progress", "verification", "sign_off", "item_request", "evidence");

    private static final List<String> INSERTED =
            List.of("measure", "progress", "institution", "verification", "sign_off", "defect", "decline", "evidence");
    private static final List<String> KEYS = List.of("seq", "round");

    private final JdbcTemplate jdbc;
    private final Random random;
    private final List<String> items;
    private final Path store;
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final List<Map.Entry<String, String>> columns;

    /** @param items those whose rows are changed; each of the tables has rows of one of them */
    RecordTampering(JdbcTemplate jdbc, Random random, List<String> items, Path store) {
        this.jdbc = jdbc;
        this.random = random;
        this.items = items;
        this.store = store;
        this.columns =
                new ArrayList<>(jdbc.query("""
                select table_name, column_name from information_schema.columns
                where table_schema = current_schema() and table_name = any (?)
                  and not (table_name = 'item' and column_name in ('version', 'next_look', 'proposed_card'))
                order by table_name, ordinal_position""", (row, index) -> Map.entry(row.getString(1), row.getString(2)), (Object)
                        TABLES.keySet().toArray(String[]::new)));
    }

    private static String ofItem(String table) {
        return table + " t join item on item.id = t.item_id";
    }

    private record Row(String table, String ctid, String itemNo, String series) {

        boolean isNamedBy(Finding finding) {
            return itemNo.equals(finding.subject())
                    || ("record " + itemNo).equals(finding.subject())
                    || table.equals("issued_number") && ("number " + series).equals(finding.subject());
        }

        String where() {
            return " where ctid = '" + ctid + "'::tid";
        }
    }

    /** Number made of each kind. */
    Map<String, Integer> kinds() {
        return kinds;
    }

    /** The first ones change each column once; then it is drawn. */
    Done perform(int number) {
        jdbc.execute("set local session_replication_role = replica");
        Done done = number < columns.size()
                ? column(columns.get(number).getKey(), columns.get(number).getValue())
                : drawn(number);
        kinds.merge(done.description().split(":")[0], 1, Integer::sum);
        return done;
    }

    private Done drawn(int number) {
        return switch (number % 12) {
            case 0 -> deleteRow();
            case 1 -> deleteNewest();
            case 2 -> insert();
            case 3 -> swap();
            case 4 -> deleteItem();
            case 5 -> plainUpdate();
            case 6 -> coveredByAStep();
            case 7 -> replaceContent();
            case 8 -> truncateContent();
            case 9 -> replaceContentAndHash();
            case 10 -> sealedByHand();
            default -> random.nextBoolean() ? deleteContent() : content();
        };
    }

    private Done column(String table, String column) {
        Row row = row(table);
        String current = '"' + column + '"';
        String type = jdbc.queryForObject("""
                select udt_name from information_schema.columns
                where table_name = ? and column_name = ? and table_schema = current_schema()""", String.class, table, column);
        String value =
                switch (type) {
                    // An id that no other row has: the database would refuse that one by itself.
                    case "int8", "int4" -> "coalesce(" + current + ", 0) + 1000000 + " + random.nextInt(1000);
                    case "int2" -> "coalesce(" + current + ", 0) + 1 + " + random.nextInt(1000);
                    case "numeric" -> "coalesce(" + current + ", 0) + 0.01";
                    case "bool" -> "not coalesce(" + current + ", false)";
                    case "timestamptz" -> "coalesce(" + current + ", now()) - interval '1 microsecond'";
                    case "date" -> "coalesce(" + current + " + 1, date '2026-01-01')";
                    case "_text" -> "array_append(coalesce(" + current + ", '{}'), 'somebody')";
                    case "bytea" -> "sha256(" + current + ")";
                    default -> "coalesce(" + current + ", '') || ' '";
                };
        withoutChecks(table);
        if (column.equals("id")) {
            jdbc.execute("alter table " + table + " alter column id drop identity if exists");
        }
        changed(jdbc.update("update " + table + " set " + current + " = " + value + row.where()));
        return done("column: " + table + "." + column + " of " + row, row);
    }

    private Done deleteRow() {
        Row row = row(drawnTable());
        changed(jdbc.update("delete from " + row.table() + row.where()));
        return done("one row deleted: " + row, row);
    }

    private Done deleteNewest() {
        String table = WITH_ID.get(random.nextInt(WITH_ID.size()));
        Row row = row(table, "t.id desc");
        changed(jdbc.update("delete from " + table + row.where()));
        return done("the newest row deleted: " + row, row);
    }

    private Done insert() {
        Row row = row(INSERTED.get(random.nextInt(INSERTED.size())));
        withoutChecks(row.table());
        List<String> names = columns.stream()
                .filter(column -> column.getKey().equals(row.table()))
                .map(Map.Entry::getValue)
                .filter(column -> !column.equals("id"))
                .toList();
        String key = KEYS.stream().filter(names::contains).findFirst().orElse("");
        List<String> values = names.stream()
                .map(name -> name.equals(key) ? name + " + 100" : '"' + name + '"')
                .toList();
        changed(jdbc.update("insert into %1$s (%2$s) select %3$s from %1$s%4$s"
                .formatted(
                        row.table(),
                        '"' + String.join("\", \"", names) + '"',
                        String.join(", ", values),
                        row.where())));
        return done("a row inserted: like " + row, row);
    }

    /** A row of an item becomes another's, and the other's becomes that item's. */
    private Done swap() {
        String table = SWAPPED.get(random.nextInt(SWAPPED.size()));
        Row one = row(table);
        List<Row> others = rows(table, "t.id").stream()
                .filter(other -> !other.itemNo().equals(one.itemNo()))
                .toList();
        Row other = others.get(random.nextInt(others.size()));
        jdbc.execute("alter table verification drop constraint verification_item_id_round_key");
        changed(jdbc.update("""
                update %s t set item_id = (select id from item where item_no = case t.ctid when '%s'::tid then '%s' else '%s' end)
                where ctid in ('%2$s'::tid, '%5$s'::tid)""".formatted(table, one.ctid(), other.itemNo(), one.itemNo(), other.ctid())));
        return new Done("two items' rows swapped: " + one + " and " + other, one::isNamedBy, () -> {});
    }

    /** Nothing is left of it but its number, not even its chains. */
    private Done deleteItem() {
        String itemNo = items.get(random.nextInt(items.size()));
        Long id = jdbc.queryForObject("select id from item where item_no = ?", Long.class, itemNo);
        jdbc.update(
                "delete from request_approval where request_id in (select id from item_request where item_id = ?)", id);
        jdbc.update(
                "delete from evidence_version where evidence_id in (select id from evidence where item_id = ?)", id);
        jdbc.update("delete from spot_check_visit where item_no = ?", itemNo);
        TABLES.forEach((table, from) -> {
            if (from.equals(ofItem(table)) && !table.equals("issued_number")) {
                jdbc.update("delete from " + table + " where item_id = ?", id);
            }
        });
        for (String table : List.of("timeline", "to_do", "item_text")) {
            jdbc.update("delete from " + table + " where item_id = ?", id);
        }
        jdbc.update("delete from chain_head where chain in ('item ' || ?, 'record ' || ?)", id, id);
        changed(jdbc.update("delete from item where id = ?", id));
        return new Done(
                "an item deleted: " + itemNo,
                finding -> finding.fault() == Fault.ITEM_MISSING && itemNo.equals(finding.subject()),
                () -> {});
    }

    /** As whoever has the application's password would, with every trigger at work. */
    private Done plainUpdate() {
        jdbc.execute("set local session_replication_role = origin");
        Row row = row("item");
        String change = List.of(
                        "original_due = coalesce(original_due, '2026-01-01') + 30",
                        "level = 5 - level",
                        "lead_unit = (select code from unit where code <> lead_unit order by code limit 1)",
                        "status = status || 'X'")
                .get(random.nextInt(4));
        changed(jdbc.update("update item set " + change + row.where()));
        jdbc.execute("set constraints all immediate");
        return done("a plain update: " + change + " of " + row, row);
    }

    /** Changed, and then changed again by a step of the application, whose digest is that of a record that was changed. */
    private Done coveredByAStep() {
        Row row = row("item");
        jdbc.update("update item set source_due = '2020-02-02'" + row.where());
        jdbc.execute("set local session_replication_role = origin");
        jdbc.update("update item set result = 'done', version = version + 1 where item_no = ?", row.itemNo());
        jdbc.update("""
                insert into timeline (item_id, at, actor, action, step, round, status)
                select id, now(), 'handler', 'CLAIM', step, round, status from item where item_no = ?""", row.itemNo());
        jdbc.execute("set constraints all immediate");
        return new Done(
                "changed and covered by a step: " + row,
                finding -> finding.fault() == Fault.RECORD_CHANGED_BEFORE && row.isNamedBy(finding),
                () -> {});
    }

    /** With every trigger at work, and a digest taken as at a step, behind no step. */
    private Done sealedByHand() {
        jdbc.execute("set local session_replication_role = origin");
        Row row = row("item");
        changed(jdbc.update("update item set original_due = '2030-02-02'" + row.where()));
        String by = random.nextBoolean() ? "null" : "'V32'";
        jdbc.execute("select digest_record(id, " + by + ") from item where item_no = '" + row.itemNo() + "'");
        return new Done(
                "sealed by hand: as " + by + " " + row,
                finding -> finding.fault() == Fault.RECORD_CHANGED_BEFORE && row.isNamedBy(finding),
                () -> {});
    }

    private record Content(String itemNo, String sha256, Path file, byte[] bytes) {}

    private Content drawnContent() {
        List<Content> contents = jdbc.query("""
                select item_no, sha256 from evidence_version v join evidence e on e.id = v.evidence_id
                join item on item.id = e.item_id order by v.evidence_id, v.version""", (row, index) -> {
            String sha256 = row.getString("sha256");
            Path file = store.resolve(sha256.substring(0, 2)).resolve(sha256);
            return new Content(row.getString("item_no"), sha256, file, read(file));
        });
        return contents.get(random.nextInt(contents.size()));
    }

    private Done replaceContent() {
        Content content = drawnContent();
        byte[] other = content.bytes().clone();
        other[random.nextInt(other.length)] ^= 1;
        write(content.file(), other);
        return content("a content replaced", content, Fault.CONTENT_CHANGED);
    }

    private Done truncateContent() {
        Content content = drawnContent();
        write(content.file(), Arrays.copyOf(content.bytes(), random.nextInt(content.bytes().length)));
        return content("a content truncated", content, Fault.CONTENT_CHANGED);
    }

    private Done deleteContent() {
        Content content = drawnContent();
        try {
            Files.delete(content.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content("a content deleted", content, Fault.CONTENT_MISSING);
    }

    /** Another file in the store, under its own hash, and the record names that. */
    private Done replaceContentAndHash() {
        Content content = drawnContent();
        byte[] other = content.bytes().clone();
        other[random.nextInt(other.length)] ^= 1;
        String sha256 = HexFormat.of().formatHex(Digests.of(other));
        Path file = store.resolve(sha256.substring(0, 2)).resolve(sha256);
        write(file, other);
        jdbc.update("""
                insert into evidence_content (sha256, bytes, type, wanted_at, stored_at)
                select ?, bytes, type, wanted_at, stored_at from evidence_content where sha256 = ?""", sha256, content.sha256());
        changed(jdbc.update("update evidence_version set sha256 = ? where sha256 = ?", sha256, content.sha256()));
        return new Done(
                "a content replaced with its hash: " + content.itemNo(),
                finding -> finding.fault() == Fault.RECORD_CHANGED
                        && content.itemNo().equals(finding.subject()),
                () -> delete(file));
    }

    /** State of a content. */
    private Done content() {
        Content content = drawnContent();
        String change = List.of("bytes = bytes + 1", "type = type || 'X'").get(random.nextInt(2));
        changed(jdbc.update("update evidence_content set " + change + " where sha256 = ?", content.sha256()));
        return new Done(
                "what is known of a content: " + change,
                finding -> content.itemNo().equals(finding.subject()),
                () -> {});
    }

    private static Done content(String description, Content content, Fault fault) {
        return new Done(
                description + ": of " + content.itemNo(),
                finding -> finding.fault() == fault && content.itemNo().equals(finding.subject()),
                () -> write(content.file(), content.bytes()));
    }

    private Row row(String table) {
        List<Row> rows = rows(table, "t.ctid");
        return rows.get(random.nextInt(rows.size()));
    }

    private Row row(String table, String order) {
        return rows(table, order).get(0);
    }

    private List<Row> rows(String table, String order) {
        return jdbc.query(
                """
                select t.ctid, item.item_no, substring(item.item_no from '-([0-9]+)-') as series from %s
                where item.item_no = any (?) order by %s""".formatted(TABLES.get(table), order),
                (row, index) ->
                        new Row(table, row.getString("ctid"), row.getString("item_no"), row.getString("series")),
                (Object) items.toArray(String[]::new));
    }

    private String drawnTable() {
        List<String> tables = List.copyOf(TABLES.keySet());
        return tables.get(random.nextInt(tables.size()));
    }

    private void withoutChecks(String table) {
        jdbc.queryForList("""
                        select quote_ident(conname) from pg_constraint
                        where conrelid = cast(? as regclass) and contype = 'c'""", String.class, table)
                .forEach(name -> jdbc.execute("alter table " + table + " drop constraint " + name));
    }

    private static Done done(String description, Row row) {
        return new Done(description, row::isNamedBy, () -> {});
    }

    private static void changed(int rows) {
        if (rows == 0) {
            throw new IllegalStateException("Nothing was tampered with");
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
