package org.guiling.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.SourceType;
import org.guiling.item.Step;

/** What list and figures select. {@code :today} is the day for which lights are told. */
final class LedgerSql {

    /** The working day in the middle is worked out once for the whole query. */
    static final String LIGHT = """
            case when item.item_no in (select parent_no from item where parent_no is not null)
            then light_with_parts(item.item_no, :today)
            else light(item.status, clock.started, clock.due, :today, (select working_day_after(:today, 4))) end""";

    static final String FROM = " from item join item_clock clock on clock.item_id = item.id ";
    static final String ENTRIES = "select item.*, unit.name as lead_unit_name, clock.due, " + LIGHT + " as light" + FROM
            + "join unit on unit.code = item.lead_unit ";

    private LedgerSql() {}

    static LedgerEntry entry(ResultSet row, int index) throws SQLException {
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
                row.getObject("due", LocalDate.class));
    }
}
