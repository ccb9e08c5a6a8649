package org.guiling.organization;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads units and people from a YAML file: new ones are added, changed ones changed, none removed. */
@Component
@Order(1)
class OrganizationFile implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(OrganizationFile.class);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final OrganizationProperties properties;
    private final Organization organization;
    private final PasswordEncoder passwords;

    OrganizationFile(OrganizationProperties properties, Organization organization, PasswordEncoder passwords) {
        this.properties = properties;
        this.organization = organization;
        this.passwords = passwords;
    }

    private record Content(List<UnitEntry> units, List<Entry> people) {}

    private record UnitEntry(String code, String name, Tier tier, String parent) {

        Unit unit() {
            return new Unit(code, name, tier, parent);
        }
    }

    private record Entry(
            String id,
            String name,
            String unit,
            Set<Role> roles,
            String passwordHash,
            String email,
            String wecomUserId,
            String dingtalkUserId) {

        /** A file that names no address leaves those that were entered elsewhere. */
        boolean hasAddresses() {
            return email != null || wecomUserId != null || dingtalkUserId != null;
        }

        Addresses addresses() {
            return new Addresses(email, wecomUserId, dingtalkUserId);
        }
    }

    /** @throws IllegalStateException when the file contradicts itself; nothing is changed then */
    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        if (properties.location() == null) {
            return;
        }
        Content content = read();
        content.units().stream().map(UnitEntry::unit).forEach(organization::save);
        for (Entry entry : content.people()) {
            if (organization.unit(entry.unit()).isEmpty()) {
                throw new IllegalStateException(properties.location() + ": " + entry.id() + " belongs to unit "
                        + entry.unit() + ", which is not in the file");
            }
            Person person = new Person(entry.id(), entry.name(), entry.unit(), entry.roles());
            organization.save(person, initialHash(entry));
            if (entry.hasAddresses()) {
                organization.save(person.id(), entry.addresses());
            }
        }
        log.info(
                "{} units and {} people from {}",
                content.units().size(),
                content.people().size(),
                properties.location());
    }

    private String initialHash(Entry entry) {
        if (organization.passwordHash(entry.id()).isPresent()) {
            return "kept";
        }
        if (entry.passwordHash() != null) {
            return entry.passwordHash();
        }
        if (properties.initialPassword() == null) {
            throw new IllegalStateException(properties.location() + ": " + entry.id()
                    + " is new and has neither passwordHash nor guiling.organization.initial-password");
        }
        return passwords.encode(properties.initialPassword());
    }

    private Content read() {
        try (InputStream file = properties.location().getInputStream()) {
            return YAML.readValue(file, Content.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + properties.location(), e);
        }
    }
}
