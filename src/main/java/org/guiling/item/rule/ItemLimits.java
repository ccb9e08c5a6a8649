package org.guiling.item.rule;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.guiling.calendar.LimitFacts;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.TimeLimit;
import org.guiling.calendar.TimeLimits;
import org.guiling.item.Item;
import org.guiling.item.RectificationType;
import org.guiling.item.Registration;
import org.guiling.organization.Organization;
import org.springframework.stereotype.Component;

/** The limits of an item (DOMAIN.md §4): the policy table, asked with what is known of the item. */
@Component
public class ItemLimits {

    /** Columns of the table {@code item} that {@link #facts(ResultSet)} reads. */
    public static final String FACTS = "item.source_type, item.rect_type, item.level, item.urgency, "
            + "(select unit.tier from unit where unit.code = item.lead_unit) as tier";

    private final TimeLimits timeLimits;
    private final Organization organization;

    ItemLimits(TimeLimits timeLimits, Organization organization) {
        this.timeLimits = timeLimits;
        this.organization = organization;
    }

    /** The limit for an item as its record stands. */
    public TimeLimit limit(LimitKind kind, Item item) {
        return limit(
                kind,
                item.registration(),
                item.plan() == null ? null : item.plan().rectType());
    }

    /** @param type null before the plan */
    public TimeLimit limit(LimitKind kind, Registration facts, RectificationType type) {
        return timeLimits.limit(
                kind,
                new LimitFacts(
                        facts.sourceType().name(),
                        type == null ? null : type.name(),
                        facts.level(),
                        facts.urgency().name(),
                        tier(facts.leadUnit())));
    }

    /** The limit for an item that is known by {@link #facts} only: for lists of many. */
    public TimeLimit limit(LimitKind kind, LimitFacts facts) {
        return timeLimits.limit(kind, facts);
    }

    /** The facts of a row that has the columns {@link #FACTS}. */
    public static LimitFacts facts(ResultSet row) throws SQLException {
        return new LimitFacts(
                row.getString("source_type"),
                row.getString("rect_type"),
                row.getInt("level"),
                row.getString("urgency"),
                row.getString("tier"));
    }

    private String tier(String unit) {
        return organization.unit(unit).map(found -> found.tier().name()).orElse(null);
    }
}
