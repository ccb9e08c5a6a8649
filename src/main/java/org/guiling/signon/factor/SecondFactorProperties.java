package org.guiling.signon.factor;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the second factor: who has to have one, and how it is kept; docs/sign-on.md has the reasons.
 *
 * @param requiredFor whoever is one of these, as a substitute too, signs on with both factors or not at all; everybody
 *     else may have one
 * @param key 32 bytes in Base64 that the secrets are encrypted with; null for one of the file
 * @param formerKeys the same of keys that were exchanged and may still be needed to read
 * @param keyFile made at the first start, readable by its owner only; several nodes need the same
 * @param algorithm of devices that are enrolled from now on; those before keep theirs
 * @param stepsApart how many steps of 30 seconds before and after the current one count: clocks differ, and typing takes time
 * @param failures how many wrong codes in a row lock the second factor
 * @param lockOut for how long at first; each further time twice as long, a day at most
 * @param timeout between the right password and the right code
 * @param recoveryExpires how long two administrators have to take away the factor of somebody who lost the device
 * @param providerContexts values of an ID token's {@code acr} that stand for a second factor at the provider
 * @param providerMethods values of an ID token's {@code amr} of which any does
 */
@Validated
@ConfigurationProperties("guiling.sign-on.second-factor")
public record SecondFactorProperties(
        @DefaultValue Set<Circle> requiredFor,
        String key,
        @DefaultValue List<String> formerKeys,
        Path keyFile,
        @DefaultValue("SHA1") TotpAlgorithm algorithm,
        @DefaultValue("1") @Min(0) @Max(1) int stepsApart,
        @DefaultValue("5") @Min(3) @Max(10) int failures,
        @DefaultValue("15m") Duration lockOut,
        @DefaultValue("10m") @Name("patience") Duration timeout,
        @DefaultValue("24h") Duration recoveryExpires,
        @DefaultValue Set<String> providerContexts,
        @DefaultValue Set<String> providerMethods) {

    /** People who can do much harm. */
    public enum Circle {
        /** System administrators, audit administrators, and those of the engine. */
        ADMINISTRATORS(Role.ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR),
        /** Everybody whom the closing authority (销号权限) asks for a signature. */
        CLOSERS(Role.UNIT_LEADER, Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD),
        OPERATORS(Role.OPERATOR),
        EVERYBODY(Role.values());

        private final Set<Role> roles;

        Circle(Role... roles) {
            this.roles = Set.of(roles);
        }

        boolean includes(Person person) {
            return roles.stream().anyMatch(person::has);
        }
    }
}
