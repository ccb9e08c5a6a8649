package org.guiling.signon;

import org.springframework.security.core.AuthenticationException;

/** The first factor was right and is not enough: nobody is signed on yet. */
public class SecondFactorAskedException extends AuthenticationException {

    private final transient SignedOnPerson almost;

    public SecondFactorAskedException(SignedOnPerson almost) {
        super("second factor");
        this.almost = almost;
    }

    public SignedOnPerson almost() {
        return almost;
    }
}
