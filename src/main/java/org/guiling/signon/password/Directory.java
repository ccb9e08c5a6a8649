package org.guiling.signon.password;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.guiling.secret.SecretFiles;
import org.guiling.signon.SignOnProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.ldap.AuthenticationException;
import org.springframework.ldap.NamingException;
import org.springframework.ldap.core.AuthenticationSource;
import org.springframework.ldap.core.DirContextOperations;
import org.springframework.ldap.support.LdapNameBuilder;
import org.springframework.ldap.support.LdapUtils;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.ldap.DefaultSpringSecurityContextSource;
import org.springframework.security.ldap.search.FilterBasedLdapUserSearch;
import org.springframework.stereotype.Component;

/** The office's directory (目录服务): LDAP or Active Directory. */
@Component
@ConditionalOnProperty("guiling.sign-on.directory.url")
class Directory {

    private final SignOnProperties.Directory properties;
    private final DefaultSpringSecurityContextSource server;
    private final FilterBasedLdapUserSearch search;

    /**
     * Somebody's entry.
     *
     * @param personId whom of the organization it is about; empty where it does not say
     */
    record Entry(String dn, String personId) {}

    Directory(SignOnProperties signOn, SecretFiles secrets) {
        properties = signOn.directory();
        server = new DefaultSpringSecurityContextSource(properties.url());
        if (properties.userDn() == null) {
            server.setAnonymousReadOnly(true);
        } else {
            server.setAuthenticationSource(new ServiceAccount(properties, secrets));
        }
        String timeout = String.valueOf(properties.timeout().toMillis());
        Map<String, Object> environment = new HashMap<>();
        environment.put("com.sun.jndi.ldap.connect.timeout", timeout);
        environment.put("com.sun.jndi.ldap.read.timeout", timeout);
        server.setBaseEnvironmentProperties(environment);
        server.setPooled(false);
        server.afterPropertiesSet();
        search = new FilterBasedLdapUserSearch(properties.searchBase(), properties.filter(), server);
        search.setSearchSubtree(true);
        search.setReturningAttributes(new String[] {properties.personAttribute()});
    }

    /** The account by which people are looked for, with the password that it has now. */
    private record ServiceAccount(SignOnProperties.Directory properties, SecretFiles secrets)
            implements AuthenticationSource {

        @Override
        public String getPrincipal() {
            return properties.userDn();
        }

        @Override
        public String getCredentials() {
            return secrets.current("guiling.sign-on.directory.password", properties.password());
        }
    }

    /**
     * Finds the person who signs on by this name; empty where there is nobody, or more than one.
     *
     * @throws NamingException when the directory does not answer
     */
    Optional<Entry> find(String login) {
        if (login.chars().anyMatch(Character::isISOControl)) {
            // Directories differ in what they make of these.
            return Optional.empty();
        }
        try {
            DirContextOperations found = search.searchForUser(login);
            String personId = found.getStringAttribute(properties.personAttribute());
            return Optional.of(new Entry(
                    found.getNameInNamespace(),
                    personId == null ? "" : personId.strip().toLowerCase(Locale.ROOT)));
        } catch (UsernameNotFoundException | IncorrectResultSizeDataAccessException nobody) {
            return Optional.empty();
        }
    }

    /**
     * True where the directory lets them in. For nobody it is asked all the same, so that the time tells nothing.
     *
     * @throws NamingException when the directory does not answer
     */
    boolean letsIn(Optional<Entry> entry, String password) {
        if (password.isEmpty()) {
            // LDAP takes a name without a password for an anonymous visitor and says yes.
            return false;
        }
        String dn = entry.map(Entry::dn).orElseGet(() -> LdapNameBuilder.newInstance(server.getBaseLdapPathAsString())
                .add("cn", "nobody")
                .build()
                .toString());
        try {
            LdapUtils.closeContext(server.getContext(dn, password));
            return entry.isPresent();
        } catch (AuthenticationException wrong) {
            return false;
        }
    }
}
