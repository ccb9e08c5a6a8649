package org.guiling.web;

import java.util.Collection;
import org.guiling.organization.Person;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** A person as Spring Security holds them for the length of a session or a request. */
class SignedOnPerson implements UserDetails {

    private final transient Person person;
    private final String passwordHash;

    SignedOnPerson(Person person, String passwordHash) {
        this.person = person;
        this.passwordHash = passwordHash;
    }

    Person person() {
        return person;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return person.allRoles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }

    @Override
    public String getPassword() {
        return passwordHash;
    }

    @Override
    public String getUsername() {
        return person.id();
    }
}
