package org.guiling.signon;

import java.util.Locale;
import java.util.Optional;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.signon.factor.SecondFactors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Whom of the organization the identity provider speaks of. Roles and unit are the organization's alone. */
@Component
@ConditionalOnProperty("guiling.sign-on.provider.issuer")
class ProviderPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

    private final OidcUserService provider = new OidcUserService();
    private final Organization organization;
    private final SignOns signOns;
    private final SignOnThrottle throttle;
    private final SignOnReports reports;
    private final SecondFactors factors;
    private final String personClaim;

    ProviderPeople(
            Organization organization,
            SignOns signOns,
            SignOnThrottle throttle,
            SignOnReports reports,
            SecondFactors factors,
            SignOnProperties properties) {
        this.organization = organization;
        this.signOns = signOns;
        this.throttle = throttle;
        this.reports = reports;
        this.factors = factors;
        this.personClaim = properties.provider().personClaim();
    }

    /**
     * @throws SignOnRefusedException when the organization does not know them
     * @throws SecondFactorAskedException when they need a second factor and the provider asked for none
     */
    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user = provider.loadUser(request);
        Optional<Person> person = Optional.ofNullable(user.getClaimAsString(personClaim))
                .flatMap(id -> organization.person(id.strip().toLowerCase(Locale.ROOT)));
        if (person.isEmpty()) {
            reports.refused(null, SignOnWay.PROVIDER, SignOnRefusal.NOT_IN_ORGANIZATION, address());
            throw new SignOnRefusedException(SignOnRefusal.NOT_IN_ORGANIZATION);
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

    private static String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : "";
    }
}
