package org.guiling.item.access;

import java.util.stream.Collectors;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The items that whoever is signed on may see ({@link DataScope}). What they may not see does not exist for them. */
@Component
public class VisibleItems {

    private final Items items;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    VisibleItems(
            Items items,
            Organization organization,
            CurrentPerson currentPerson,
            JdbcClient jdbc,
            ApplicationEventPublisher events) {
        this.items = items;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.jdbc = jdbc;
        this.events = events;
    }

    /** The items that the person who is signed on may see. */
    public DataScope scope() {
        return scopeOf(currentPerson.get());
    }

    public DataScope scopeOf(Person person) {
        return DataScope.of(
                person,
                person.unitCodes().stream()
                        .flatMap(unit -> organization.withBelow(unit).stream())
                        .collect(Collectors.toSet()));
    }

    /** True where the person who is signed on sees the whole city. */
    public boolean areOfTheCity() {
        return DataScope.isOfTheCity(currentPerson.get());
    }

    /** @throws RefusedException when there is no such item, or the person who is signed on may not see it */
    public Item get(String itemNo) {
        Item item = items.get(itemNo);
        if (!isVisible(itemNo)) {
            events.publishEvent(new HiddenItemAskedFor(currentPerson.get().id(), itemNo));
            throw RefusedException.notFound("refusal.item-unknown", itemNo);
        }
        return item;
    }

    /**
     * The same, {@link Items#getLocked locked} until the transaction ends.
     *
     * @throws RefusedException when there is no such item, or the person who is signed on may not see it
     */
    public Item getLocked(String itemNo) {
        items.getLocked(itemNo);
        return get(itemNo);
    }

    /** True where the person who is signed on may see the item; no for a number that does not exist. */
    public boolean isVisible(String itemNo) {
        return isVisible(itemNo, currentPerson.get());
    }

    /** True where somebody may see the item; no for a number that does not exist. */
    public boolean isVisible(String itemNo, Person person) {
        DataScope scope = scopeOf(person);
        return jdbc.sql("select exists (select from item where item_no = :scopeItem and " + scope.sql() + ")")
                .params(scope.parameters())
                .param("scopeItem", itemNo)
                .query(Boolean.class)
                .single();
    }
}
