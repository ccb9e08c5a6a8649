package org.guiling.organization;

import java.util.Optional;
import java.util.function.Supplier;
import org.guiling.refusal.RefusedException;

/** The person who acts in this thread, whichever entry point they came through. */
public interface CurrentPerson {

    /**
     * The person who is signed on.
     *
     * @throws IllegalStateException when nobody is
     */
    default Person get() {
        return find().orElseThrow(() -> new IllegalStateException("Nobody is signed on"));
    }

    /**
     * The person who is signed on, who has a role.
     *
     * @param refusal the message for whoever has not
     * @throws RefusedException when they have not
     */
    default Person require(Role role, String refusal) {
        Person person = get();
        if (!person.has(role)) {
            throw RefusedException.forbidden(refusal);
        }
        return person;
    }

    /** The person who is signed on; empty where the system acts by itself, as at a timer. */
    Optional<Person> find();

    /** Runs work in somebody's name: for runners that act for a person, never for a request. */
    <T> T callAs(Person person, Supplier<T> work);
}
