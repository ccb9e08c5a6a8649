package org.guiling.engine.property;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads all that is stored of an item in one statement, whichever tables there are, and removes it again. */
public final class WholeRecord {

    /** Lines of the timeline that say that something was refused: all that a refusal may leave behind. */
    private static final Set<String> RECORDS_OF_REFUSALS = Set.of("REFUSED");

    /** The engine's rows for the instances of an item; {@code p} is the instance. */
    private static final Map<String, String> ENGINE = Map.of(
            "executions",
            "select row_to_json(e) from act_ru_execution e where e.proc_inst_id_ = p.id_",
            "variables",
            "select row_to_json(v) from act_ru_variable v where v.proc_inst_id_ = p.id_",
            "subscriptions",
            "select row_to_json(s) from act_ru_event_subscr s where s.proc_inst_id_ = p.id_",
            "jobs",
            "select row_to_json(j) from act_ru_job j where j.process_instance_id_ = p.id_",
            "tasks",
            """
            select row_to_json(task) from (
                select t.*, split_part(p.proc_def_id_, ':', 1) as model,
                    (select min(l.group_id_) from act_ru_identitylink l
                     where l.task_id_ = t.id_ and l.type_ = 'candidate') as candidate_group
                from act_ru_task t where t.proc_inst_id_ = p.id_) as task""");

    private final JdbcClient jdbc;
    private final List<String> itemTables;
    private final Map<String, String> instanceColumns = new LinkedHashMap<>();
    private final String statement;

    public WholeRecord(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.itemTables = jdbc.sql("""
                        select table_name from information_schema.columns join information_schema.tables using (table_name)
                        where column_name = 'item_id' and table_type = 'BASE TABLE' order by table_name""").query(String.class).list();
        jdbc.sql("""
                        select table_name, column_name from information_schema.columns
                        where (table_name like 'act_ru_%' or table_name like 'act_hi_%')
                          and column_name in ('proc_inst_id_', 'process_instance_id_') order by table_name""")
                .query((row, index) -> instanceColumns.put(row.getString(1), row.getString(2)))
                .list();
        this.statement = statement();
    }

    /** For one item, so that the server keeps one plan for all of them: planning would take longer than reading. */
    private String statement() {
        List<String> parts = new ArrayList<>();
        parts.add("select 'item' as part, row_to_json(t)::text as content from item t join chosen on t.id = chosen.id");
        for (String table : itemTables) {
            parts.add("select '%1$s', row_to_json(t)::text from %1$s t join chosen on t.item_id = chosen.id%2$s"
                    .formatted(table, table.equals("timeline") ? " where t.action <> all (:refusals)" : ""));
        }
        parts.add("select 'item_clock_of_record', row_to_json(t)::text"
                + " from item_clock_of_record t join chosen on t.item_id = chosen.id");
        parts.add("""
                select 'request_approval', row_to_json(t)::text
                from request_approval t join item_request r on r.id = t.request_id
                join chosen on r.item_id = chosen.id""");
        ENGINE.forEach((part, select) -> parts.add("""
                select 'engine: %s', found.content::text
                from chosen join act_ru_execution p on p.business_key_ = chosen.item_no and p.parent_id_ is null
                cross join lateral (%s) as found (content)""".formatted(part, select)));
        return "with chosen as materialized (select id, item_no from item where item_no = :number)\n"
                + String.join("\nunion all ", parts) + "\norder by 1, 2";
    }

    /** The numbers of the items that were registered after one of them, in their order. */
    public List<String> numbersAfter(long itemId) {
        return jdbc.sql("select item_no from item where id > ? order by id")
                .param(itemId)
                .query(String.class)
                .list();
    }

    /** The item as it is stored at this moment. */
    public ItemState of(String itemNo) {
        Map<String, List<String>> rows = new TreeMap<>();
        jdbc.sql(statement)
                .param("number", itemNo)
                .param("refusals", RECORDS_OF_REFUSALS.toArray(String[]::new))
                .query(row -> {
                    rows.computeIfAbsent(row.getString(1), part -> new ArrayList<>())
                            .add(row.getString(2));
                });
        return new ItemState(rows);
    }

    /** The id of the item that was registered last; 0 before there is one. */
    public long lastItem() {
        return jdbc.sql("select coalesce(max(id), 0) from item")
                .query(Long.class)
                .single();
    }

    /**
     * Removes whatever is kept of the items that were registered after one of them. For this session only, the triggers
     * are off that keep the timeline from being changed, and tables may be emptied in any order.
     *
     * <p>Within a transaction of the caller.
     */
    public void removeAllAfter(long itemId) {
        // With its triggers: they take the items out of the counts.
        jdbc.sql("delete from item_clock where item_id > ?").param(itemId).update();
        jdbc.sql("set local session_replication_role = replica").update();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("items", column("select id::text from item where id > " + itemId));
        parameters.put("numbers", column("select item_no from item where id > " + itemId));
        String instances = "(select id_ from act_hi_procinst where business_key_ = any (:numbers))";
        parameters.put(
                "instances",
                jdbc.sql("select id_ from act_hi_procinst where business_key_ = any (:numbers)")
                        .params(parameters)
                        .query(String.class)
                        .list()
                        .toArray(String[]::new));
        delete(
                "act_ru_identitylink where task_id_ in (select id_ from act_ru_task where proc_inst_id_ = any (:instances))",
                parameters);
        instanceColumns.forEach(
                (table, column) -> delete(table + " where " + column + " = any (:instances)", parameters));
        delete(
                "request_approval where request_id in (select id from item_request where item_id = any (:items::bigint[]))",
                parameters);
        itemTables.forEach(table -> delete(table + " where item_id = any (:items::bigint[])", parameters));
        delete("notice where item_no = any (:numbers)", parameters);
        delete("chain_head where chain in (select 'item ' || id from unnest(:items) id)", parameters);
        delete("item where id = any (:items::bigint[])", parameters);
        jdbc.sql("set local session_replication_role = origin").update();
    }

    private String[] column(String select) {
        return jdbc.sql(select).query(String.class).list().toArray(String[]::new);
    }

    private void delete(String from, Map<String, Object> parameters) {
        jdbc.sql("delete from " + from).params(parameters).update();
    }

    /** The differences between two moments of the same items, for people to read. */
    public static String difference(List<ItemState> before, List<ItemState> after) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            ItemState earlier = before.get(i);
            ItemState later = after.get(i);
            Set<String> parts = new TreeSet<>(earlier.rows().keySet());
            parts.addAll(later.rows().keySet());
            differences.addAll(parts.stream()
                    .filter(part -> !Objects.equals(
                            earlier.rows().get(part), later.rows().get(part)))
                    .map(part -> "%s of %s%n    before: %s%n    after:  %s"
                            .formatted(
                                    part,
                                    earlier.itemNo(),
                                    earlier.rows().get(part),
                                    later.rows().get(part)))
                    .collect(Collectors.toList()));
        }
        return String.join("\n", differences);
    }
}
