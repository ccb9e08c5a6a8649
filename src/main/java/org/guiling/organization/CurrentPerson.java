package org.guiling.organization;

import java.util.function.Supplier;

/** Who acts in this thread, whichever door they came through. */
public interface CurrentPerson {

    /**
     * The person who is signed on.
     *
     * @throws IllegalStateException when nobody is
     */
    Person get();

    /** Runs work in somebody's name: for runners that act for a person, never for a request. */
    <T> T callAs(Person person, Supplier<T> work);
}
