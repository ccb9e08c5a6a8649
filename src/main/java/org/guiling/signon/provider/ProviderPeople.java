package org.guiling.signon.provider;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.signon.PassedFactor;
import org.guiling.signon.ProviderPerson;
import org.guiling.signon.SecondFactorAskedException;
import org.guiling.signon.SignOnProperties;
import org.guiling.signon.SignOnRefusal;
import org.guiling.signon.SignOnRefusedException;
import org.guiling.signon.SignOnReports;
import org.guiling.signon.SignOnWay;
import org.guiling.signon.factor.SecondFactors;
import org.guiling.signon.session.SignOns;
import org.guiling.signon.throttle.SignOnThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Finds the person that the identity provider speaks of. Roles and unit are the organization's alone. */
@Component
@ConditionalOnProperty("guiling.sign-on.provider.issuer")
class ProviderPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

    private static final Logger log = LoggerFactory.getLogger(ProviderPeople.class);
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final OidcUserService provider;
    private final Organization organization;
    private final SignOns signOns;
    private final SignOnThrottle throttle;
    private final SignOnReports reports;
    private final SecondFactors factors;
    private final ProviderSubjects subjects;
    private final SignOnProperties.Provider properties;

    ProviderPeople(
            ProviderConnections connections,
            ProviderSubjects subjects,
            Organization organization,
            SignOns signOns,
            SignOnThrottle throttle,
            SignOnReports reports,
            SecondFactors factors,
            SignOnProperties properties) {
        this.provider = connections.users();
        this.subjects = subjects;
        this.organization = organization;
        this.signOns = signOns;
        this.throttle = throttle;
        this.reports = reports;
        this.factors = factors;
        this.properties = properties.provider();
    }

    /**
     * @throws SignOnRefusedException when the organization does not know them
     * @throws SecondFactorAskedException when they need a second factor and the provider asked for none
     */
    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user = provider.loadUser(request);
        Optional<Person> person = Optional.ofNullable(user.getClaimAsString(properties.personClaim()))
                .flatMap(id -> organization.person(id.strip().toLowerCase(Locale.ROOT)));
        if (person.isEmpty()) {
            throw refused(null, SignOnRefusal.NOT_IN_ORGANIZATION);
        }
        String personId = person.get().id();
        if (isTooOld(user.getIdToken())) {
            throw refused(personId, SignOnRefusal.EXPIRED);
        }
        if (!subjects.isOf(personId, properties.issuer().toString(), user.getSubject())) {
            throw refused(personId, SignOnRefusal.ANOTHER_SUBJECT);
        }
        ProviderPerson signedOn = signOns.signedOn(person.get(), user.getIdToken());
        if (factors.isProvidedBy(
                user.getIdToken().getAuthenticationContextClass(),
                user.getIdToken().getAuthenticationMethods())) {
            signedOn = signedOn.passing(PassedFactor.PROVIDERS);
        }
        if (signedOn.lacksSecondFactor()) {
            throw new SecondFactorAskedException(signedOn);
        }
        throttle.signedOn(signedOn.getName(), address());
        return signedOn;
    }

    /** The provider was asked for a sign-on that is not too old; who tells nothing of it is believed, and the log says so. */
    private boolean isTooOld(OidcIdToken idToken) {
        if (properties.maxAge() == null) {
            return false;
        }
        if (idToken.getAuthenticatedAt() == null) {
            log.warn("The identity provider does not tell when it signed {} on (auth_time)", idToken.getSubject());
            return false;
        }
        return idToken.getAuthenticatedAt()
                .plus(properties.maxAge())
                .plus(CLOCKS_APART)
                .isBefore(idToken.getIssuedAt());
    }

    private SignOnRefusedException refused(String personId, SignOnRefusal why) {
        reports.refused(personId, SignOnWay.PROVIDER, why, address());
        return new SignOnRefusedException(why);
    }

    private static String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : "";
    }
}
