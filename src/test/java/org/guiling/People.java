package org.guiling;

import java.util.function.Supplier;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;

/** Lets a test act as somebody. */
public class People {

    private final Organization organization;
    private final CurrentPerson currentPerson;

    People(Organization organization, CurrentPerson currentPerson) {
        this.organization = organization;
        this.currentPerson = currentPerson;
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
