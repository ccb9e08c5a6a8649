package org.guiling.signon;

import org.springframework.security.core.AuthenticationException;

/** Nobody is signed on, and why. */
public class SignOnRefusedException extends AuthenticationException {

    private final SignOnRefusal why;

    SignOnRefusedException(SignOnRefusal why) {
        super(why.name());
        this.why = why;
    }

    public SignOnRefusal why() {
        return why;
    }
}
