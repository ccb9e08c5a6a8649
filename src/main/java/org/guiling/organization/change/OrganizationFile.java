package org.guiling.organization.change;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.OrganizationProperties;
import org.guiling.organization.PasswordHashes;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.refusal.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads units and people from a YAML file: new ones are added, changed ones changed, none removed. A file that has not
 * changed since it was last read is left alone, so that a start undoes nothing that was changed elsewhere.
 */
@Component
@Order(1)
class OrganizationFile implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(OrganizationFile.class);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final OrganizationProperties properties;
    private final Organization organization;
    private final PasswordHashes hashes;
    private final UnitChanges unitChanges;
    private final OrganizationChanges changes;
    private final PasswordEncoder passwords;
    private final JdbcClient jdbc;
    private final Clock clock;

    OrganizationFile(
            OrganizationProperties properties,
            Organization organization,
            PasswordHashes hashes,
            UnitChanges unitChanges,
            OrganizationChanges changes,
            PasswordEncoder passwords,
            JdbcClient jdbc,
            Clock clock) {
        this.properties = properties;
        this.organization = organization;
        this.hashes = hashes;
        this.unitChanges = unitChanges;
        this.changes = changes;
        this.passwords = passwords;
        this.jdbc = jdbc;
        this.clock = clock;
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
        byte[] file = bytes();
        if (wasReadLast(file)) {
            return;
        }
        Content content = read(file);
        content.units().stream()
                .map(UnitEntry::unit)
                .forEach(unit -> consistent(unit.code(), () -> unitChanges.apply(unit, Transfer.NONE)));
        content.people().forEach(entry -> consistent(entry.id(), () -> apply(entry)));
        jdbc.sql("delete from organization_file").update();
        jdbc.sql("insert into organization_file (digest, read_at) values (?, ?)")
                .params(DigestUtils.sha256Hex(file), OffsetDateTime.now(clock))
                .update();
        log.info(
                "{} units and {} people from {}",
                content.units().size(),
                content.people().size(),
                properties.location());
    }

    private void apply(Entry entry) {
        Person person = new Person(entry.id(), entry.name(), entry.unit(), entry.roles());
        changes.apply(person, OrganizationChanges.Succession.NONE, initialHash(entry));
        if (entry.hasAddresses()) {
            organization.save(person.id(), entry.addresses());
        }
    }

    private void consistent(String subject, Runnable change) {
        try {
            change.run();
        } catch (RefusedException refused) {
            throw new IllegalStateException(
                    "%s: %s: %s %s"
                            .formatted(
                                    properties.location(),
                                    subject,
                                    refused.getMessage(),
                                    refused.problems().get(0).arguments()),
                    refused);
        }
    }

    private String initialHash(Entry entry) {
        if (hashes.of(entry.id()).isPresent()) {
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

    private boolean wasReadLast(byte[] file) {
        return jdbc.sql("select exists (select from organization_file where digest = ?)")
                .param(DigestUtils.sha256Hex(file))
                .query(Boolean.class)
                .single();
    }

    private byte[] bytes() {
        try {
            return properties.location().getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + properties.location(), e);
        }
    }

    private Content read(byte[] file) {
        try {
            return YAML.readValue(file, Content.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + properties.location(), e);
        }
    }
}
