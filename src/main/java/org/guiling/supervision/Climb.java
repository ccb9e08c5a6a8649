package org.guiling.supervision;

import java.time.LocalDate;

/**
 * The climb of the ladder for one cause and task in a round.
 *
 * @param since when the task began to wait, or its date last began anew
 * @param reached the working days of the last step; null before the first
 */
record Climb(Key key, LocalDate reference, LocalDate since, Integer reached) {

    record Key(Cause cause, String taskKey) {

        static Key of(Watch watch) {
            return new Key(watch.cause(), watch.taskKey());
        }
    }

    /** Another date is another climb; a return is one for the whole round. */
    boolean isOf(Watch watch) {
        return watch.cause() == Cause.REJECTION || reference.equals(watch.reference());
    }
}
