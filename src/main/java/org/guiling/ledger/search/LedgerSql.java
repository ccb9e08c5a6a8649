package org.guiling.ledger.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.SourceType;
import org.guiling.item.Step;
import org.guiling.ledger.export.ExportColumn;

/** SQL that list and figures share. {@code :today} is the day for which lights are computed. */
public final class LedgerSql {

    /** On {@code item_clock clock}; a condition on it is {@link #under}, of which indexes know. */
    public static final String LIGHT = "light(clock.yellow_from, clock.red_from, clock.resting, :today)";

    /** On {@code item}: it is open, or was closed. */
    public static final String NOT_ENDED_OTHERWISE = Arrays.stream(ItemStatus.values())
            .filter(ItemStatus::isEndedOtherwise)
            .map(status -> "'" + status + "'")
            .collect(Collectors.joining(", ", "item.status not in (", ")"));

    public static final String FROM = " from item join item_clock clock on clock.item_id = item.id ";
    public static final String ENTRIES = entriesWith("");

    /** Everything that {@link ExportColumn} reads. */
    public static final String RECORDS = """
            select item.*, clock.due, %s as light,
                registrar.name as registered_by_name, reviewer.name as reviewed_by_name, handler.name as handler_name,
                (select json_agg(json_build_object('seq', seq, 'content', content, 'track', track, 'owner', owner,
                            'due', due, 'expectedResult', expected_result, 'evidenceType', evidence_type, 'done', done)
                            order by seq)
                    from measure where item_id = item.id) as measures,
                (select json_agg(json_build_object('at', reported_at at time zone 'Asia/Shanghai', 'content', content)
                            order by id)
                    from progress where item_id = item.id) as progress,
                (select json_agg(json_build_object('name', name, 'docNo', doc_no, 'issuedOn', issued_on) order by seq)
                    from institution where item_id = item.id) as institutions,
                (select json_build_object('method', method, 'verifiers', verifiers, 'on', verified_on,
                            'result', result, 'callBack', call_back)
                    from verification where item_id = item.id order by round desc limit 1) as verification,
                (select json_agg(json_build_object('round', round, 'content', content) order by round, seq)
                    from defect where item_id = item.id) as defects,
                (select json_agg(json_build_object('round', round, 'approver', approver, 'approved', approved,
                            'opinion', opinion) order by id)
                    from sign_off where item_id = item.id) as sign_offs
            """.formatted(LIGHT) + FROM + """
            join person registrar on registrar.id = item.registered_by
            left join person reviewer on reviewer.id = item.reviewed_by
            left join person handler on handler.id = item.handler
            """;

    /** Codes of a unit, {@code %s}, and of all below it. */
    public static final String UNIT_AND_BELOW = """
            with recursive below as (
                select code from unit where code = %s
                union select unit.code from unit join below on unit.parent_code = below.code)
            select code from below""";

    private LedgerSql() {}

    /** @param columns what is selected beside an entry, each with a comma before it */
    public static String entriesWith(String columns) {
        return "select item.*, unit.name as lead_unit_name, clock.due, clock.started, " + LIGHT + " as light" + columns
                + FROM + "join unit on unit.code = item.lead_unit ";
    }

    /**
     * The condition on {@code item_clock clock} that an item is under a light. Neither green nor yellow is what is overdue by
     * its own date, so that a list by urgency begins behind it.
     */
    public static String under(Light light) {
        return switch (light) {
            case RED -> "clock.red_from <= :today";
            case YELLOW -> "(clock.yellow_from <= :today and clock.red_from > :today and clock.urgency >= :today)";
            case GREEN -> "(clock.resting = 'GREEN' and clock.yellow_from > :today and clock.urgency >= :today)";
            case GREY, BLUE -> "clock.resting = '" + light + "'";
        };
    }

    /** The day of a moment, in the office's zone. */
    static String day(String moment) {
        return "cast(" + moment + " at time zone 'Asia/Shanghai' as date)";
    }

    /** The item's latest verification is as {@code condition} says; found from it where few are. */
    static String latestVerification(String condition) {
        return "item.id in (select latest.item_id from verification latest where latest." + condition
                + " and latest.round = (select max(round) from verification where item_id = latest.item_id))";
    }

    public static LedgerEntry entry(ResultSet row, int index) throws SQLException {
        return new LedgerEntry(
                row.getLong("id"),
                row.getString("item_no"),
                row.getString("title"),
                ItemStatus.valueOf(row.getString("status")),
                Step.valueOf(row.getString("step")),
                Light.valueOf(row.getString("light")),
                row.getInt("round"),
                row.getString("lead_unit"),
                row.getString("lead_unit_name"),
                row.getInt("level"),
                row.getString("category"),
                SourceType.valueOf(row.getString("source_type")),
                row.getString("source_doc_no"),
                row.getObject("found_date", LocalDate.class),
                row.getObject("due", LocalDate.class),
                row.getObject("started", LocalDate.class));
    }
}
