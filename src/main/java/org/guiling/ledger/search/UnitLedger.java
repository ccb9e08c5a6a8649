package org.guiling.ledger.search;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.access.DataScope;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The items that units had on hand in a period: dispatched before its end and not closed before its beginning. What was
 * merged, transferred or cancelled counts nowhere (DOMAIN.md §5, P). How they stand is told as of today.
 */
@Service
public class UnitLedger {

    private final JdbcClient jdbc;
    private final OfficeClock clock;

    UnitLedger(JdbcClient jdbc, OfficeClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One item.
     *
     * @param split whether it was split into parts, which count instead of it
     * @param leadUnit code
     * @param principal 责任领导; null before the claim
     * @param measures their contents, in their order
     * @param due in force; null until there is one
     * @param result 整改结果; null before the unit has declared it
     * @param closedOn null unless closed
     */
    public record Line(
            String itemNo,
            boolean split,
            String title,
            String leadUnit,
            String principal,
            List<String> measures,
            LocalDate due,
            String result,
            ItemStatus status,
            Light light,
            LocalDate closedOn) {}

    /**
     * The lines in the order of their numbers.
     *
     * @param scope what the reader may see at all
     * @param units codes of the lead units
     * @param from first day of the period
     * @param to its last day
     * @param atMost how many to read
     */
    @Transactional(readOnly = true)
    public List<Line> lines(DataScope scope, Collection<String> units, LocalDate from, LocalDate to, int atMost) {
        return jdbc.sql(
                        "select item.item_no, item.title, item.lead_unit, item.principal, item.current_due, item.result,"
                                + " item.status, item.closed_at, " + LedgerSql.LIGHT + " as light,"
                                + " clock.whole as split,"
                                + " array(select content from measure where item_id = item.id order by seq) as measures"
                                + LedgerSql.FROM + """
                        where item.lead_unit = any (:units) and item.reviewed_at < :end
                          and (item.closed_at is null or item.closed_at >= :start)
                          and item.status not in ('DRAFT', 'REVIEW')
                          and\s""" + LedgerSql.NOT_ENDED_OTHERWISE + " and " + scope.sqlOfLists()
                                + " order by item.id limit :atMost")
                .params(scope.parameters())
                .param("today", clock.today())
                .param("units", units.toArray(String[]::new))
                .param("start", from.atStartOfDay(clock.getZone()).toOffsetDateTime())
                .param("end", to.plusDays(1).atStartOfDay(clock.getZone()).toOffsetDateTime())
                .param("atMost", atMost)
                .query(this::line)
                .list();
    }

    private Line line(ResultSet row, int index) throws SQLException {
        Array measures = row.getArray("measures");
        Timestamp closedAt = row.getTimestamp("closed_at");
        return new Line(
                row.getString("item_no"),
                row.getBoolean("split"),
                row.getString("title"),
                row.getString("lead_unit"),
                row.getString("principal"),
                Arrays.asList((String[]) measures.getArray()),
                row.getObject("current_due", LocalDate.class),
                row.getString("result"),
                ItemStatus.valueOf(row.getString("status")),
                Light.valueOf(row.getString("light")),
                closedAt == null ? null : clock.dayOf(closedAt.toInstant()));
    }
}
