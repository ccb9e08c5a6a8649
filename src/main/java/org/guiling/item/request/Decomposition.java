package org.guiling.item.request;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decomposition (穿透, DOMAIN.md §3): the lead unit gives parts of an item to units below it. Each part is an item of its
 * own, from its claim to its closing; the whole waits for all of them.
 */
@Component
@Transactional
public class Decomposition {

    /** Maximum number of levels, the whole included (DOMAIN.md §3). */
    private static final int DEPTH = 4;

    private static final Set<ItemStatus> DIVISIBLE =
            EnumSet.of(ItemStatus.PLANNING, ItemStatus.RECTIFYING, ItemStatus.REWORK);

    private final Items items;
    private final ItemRequests requests;
    private final Timeline timeline;
    private final DueDateRule dueDateRule;
    private final Organization organization;
    private final JdbcClient jdbc;
    private final Clock clock;

    Decomposition(
            Items items,
            ItemRequests requests,
            Timeline timeline,
            DueDateRule dueDateRule,
            Organization organization,
            JdbcClient jdbc,
            Clock clock) {
        this.items = items;
        this.requests = requests;
        this.timeline = timeline;
        this.dueDateRule = dueDateRule;
        this.organization = organization;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One part as the lead unit states it. */
    public record Part(String unit, String title, String factText, LocalDate due) {}

    /** An item's part as it stands. */
    public record PartState(String itemNo, String title, String unit, ItemStatus status, LocalDate due) {}

    /**
     * Splits an item.
     *
     * @param basis on what the split rests; it becomes the basis of the parts' due dates
     * @param covering whether the parts cover the whole, as the gate of step 2 demands
     * @return the parts, registered and not begun
     * @throws RefusedException when the item's state, the person, a unit, a date or the depth does not allow it
     */
    public List<Item> split(Item whole, List<Part> parts, String basis, boolean covering, Person person) {
        requireDivisible(whole, covering, person);
        Gate gate = new Gate().require(!parts.isEmpty(), "part1Unit", "refusal.split.none");
        for (int i = 0; i < parts.size(); i++) {
            requirePart(gate, whole, parts.get(i), "part" + (i + 1));
        }
        gate.pass();
        List<Item> begun = new ArrayList<>();
        for (Part part : parts) {
            Item item = items.save(Item.partOf(
                    whole,
                    items.nextNumber(),
                    whole.registration().part(part.title(), part.factText(), part.unit(), part.due(), basis),
                    person.id(),
                    clock.instant()));
            timeline.appendAction(
                    item,
                    Action.ASSIGN_PART,
                    person,
                    new TimelineFact.PartOf(whole.itemNo()).because(basis).moving(null, part.due(), basis));
            begun.add(item);
        }
        timeline.appendAction(
                whole,
                Action.SPLIT,
                person,
                new TimelineFact.Parts(begun.stream().map(Item::itemNo).toList()).because(basis));
        return begun;
    }

    /** The parts of an item, the first first. */
    @Transactional(readOnly = true)
    public List<PartState> partsOf(Item whole) {
        return jdbc.sql("""
                        select item_no, title, lead_unit, status, current_due from item
                        where parent_no = ? order by item_no""")
                .param(whole.itemNo())
                .query((row, index) -> new PartState(
                        row.getString("item_no"),
                        row.getString("title"),
                        row.getString("lead_unit"),
                        ItemStatus.valueOf(row.getString("status")),
                        row.getObject("current_due", LocalDate.class)))
                .list();
    }

    /** True where a person may split an item as it stands. */
    public boolean maySplit(Item whole, Person person) {
        return DIVISIBLE.contains(whole.status()) && isOwn(whole, person) && whole.currentDue() != null;
    }

    private static boolean isOwn(Item whole, Person person) {
        return person.has(Role.HANDLER, whole.registration().leadUnit());
    }

    /** The items that a person {@link #maySplit}, the most urgent first. */
    @Transactional(readOnly = true)
    public List<ItemChoice> candidates(Person person, int atMost) {
        if (!person.has(Role.HANDLER)) {
            return List.of();
        }
        return jdbc.sql("""
                        select item_no, title, status from item
                        where status = any (?) and lead_unit = any (?) and current_due is not null
                        order by current_due, item_no limit ?""")
                .params(
                        DIVISIBLE.stream().map(Enum::name).toArray(String[]::new),
                        person.unitsAs(Role.HANDLER).toArray(String[]::new),
                        atMost)
                .query(ItemChoice::of)
                .list();
    }

    /** The units to which the person's units may give parts. */
    @Transactional(readOnly = true)
    public List<Unit> unitsBelow(Person person) {
        List<Unit> own = person.unitsAs(Role.HANDLER).stream()
                .flatMap(code -> organization.unit(code).stream())
                .toList();
        return organization.units().stream()
                .filter(unit -> own.stream().anyMatch(each -> isBelow(unit, each)))
                .toList();
    }

    private void requireDivisible(Item whole, boolean covering, Person person) {
        new Gate()
                .require(DIVISIBLE.contains(whole.status()), "itemNo", "refusal.split.status", whole.status())
                .require(isOwn(whole, person), null, "refusal.request.other-unit")
                .require(covering, "covering", "refusal.split.covering")
                .pass();
        new Gate()
                .require(whole.currentDue() != null, "itemNo", "refusal.split.no-date")
                .require(requests.open(whole).isEmpty(), "itemNo", "refusal.request.waiting")
                .require(depthOf(whole) < DEPTH, "itemNo", "refusal.split.depth", DEPTH)
                .pass();
    }

    private void requirePart(Gate gate, Item whole, Part part, String field) {
        Optional<Unit> unit = organization.unit(part.unit()).filter(Unit::isOpen);
        Unit own = organization.unit(whole.registration().leadUnit()).orElseThrow();
        gate.require(unit.isPresent(), field + "Unit", "refusal.unit-unknown", part.unit());
        unit.ifPresent(found ->
                gate.require(isBelow(found, own), field + "Unit", "refusal.split.unit", found.name(), own.name()));
        dueDateRule.requirePart(gate, whole, field + "Due", part.due());
    }

    /** A city department works with every township and village; a township with its own villages. */
    private boolean isBelow(Unit unit, Unit own) {
        return own.tier() == Tier.CITY && unit.tier() != Tier.CITY
                || own.tier() == Tier.TOWNSHIP && own.code().equals(unit.parentCode());
    }

    private int depthOf(Item item) {
        return jdbc.sql("""
                        with recursive above (item_no, parent_no) as (
                            select item_no, parent_no from item where item_no = ?
                            union all
                            select item.item_no, item.parent_no from item join above on item.item_no = above.parent_no
                        ) select count(*) from above""").param(item.itemNo()).query(Integer.class).single();
    }
}
