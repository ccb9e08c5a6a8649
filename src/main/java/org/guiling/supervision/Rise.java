package org.guiling.supervision;

/** A rung that was climbed. */
public record Rise(Watch watch, LadderStep step) {

    public Rung rung() {
        return step.rung();
    }

    /** Key that distinguishes this occasion from others: {@code DUE T-7 2026-11-20}. */
    public String occasion() {
        return "%s T%+d %s".formatted(watch.cause(), step.workingDays(), watch.reference());
    }
}
