package org.guiling;

import java.util.function.Supplier;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;

/** Lets a test act as somebody. */
public class People {

    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final VisibleItems visibleItems;

    People(Organization organization, CurrentPerson currentPerson, VisibleItems visibleItems) {
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.visibleItems = visibleItems;
    }

    /** The items that a person may see. */
    public DataScope scopeOf(String personId) {
        return visibleItems.scopeOf(organization.person(personId).orElseThrow());
    }

    /** The scope of people who see everything. */
    public DataScope everything() {
        return scopeOf("leader");
    }

    public <T> T as(String personId, Supplier<T> work) {
        return currentPerson.callAs(organization.person(personId).orElseThrow(), work);
    }

    public void as(String personId, Runnable work) {
        as(personId, () -> {
            work.run();
            return null;
        });
    }
}
