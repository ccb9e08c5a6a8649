package org.guiling.escalation;

/** A rung that was climbed. */
public record Rise(Watch watch, LadderStep step) {

    public Rung rung() {
        return step.rung();
    }

    /** What makes it another occasion than the last: {@code DUE T-7 2026-11-20}. */
    public String occasion() {
        return "%s T%+d %s".formatted(watch.cause(), step.workingDays(), watch.reference());
    }
}
