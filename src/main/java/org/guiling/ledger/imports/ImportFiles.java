package org.guiling.ledger.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.customization.CodeLists;
import org.guiling.ledger.value.CodeLabels;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.ledger.value.UnitAliases;
import org.guiling.ledger.value.UnitNames;
import org.guiling.organization.Organization;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;

/** Opens files to import, each with its profile and with the codes and units that its words mean today. */
@Component
class ImportFiles {

    private final ImportProfiles profiles;
    private final CodeLists codeLists;
    private final Organization organization;
    private final UnitAliases aliases;
    private final OfficeClock clock;

    ImportFiles(
            ImportProfiles profiles,
            CodeLists codeLists,
            Organization organization,
            UnitAliases aliases,
            OfficeClock clock) {
        this.profiles = profiles;
        this.codeLists = codeLists;
        this.organization = organization;
        this.aliases = aliases;
        this.clock = clock;
    }

    /** @throws RefusedException when there is no such profile, or a default is for a field that the start form does not have */
    ImportFile open(ImportRequest request) {
        ImportProfile profile = profiles.of(request);
        UnitNames units = new UnitNames(organization.units(), otherNames(profile));
        return new ImportFile(
                request,
                profile,
                new RowFields(profile, request.defaults(), new CodeLabels(codeLists), units, clock.today()));
    }

    /** Other names of units. Those that a person confirmed override those of the profile. */
    private Map<String, String> otherNames(ImportProfile profile) {
        Map<String, String> names = new HashMap<>();
        for (RegistrationField field : List.of(RegistrationField.CO_UNITS, RegistrationField.LEAD_UNIT)) {
            names.putAll(profile.values().getOrDefault(field.key(), Map.of()));
        }
        names.putAll(aliases.codes());
        return names;
    }
}
