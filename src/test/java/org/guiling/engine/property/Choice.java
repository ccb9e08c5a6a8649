package org.guiling.engine.property;

import java.util.List;

/**
 * One step of a random sequence, as plain numbers: which move it is and who makes it is found when its turn comes, from
 * where the item stands then. So jqwik may leave out any step while it shrinks, and the rest still means something.
 *
 * @param index index among the moves that the aim leaves open
 * @param person index among the people that {@code who} leaves open
 * @param variant what a move makes of it: a number of days, a unit, a date
 * @param other whether it is about the other item, when there are two
 */
record Choice(Aim aim, int index, Who who, int person, Flaw flaw, Door door, int variant, boolean other) {

    /** The moves among which one is chosen. */
    enum Aim {
        /** The next move on the way to zero. */
        ONWARD,
        /** Any that fits where the item stands. */
        FITTING,
        /** An answer to something that was asked; any that fits where nothing was. */
        ANSWER,
        /** The next move of supervision, or of people about its cards. */
        CARD,
        /** Towards a suspension, and what ends it. */
        SUSPENSION,
        /** Towards zero, and back from there. */
        REOPENING,
        /** Something that changes no step. */
        BESIDE,
        /** Any at all, mostly where it does not fit. */
        ANY
    }

    enum Who {
        /** Somebody whose turn it is. */
        RIGHT,
        /** Somebody who has done something to the item before. */
        INVOLVED,
        /** Somebody who holds every role, in one unit or another: only the four eyes are in their way. */
        VERSATILE,
        /** Anybody of the organization. */
        ANYBODY
    }

    enum Door {
        /** The services behind {@code /api}. */
        SERVICE,
        /** The same services with what a browser sends of a page: each input of the form, what is hidden too. */
        PORTAL,
        /** The engine's own services, as Tasklist and {@code engine-rest} call them. */
        ENGINE
    }

    /** One of so many. */
    static <T> T pick(List<T> all, int index) {
        return all.get(index % all.size());
    }
}
