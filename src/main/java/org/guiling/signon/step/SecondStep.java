package org.guiling.signon.step;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.PassedFactor;
import org.guiling.signon.SecondFactorAskedException;
import org.guiling.signon.SignOnRefusal;
import org.guiling.signon.SignOnRefusedException;
import org.guiling.signon.SignOnReports;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.factor.FactorRecoveries;
import org.guiling.signon.factor.PendingFactor;
import org.guiling.signon.factor.SecondFactors;
import org.guiling.signon.factor.SecondFactors.Check;
import org.guiling.signon.factor.SecondFactors.Enrolled;
import org.guiling.signon.session.SignOns;
import org.guiling.signon.throttle.SignOnThrottle;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Service;

/** The way from the right password to a session: the second factor is asked, or enrolled where there is none yet. */
@Service
public class SecondStep {

    private static final String FIRST_FACTOR = SecondStep.class.getName() + ".first-factor";

    private final SecondFactors factors;
    private final FactorRecoveries recoveries;
    private final SignOns signOns;
    private final SignOnThrottle throttle;
    private final SignOnReports reports;
    private final Clock clock;

    SecondStep(
            SecondFactors factors,
            FactorRecoveries recoveries,
            SignOns signOns,
            SignOnThrottle throttle,
            SignOnReports reports,
            Clock clock) {
        this.factors = factors;
        this.recoveries = recoveries;
        this.signOns = signOns;
        this.throttle = throttle;
        this.reports = reports;
        this.clock = clock;
    }

    /** Keeps in the session that the first factor was right. Whoever was signed on in it is so no more. */
    public void begin(HttpServletRequest request, SecondFactorAskedException asked) {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) != null) {
            session.invalidate();
        } else if (session != null) {
            request.changeSessionId();
        }
        HttpSession begun = request.getSession();
        begun.setMaxInactiveInterval((int) factors.timeout().toSeconds());
        begun.setAttribute(FIRST_FACTOR, new FirstFactor(asked.almost(), clock.instant(), factors.offer()));
        reports.firstFactorPassed(asked.almost(), request.getRemoteAddr());
    }

    /** The first factor of this session, if the password was right a moment ago. */
    public Optional<FirstFactor> first(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Instant now = clock.instant();
        return Optional.ofNullable(session)
                .map(found -> (FirstFactor) found.getAttribute(FIRST_FACTOR))
                .filter(first -> !now.isBefore(first.since())
                        && now.isBefore(first.since().plus(factors.timeout())));
    }

    /** True for who has a device; who has none enrols one. */
    public boolean isEnrolled(FirstFactor first) {
        return factors.idOf(first.person().id()).isPresent();
    }

    /**
     * Enrols the device of somebody who must have one and has none. Signs nobody on yet: the recovery codes are to be seen
     * first.
     *
     * @throws RefusedException when the code is wrong, or the time is over
     */
    public Enrolled enrol(HttpServletRequest request, String code) {
        FirstFactor first = first(request).orElseThrow(() -> RefusedException.conflict("login.expired"));
        if (!signOns.isCurrent(first.almost())) {
            throw RefusedException.conflict("login.expired");
        }
        Enrolled enrolled = factors.enrol(first.person().id(), first.offered(), code, null);
        request.getSession().setAttribute(FIRST_FACTOR, first.passing(new PassedFactor(enrolled.id())));
        return enrolled;
    }

    /**
     * Signs on whoever shows the second factor too.
     *
     * @throws SignOnRefusedException when the code is wrong, or the time is over
     */
    AbstractAuthenticationToken pass(HttpServletRequest request, String code) {
        String address = request.getRemoteAddr();
        FirstFactor first = first(request).orElseThrow(() -> new SignOnRefusedException(SignOnRefusal.EXPIRED));
        SignedOnPerson almost = first.almost();
        SignedOnPerson passed = first.hasPassed() ? almost : almost.passing(checked(almost, code, address));
        SignedOnPerson now =
                signOns.lookAgain(passed).orElseThrow(() -> new SignOnRefusedException(SignOnRefusal.EXPIRED));
        throttle.forget(now.getName());
        throttle.signedOn(now.getName(), address);
        HttpSession session = request.getSession();
        session.removeAttribute(FIRST_FACTOR);
        return SessionRenewalFilter.authentication(now);
    }

    /**
     * Asks two administrators to take away the second factor of somebody whose device is gone.
     *
     * @return until when they may
     * @throws RefusedException when there is none, or the time is over
     */
    public Instant askForRecovery(HttpServletRequest request) {
        FirstFactor first = first(request).orElseThrow(() -> RefusedException.conflict("login.expired"));
        if (!signOns.isCurrent(first.almost())) {
            throw RefusedException.conflict("login.expired");
        }
        return recoveries.ask(first.person());
    }

    private PassedFactor checked(SignedOnPerson almost, String code, String address) {
        Long id = factors.idOf(almost.getName()).orElseThrow(() -> new SignOnRefusedException(SignOnRefusal.EXPIRED));
        Check check = counted(almost, code, address);
        if (check == Check.PASSED) {
            return new PassedFactor(id);
        }
        throw refused(almost, refusal(check), address);
    }

    /**
     * Wrong codes count for their account in a count of their own: whoever guesses them knows the password, and each right
     * one would begin a shared count anew. Here they count for the source.
     */
    private Check counted(SignedOnPerson person, String code, String address) {
        try {
            throttle.requireOpen(address);
            Check check = factors.check(person.getName(), code);
            if (check != Check.PASSED && check != Check.UNREADABLE) {
                throttle.failed(address);
            }
            return check;
        } catch (SignOnRefusedException tooEarly) {
            reports.refused(person.getName(), person.way(), tooEarly.why(), address);
            throw tooEarly;
        }
    }

    private static SignOnRefusal refusal(Check check) {
        return switch (check) {
            case UNREADABLE -> SignOnRefusal.UNAVAILABLE;
            case LOCKED -> SignOnRefusal.CODE_LOCKED;
            default -> SignOnRefusal.CODE_WRONG;
        };
    }

    private SignOnRefusedException refused(SignedOnPerson almost, SignOnRefusal why, String address) {
        reports.refused(almost.getName(), almost.way(), why, address);
        return new SignOnRefusedException(why);
    }

    /**
     * Looks at the code of somebody who is signed on, before they change anything about their second factor. Wrong ones
     * count as at the sign-on.
     *
     * @throws RefusedException about {@code code}
     */
    public void requireCode(SignedOnPerson signedOn, String code, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        SignOnRefusal why;
        try {
            Check check = counted(signedOn, code, address);
            if (check == Check.PASSED) {
                return;
            }
            why = refusal(check);
            reports.refused(signedOn.getName(), signedOn.way(), why, address);
        } catch (SignOnRefusedException tooEarly) {
            why = tooEarly.why();
        }
        throw RefusedException.invalid("code", "login." + why.key());
    }

    /**
     * Enrols a device of somebody who is signed on, whose session goes on under another id; their others end.
     *
     * @param replaced the id of the device before, null where there was none
     * @throws RefusedException as {@link SecondFactors#enrol}
     */
    public Enrolled enrol(
            SignedOnPerson signedOn,
            PendingFactor pending,
            String code,
            Long replaced,
            HttpServletRequest request,
            HttpServletResponse response) {
        Enrolled enrolled = factors.enrol(signedOn.getName(), pending, code, replaced);
        request.changeSessionId();
        SessionRenewalFilter.renew(
                SecurityContextHolder.getContext().getAuthentication(),
                signedOn.passing(new PassedFactor(enrolled.id())),
                request,
                response);
        return enrolled;
    }
}
