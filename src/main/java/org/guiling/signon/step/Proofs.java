package org.guiling.signon.step;

import jakarta.servlet.http.HttpServletRequest;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.SignOnWay;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.factor.SecondFactors;
import org.guiling.signon.password.Passwords;
import org.guiling.signon.session.OpenSessions;
import org.springframework.stereotype.Service;

/** Has somebody who is signed on show once more who they are: a session that was left open changes no door. */
@Service
public class Proofs {

    private final OpenSessions sessions;
    private final Passwords passwords;
    private final SecondStep secondStep;
    private final SecondFactors factors;

    Proofs(OpenSessions sessions, Passwords passwords, SecondStep secondStep, SecondFactors factors) {
        this.sessions = sessions;
        this.passwords = passwords;
        this.secondStep = secondStep;
        this.factors = factors;
    }

    /** By what. */
    public enum Kind {
        CODE,
        PASSWORD,
        /** By signing on anew, at the directory or the provider that asks for the proof. */
        SIGN_ON
    }

    public Kind kindFor(SignedOnPerson signedOn) {
        if (factors.idOf(signedOn.getName()).isPresent()) {
            return Kind.CODE;
        }
        return signedOn.way() == SignOnWay.PASSWORD ? Kind.PASSWORD : Kind.SIGN_ON;
    }

    /**
     * Looks at a password or code, and lets the session do for a while what needs it. Wrong ones count as at the sign-on.
     *
     * @throws RefusedException when it is wrong, or nothing that is typed here would do
     */
    public void prove(SignedOnPerson signedOn, String shown, HttpServletRequest request) {
        switch (kindFor(signedOn)) {
            case CODE -> secondStep.requireCode(signedOn, shown, request);
            case PASSWORD -> passwords.requireOwn(signedOn, shown, request.getRemoteAddr());
            case SIGN_ON -> throw RefusedException.conflict("proof.sign-on");
        }
        sessions.proved(request.getSession());
    }
}
