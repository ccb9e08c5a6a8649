package org.guiling.signon;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Nobody is signed on, and why. */
public class SignOnRefusedException extends AuthenticationException {

    private final SignOnRefusal why;
    private final Duration wait;

    public SignOnRefusedException(SignOnRefusal why) {
        this(why, Duration.ZERO);
    }

    /** Too early. */
    public SignOnRefusedException(Duration wait) {
        this(SignOnRefusal.THROTTLED, wait);
    }

    public SignOnRefusedException(SignOnRefusedException same) {
        this(same.why, same.wait);
    }

    private SignOnRefusedException(SignOnRefusal why, Duration wait) {
        super(why.name());
        this.why = why;
        this.wait = wait;
    }

    public SignOnRefusal why() {
        return why;
    }

    /** After how many seconds it may be tried again; 0 where time changes nothing. */
    public long waitSeconds() {
        return wait.plusMillis(999).toSeconds();
    }
}
