package org.guiling.signon.session;

import java.util.Optional;
import java.util.function.Supplier;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.signon.SignedOnPerson;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Finds the current person where Spring Security keeps them. */
@Component
class SecurityContextPerson implements CurrentPerson {

    private final SignOns signOns;

    SecurityContextPerson(SignOns signOns) {
        this.signOns = signOns;
    }

    @Override
    public Optional<Person> find() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedOnPerson signedOn
                ? Optional.of(signedOn.person())
                : Optional.empty();
    }

    @Override
    public <T> T callAs(Person person, Supplier<T> work) {
        SecurityContext before = SecurityContextHolder.getContext();
        SignedOnPerson principal = signOns.actingFor(person);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(principal, null, principal.authorities()));
        SecurityContextHolder.setContext(context);
        try {
            return work.get();
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }
}
