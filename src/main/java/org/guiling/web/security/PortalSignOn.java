package org.guiling.web.security;

import org.guiling.signon.provider.Provider;
import org.guiling.signon.provider.ProviderRequests;
import org.guiling.signon.provider.WayToTheProvider;
import org.guiling.signon.step.SecondStep;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.stereotype.Component;

/** The ways to sign on at the portal: the login form with its second step, and the office's provider where there is one. */
@Component
class PortalSignOn {

    private final SecondStep secondStep;
    private final Landing landing;
    private final SignOnFailures failures;
    private final ObjectProvider<Provider> provider;
    private final ObjectProvider<ProviderRequests> providerRequests;
    private final ObjectProvider<WayToTheProvider> wayToTheProvider;
    private final ObjectProvider<Provider.SignOff> providerSignOff;

    PortalSignOn(
            SecondStep secondStep,
            Landing landing,
            SignOnFailures failures,
            ObjectProvider<Provider> provider,
            ObjectProvider<ProviderRequests> providerRequests,
            ObjectProvider<WayToTheProvider> wayToTheProvider,
            ObjectProvider<Provider.SignOff> providerSignOff) {
        this.secondStep = secondStep;
        this.landing = landing;
        this.failures = failures;
        this.provider = provider;
        this.providerRequests = providerRequests;
        this.wayToTheProvider = wayToTheProvider;
        this.providerSignOff = providerSignOff;
    }

    void addTo(HttpSecurity http) throws Exception {
        if (provider.getIfAvailable() != null) {
            http.oauth2Login(login -> login.loginPage("/login")
                    .authorizationEndpoint(there -> there.authorizationRequestRepository(providerRequests.getObject())
                            .authorizationRequestResolver(wayToTheProvider.getObject()))
                    .successHandler(landing)
                    .failureHandler(failures)
                    .withObjectPostProcessor(failures.atTheWayToTheProvider()));
        }
        http.formLogin(form -> form.loginPage("/login").successHandler(landing).failureHandler(failures))
                .with(new SecondFactorLogin(secondStep, landing, failures), Customizer.withDefaults());
    }

    /** Signs off at the provider too, where there is one. */
    LogoutConfigurer<HttpSecurity> addTo(LogoutConfigurer<HttpSecurity> logout) {
        return providerSignOff.stream()
                .findFirst()
                .map(logout::logoutSuccessHandler)
                .orElseGet(() -> logout.logoutSuccessUrl("/login?signed-off"));
    }

    /** The provider's origin; null where there is none. */
    String providerOrigin() {
        Provider known = provider.getIfAvailable();
        return known == null ? null : known.origin();
    }
}
