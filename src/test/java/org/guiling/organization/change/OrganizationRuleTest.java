package org.guiling.organization.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Stream;
import org.guiling.organization.Addresses;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.junit.jupiter.api.Test;

/** The rules that a unit, a person and an address keep by themselves. */
class OrganizationRuleTest {

    @Test
    void aUnitHasACodeANameAndATier() {
        assertThatCode(() -> OrganizationRule.requireReadable(new Unit("water-bureau", "水务局", Tier.CITY, null)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> OrganizationRule.requireReadable(new Unit("Water", "水务局", Tier.CITY, null)))
                .hasMessage("organization.unit.code");
        assertThatThrownBy(() -> OrganizationRule.requireReadable(new Unit("water-bureau", " ", Tier.CITY, null)))
                .hasMessage("organization.name");
        assertThatThrownBy(() -> OrganizationRule.requireReadable(new Unit("water-bureau", "水务局", null, null)))
                .hasMessage("organization.unit.tier-missing");
    }

    @Test
    void aPersonHasAnAccountAndARole() {
        assertThatCode(() -> OrganizationRule.requireReadable(person("li.na", Role.HANDLER)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> OrganizationRule.requireReadable(person("Li Na", Role.HANDLER)))
                .hasMessage("organization.person.id");
        assertThat(Stream.of("..", ".li", "-li", "_li"))
                .allSatisfy(id -> assertThatThrownBy(() -> OrganizationRule.requireReadable(person(id, Role.HANDLER)))
                        .hasMessage("organization.person.id"));
        assertThatThrownBy(() -> OrganizationRule.requireReadable(person("li.na")))
                .hasMessage("organization.roles");
    }

    @Test
    void nobodyAuditsThemself() {
        assertThatCode(() -> OrganizationRule.requireSeparated(person("li.na", Role.ADMINISTRATOR)))
                .doesNotThrowAnyException();
        assertThatCode(() -> OrganizationRule.requireSeparated(person("li.na", Role.AUDIT_ADMINISTRATOR)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> OrganizationRule.requireSeparated(
                        person("li.na", Role.ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)))
                .hasMessage("organization.person.audits-themself");
    }

    @Test
    void anAddressIsOneOrNone() {
        assertThatCode(() -> OrganizationRule.requireReadable(new Addresses("", null, null)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> OrganizationRule.requireReadable(new Addresses("li.na", null, null)))
                .hasMessage("organization.person.email");
    }

    private static Person person(String id, Role... roles) {
        return new Person(id, "李娜", "water-bureau", Set.of(roles));
    }
}
