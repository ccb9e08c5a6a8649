package org.guiling.signon;

import java.util.Collection;
import java.util.Map;
import org.guiling.organization.Person;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Somebody whom the identity provider signed on; keeps the ID token, which the provider asks for at sign-off. */
public class ProviderPerson extends SignedOnPerson implements OidcUser {

    private final OidcIdToken idToken;

    public ProviderPerson(Person person, State state, PassedFactor passed, OidcIdToken idToken) {
        super(person, SignOnWay.PROVIDER, state, passed);
        this.idToken = idToken;
    }

    @Override
    public ProviderPerson passing(PassedFactor factor) {
        return new ProviderPerson(person(), state(), factor, idToken);
    }

    @Override
    public ProviderPerson renewed(Person found, State foundState) {
        return new ProviderPerson(found, foundState, passed(), idToken);
    }

    @Override
    public OidcIdToken getIdToken() {
        return idToken;
    }

    @Override
    public Map<String, Object> getClaims() {
        return idToken.getClaims();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return idToken.getClaims();
    }

    /** Nothing that is told there is used here. */
    @Override
    public OidcUserInfo getUserInfo() {
        return null;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return authorities();
    }
}
