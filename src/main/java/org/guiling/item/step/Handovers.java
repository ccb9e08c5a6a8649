package org.guiling.item.step;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.record.FourEyes;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineDetail;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.organization.Unit;
import org.guiling.organization.change.OpenWork;
import org.guiling.refusal.RefusedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Hands items over when their unit or their handler no longer answers for them (移交). Every handover leaves a row. */
@Service
public class Handovers implements OpenWork {

    private static final String AT_UNIT = "(lead_unit = :who or co_units @> array[cast(:who as text)])";
    private static final String HANDLED = "handler = :who";
    private static final String OF_THOSE_WHO_LEFT = "handler in (select id from person where not enabled)";

    private final Items items;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final JdbcClient jdbc;

    Handovers(Items items, Timeline timeline, FourEyes fourEyes, JdbcClient jdbc) {
        this.items = items;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.jdbc = jdbc;
    }

    /**
     * An item of which something is to be done.
     *
     * @param leads whether the unit leads, and does not only help
     * @param leadUnit code of the unit that leads
     * @param handler a person's id; null before the claim
     */
    public record OpenItem(
            String itemNo, String title, ItemStatus status, boolean leads, String leadUnit, String handler) {}

    /** Number of open items at each of the units that has any, as leading unit or co-organiser; by the unit's code. */
    @Transactional(readOnly = true)
    public Map<String, Integer> countOpen(Collection<String> units) {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("""
                        select unit, count(*) as items from (
                            select id, lead_unit as unit from item
                            where status = any (:open) and lead_unit = any (:units)
                            union select id, unnest(co_units) from item
                            where status = any (:open) and co_units && cast(:units as text[])) involved
                        group by unit""")
                .param("open", openStates())
                .param("units", units.toArray(String[]::new))
                .query((row, index) -> counts.put(row.getString("unit"), row.getInt("items")))
                .list();
        return counts;
    }

    /** Open items at a unit, as leading unit or co-organiser. */
    @Transactional(readOnly = true)
    public List<OpenItem> openAt(String unit) {
        return open(AT_UNIT, unit);
    }

    /** A page of what is open at a unit. */
    @Transactional(readOnly = true)
    public List<OpenItem> openAt(String unit, int offset, int limit) {
        return open(AT_UNIT, unit, "id", offset, limit);
    }

    @Transactional(readOnly = true)
    public int countOpenAt(String unit) {
        return count("*", AT_UNIT, unit);
    }

    /** Open items that somebody handles. */
    @Transactional(readOnly = true)
    public List<OpenItem> openOf(String handler) {
        return open(HANDLED, handler);
    }

    /** A page of what somebody handles. */
    @Transactional(readOnly = true)
    public List<OpenItem> openOf(String handler, int offset, int limit) {
        return open(HANDLED, handler, "id", offset, limit);
    }

    @Transactional(readOnly = true)
    public int countOpenOf(String handler) {
        return count("*", HANDLED, handler);
    }

    /** The codes of the units that lead what somebody handles. */
    @Transactional(readOnly = true)
    public Set<String> leadUnitsOf(String handler) {
        return jdbc.sql("select distinct lead_unit from item where status = any (:open) and " + HANDLED)
                .param("who", handler)
                .param("open", openStates())
                .query(String.class)
                .set();
    }

    /** Open items in the name of people who have left: each waits for an administrator to name a successor. */
    @Transactional(readOnly = true)
    public List<OpenItem> openOfThoseWhoLeft() {
        return open(OF_THOSE_WHO_LEFT, "");
    }

    /** A page of it, the items of one person together. */
    @Transactional(readOnly = true)
    public List<OpenItem> openOfThoseWhoLeft(int offset, int limit) {
        return open(OF_THOSE_WHO_LEFT, "", "min(id) over (partition by handler), id", offset, limit);
    }

    @Transactional(readOnly = true)
    public int countOpenOfThoseWhoLeft() {
        return count("*", OF_THOSE_WHO_LEFT, "");
    }

    /** Number of people who have left and in whose name something is still open. */
    @Transactional(readOnly = true)
    public int countThoseWhoLeft() {
        return count("distinct handler", OF_THOSE_WHO_LEFT, "");
    }

    @Override
    @Transactional(readOnly = true)
    public boolean isHandledBy(String personId) {
        return !openOf(personId, 0, 1).isEmpty();
    }

    private int count(String what, String which, String who) {
        return jdbc.sql("select count(" + what + ") from item where status = any (:open) and " + which)
                .param("who", who)
                .param("open", openStates())
                .query(Integer.class)
                .single();
    }

    private List<OpenItem> open(String which, String who) {
        return open(which, who, "id", 0, Integer.MAX_VALUE);
    }

    private List<OpenItem> open(String which, String who, String order, int offset, int limit) {
        return jdbc.sql("""
                        select item_no, title, status, lead_unit = :who as leads, lead_unit, handler from item
                        where status = any (:open) and """ + " " + which + " order by " + order + " offset :offset limit :limit")
                .param("who", who)
                .param("open", openStates())
                .param("offset", offset)
                .param("limit", limit)
                .query((row, index) -> new OpenItem(
                        row.getString("item_no"),
                        row.getString("title"),
                        ItemStatus.valueOf(row.getString("status")),
                        row.getBoolean("leads"),
                        row.getString("lead_unit"),
                        row.getString("handler")))
                .list();
    }

    private static String[] openStates() {
        return Arrays.stream(ItemStatus.values())
                .filter(ItemStatus::isOpen)
                .map(Enum::name)
                .toArray(String[]::new);
    }

    /**
     * The unit's share of the item goes to another, or stays with it in another place of the tree.
     *
     * @param actor null where the system acts by itself
     */
    public void toUnit(Item item, Unit from, Unit to, String reason, Person actor) {
        item.handOver(item.registration().handedOver(from.code(), to.code()), item.responsibility());
        timeline.appendAction(
                item, Action.CHANGE_UNIT, actor, new TimelineFact.UnitChange(from.code(), to.code()).because(reason));
        items.save(item);
    }

    /**
     * Another person handles the item.
     *
     * @throws RefusedException when their own work stands in the way
     */
    public void toHandler(Item item, Person successor, String reason, Person actor) {
        fourEyes.check(item, Action.SUBMIT_RECTIFICATION, successor);
        String before = item.responsibility().handler();
        item.handOver(item.registration(), item.responsibility().handledBy(successor.id()));
        timeline.appendAction(
                item, Action.HAND_OVER, actor, new TimelineFact.HandOver(before, successor.id()).because(reason));
        items.save(item);
    }

    /** A task is in other hands for the time of an absence, or again in those of before. */
    public void taskTo(Item item, String taskKey, String from, String to) {
        timeline.appendHandedOver(item, taskKey, null, TimelineDetail.of(new TimelineFact.HandOver(from, to)));
    }
}
