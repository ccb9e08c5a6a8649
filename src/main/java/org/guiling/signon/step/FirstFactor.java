package org.guiling.signon.step;

import java.time.Instant;
import org.guiling.organization.Person;
import org.guiling.signon.PassedFactor;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.factor.PendingFactor;

/**
 * All that a session knows between the right password and the right code. No security context has it, so every door takes
 * its session for nobody's.
 */
public final class FirstFactor {

    private final SignedOnPerson almost;
    private final Instant since;
    private final PendingFactor offered;

    FirstFactor(SignedOnPerson almost, Instant since, PendingFactor offered) {
        this.almost = almost;
        this.since = since;
        this.offered = offered;
    }

    public Person person() {
        return almost.person();
    }

    /** The secret for whoever has no second factor yet and must have one. */
    public PendingFactor offered() {
        return offered;
    }

    SignedOnPerson almost() {
        return almost;
    }

    Instant since() {
        return since;
    }

    /** The same after the device was enrolled. */
    FirstFactor passing(PassedFactor passed) {
        return new FirstFactor(almost.passing(passed), since, offered);
    }

    /** True where nothing but a click is left. */
    public boolean hasPassed() {
        return almost.passed() != null;
    }
}
