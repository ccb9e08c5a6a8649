package org.guiling.customization;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.guiling.organization.Tier;

/**
 * One code of a list.
 *
 * @param code what the record holds, {@code ECOLOGY}; never another once it is there
 * @param chinese its label
 * @param english its label
 * @param offered whether it may be chosen for what is written down now; the record keeps what was chosen before
 * @param tiers of lead units for which it may be chosen; empty for every tier
 */
public record Code(
        String code,
        String chinese,
        String english,
        boolean offered,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<Tier> tiers) {

    /** @param tiers null or empty for every tier */
    public Code {
        tiers = tiers == null || tiers.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(tiers));
    }

    /** True where a lead unit of this tier may have it. */
    public boolean fits(Tier tier) {
        return tiers.isEmpty() || tiers.contains(tier);
    }
}
