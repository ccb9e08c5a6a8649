package org.guiling.web.customization;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.guiling.customization.CodeList;
import org.guiling.customization.CodeLists;
import org.guiling.ledger.imports.ImportProfiles;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.PageSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The codes, units and import profiles that a program has to know before it can send anything. */
@RestController
@Tag(name = "codes", description = "Codes, units and profiles, for those who send them")
class CodesApi {

    private final CodeLists codeLists;
    private final Organization organization;
    private final ImportProfiles importProfiles;
    private final CurrentPerson currentPerson;
    private final Texts texts;

    CodesApi(
            CodeLists codeLists,
            Organization organization,
            ImportProfiles importProfiles,
            CurrentPerson currentPerson,
            Texts texts) {
        this.codeLists = codeLists;
        this.organization = organization;
        this.importProfiles = importProfiles;
        this.currentPerson = currentPerson;
        this.texts = texts;
    }

    /**
     * One code.
     *
     * @param label in the language of the request
     * @param offered whether it may be sent; items that have it already keep it
     * @param tiers of lead units for which it may be sent; empty for all
     */
    record CodeDocument(String code, String label, boolean offered, Set<Tier> tiers) {}

    /** @param list its name, {@code source-type} */
    record CodeListDocument(String list, List<CodeDocument> codes) {}

    record CodeListsDocument(List<CodeListDocument> lists) {}

    /** @param parent absent at the top */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OpenUnit(String code, String name, Tier tier, String parent, boolean department) {}

    /** @param total how many there are, as on the other pages */
    record OpenUnits(List<OpenUnit> units, int total) {}

    /** @param id for the part {@code profile} of an import */
    record ProfileDocument(String id, String name) {}

    record Profiles(List<ProfileDocument> profiles) {}

    @GetMapping("/api/codes")
    @Operation(
            summary = "All lists of codes with their labels, as the office has them now",
            description = "In the language of the request; each list in the order in which it is offered.")
    CodeListsDocument codes() {
        return new CodeListsDocument(Arrays.stream(CodeList.values())
                .map(list -> new CodeListDocument(
                        list.key(),
                        codeLists.known(list).stream()
                                .map(code -> new CodeDocument(
                                        code.code(),
                                        texts.label(list.kind(), code.code()),
                                        code.offered(),
                                        code.tiers()))
                                .toList()))
                .toList());
    }

    @GetMapping("/api/units")
    @Operation(summary = "The units that there are, by whose codes items name theirs")
    OpenUnits units(
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        List<Unit> units = organization.units();
        return new OpenUnits(
                PageSize.part(units, offset, limit).stream()
                        .map(unit -> new OpenUnit(
                                unit.code(), unit.name(), unit.tier(), unit.parentCode(), unit.department()))
                        .toList(),
                units.size());
    }

    @GetMapping("/api/import-profiles")
    @Operation(summary = "The profiles of imports; for registrars and reviewers")
    Profiles profiles() {
        if (!currentPerson.get().has(Role.REGISTRAR) && !currentPerson.get().has(Role.REVIEWER)) {
            throw RefusedException.forbidden("refusal.role.imports");
        }
        return new Profiles(importProfiles.all().stream()
                .map(profile -> new ProfileDocument(profile.id(), profile.label()))
                .toList());
    }
}
