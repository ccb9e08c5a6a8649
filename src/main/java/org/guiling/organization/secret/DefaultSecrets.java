package org.guiling.organization.secret;

import java.util.List;
import java.util.Set;
import org.guiling.organization.OrganizationProperties;
import org.guiling.organization.PasswordHashes;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Profile;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Keeps the {@code production} profile from starting with a default secret or with the demo's accounts. */
@Component
@Profile("production")
class DefaultSecrets implements SmartInitializingSingleton {

    private static final String DEMO_PASSWORD = "guiling-demo";
    private static final Set<String> WELL_KNOWN =
            Set.of("", "postgres", "password", "guiling", "changeme", "admin", DEMO_PASSWORD);
    private static final List<String> DEMO_ACCOUNTS = List.of(
            "registrar",
            "reviewer",
            "handler",
            "handler2",
            "verifier",
            "verifier2",
            "supervisor",
            "leader",
            "head",
            "operator",
            "township-leader",
            "village-handler",
            "verifier3",
            "auditor",
            "administrator");

    private final OrganizationProperties properties;
    private final PasswordHashes hashes;
    private final PasswordEncoder passwords;
    private final JdbcConnectionDetails database;

    DefaultSecrets(
            OrganizationProperties properties,
            PasswordHashes hashes,
            PasswordEncoder passwords,
            JdbcConnectionDetails database) {
        this.properties = properties;
        this.hashes = hashes;
        this.passwords = passwords;
        this.database = database;
    }

    /** @throws DefaultSecretException before the web server opens its port */
    @Override
    public void afterSingletonsInstantiated() {
        String databasePassword = database.getPassword();
        if (databasePassword == null || WELL_KNOWN.contains(databasePassword)) {
            throw new DefaultSecretException("The password of the database is missing or a default.");
        }
        String initialPassword = properties.initialPassword();
        if (initialPassword != null && WELL_KNOWN.contains(initialPassword)) {
            throw new DefaultSecretException("guiling.organization.initial-password is a default.");
        }
        for (String account : DEMO_ACCOUNTS) {
            hashes.of(account)
                    .filter(hash -> passwords.matches(DEMO_PASSWORD, hash))
                    .ifPresent(hash -> {
                        throw new DefaultSecretException(
                                "The account " + account + " of this database has the demo's password.");
                    });
        }
    }
}
