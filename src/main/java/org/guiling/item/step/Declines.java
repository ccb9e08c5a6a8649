package org.guiling.item.step;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.guiling.item.Item;
import org.guiling.organization.Person;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The units that declined an item, with their reasons and the rulings. */
@Repository
public class Declines {

    private final JdbcClient jdbc;
    private final Clock clock;

    Declines(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All of an item, the oldest first. */
    public List<Decline> of(Item item) {
        return jdbc.sql("select * from decline where item_id = ? order by seq")
                .param(item.id())
                .query((row, index) -> new Decline(
                        row.getInt("seq"),
                        row.getString("unit"),
                        row.getString("declined_by"),
                        row.getTimestamp("declined_at").toInstant(),
                        row.getString("reason"),
                        row.getString("basis"),
                        row.getString("suggested_unit"),
                        row.getString("ruled_by"),
                        row.getTimestamp("ruled_at") == null
                                ? null
                                : row.getTimestamp("ruled_at").toInstant(),
                        row.getObject("upheld", Boolean.class),
                        row.getString("opinion")))
                .list();
    }

    void add(Item item, int seq, String reason, String basis, String suggestedUnit, Person person) {
        jdbc.sql("""
                        insert into decline (item_id, seq, unit, declined_by, declined_at, reason, basis, suggested_unit)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        seq,
                        item.registration().leadUnit(),
                        person.id(),
                        OffsetDateTime.now(clock),
                        reason,
                        basis,
                        suggestedUnit)
                .update();
    }

    void rule(Item item, boolean upheld, String opinion, Person person) {
        jdbc.sql("""
                        update decline set upheld = ?, opinion = ?, ruled_by = ?, ruled_at = ?
                        where item_id = ? and ruled_at is null""")
                .params(upheld, opinion, person.id(), OffsetDateTime.now(clock), item.id())
                .update();
    }
}
