package org.guiling.signon;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.guiling.organization.Person;
import org.guiling.signon.session.SignOns;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A person as Spring Security holds them, for a request or, looked at again and again, for a session. */
public class SignedOnPerson implements AuthenticatedPrincipal {

    private final Person person;
    private final SignOnWay way;
    private final State state;

    /** Null where nothing but the first factor was shown. */
    private final PassedFactor passed;

    /**
     * The state of the person when it was last looked at.
     *
     * @param lookedAt time of that look
     * @param changes the number of {@link SignOns} then
     * @param passwordSetAt null while the password is the one that the organization was loaded with
     * @param factor the id of their second factor; null where they have none
     * @param mustHaveFactor true where nobody like them signs on without one
     */
    public record State(
            Instant lookedAt,
            long changes,
            Instant passwordSetAt,
            boolean mustChangePassword,
            Long factor,
            boolean mustHaveFactor) {}

    public SignedOnPerson(Person person, SignOnWay way, State state, PassedFactor passed) {
        this.person = person;
        this.way = way;
        this.state = state;
        this.passed = passed;
    }

    public Person person() {
        return person;
    }

    public SignOnWay way() {
        return way;
    }

    /** True where the password is an initial one that has to be changed before anything else. */
    public boolean mustChangePassword() {
        return state.mustChangePassword();
    }

    /** One role of Spring Security for each of the person's. */
    public List<GrantedAuthority> authorities() {
        return person.allRoles().stream()
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }

    /** The person's id. */
    @Override
    public String getName() {
        return person.id();
    }

    public State state() {
        return state;
    }

    /** True where the password is still the one of the sign-on. */
    public boolean hasPasswordOf(Instant passwordSetAt) {
        return Objects.equals(state.passwordSetAt(), passwordSetAt);
    }

    /** True while the second factor is still to be shown, or the one that was is theirs no more. A token stands for both. */
    public boolean lacksSecondFactor() {
        boolean asked = way != SignOnWay.TOKEN && (state.mustHaveFactor() || state.factor() != null);
        return asked && (passed == null || !passed.isProviders() && !Objects.equals(state.factor(), passed.id()));
    }

    /** Null where nothing but the first factor was shown. */
    public PassedFactor passed() {
        return passed;
    }

    /** The same sign-on with the second factor. */
    public SignedOnPerson passing(PassedFactor factor) {
        return new SignedOnPerson(person, way, state, factor);
    }

    /** The same sign-on with what was found now. */
    public SignedOnPerson renewed(Person found, State foundState) {
        return new SignedOnPerson(found, way, foundState, passed);
    }
}
