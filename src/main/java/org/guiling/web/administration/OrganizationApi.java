package org.guiling.web.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.guiling.item.step.Handovers;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Post;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.OrganizationChanges.Succession;
import org.guiling.organization.change.Transfer;
import org.guiling.organization.change.UnitChanges;
import org.guiling.organization.substitution.Substitution;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.web.support.PageSize;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Units, people, posts and substitutes, for administrators. */
@RestController
@RequestMapping("/api/organization")
@Tag(name = "organization", description = "Units, people, posts, substitutes; for administrators")
class OrganizationApi {

    private final Organization organization;
    private final UnitChanges unitChanges;
    private final OrganizationChanges changes;
    private final Substitutions substitutions;
    private final Handovers handovers;

    OrganizationApi(
            Organization organization,
            UnitChanges unitChanges,
            OrganizationChanges changes,
            Substitutions substitutions,
            Handovers handovers) {
        this.organization = organization;
        this.unitChanges = unitChanges;
        this.changes = changes;
        this.substitutions = substitutions;
        this.handovers = handovers;
    }

    /** @param closedOn the first day on which it is no more; absent while it is */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UnitDocument(String code, String name, Tier tier, String parent, boolean department, LocalDate closedOn) {

        static UnitDocument of(Unit unit) {
            return new UnitDocument(
                    unit.code(), unit.name(), unit.tier(), unit.parentCode(), unit.department(), unit.closedOn());
        }
    }

    record NewUnit(String code, String name, Tier tier, String parent, boolean department) {}

    record NewName(String name) {}

    /**
     * The recipients of the open work of a unit.
     *
     * @param parent the new unit above, for a move; null for the top
     * @param receivingUnit may be absent only where nothing is open; the unit itself, when it is moved and keeps its items
     * @param handler who takes over where the present handler is not of the receiving unit
     */
    record Move(String parent, String receivingUnit, String handler, String reason) {

        Transfer transfer() {
            return new Transfer(receivingUnit, handler, reason);
        }
    }

    /** @param absentees for whom they act today */
    record PersonDocument(
            String id, String name, String unit, Set<Role> roles, List<Post> furtherPosts, List<String> absentees) {

        static PersonDocument of(Person person) {
            return new PersonDocument(
                    person.id(),
                    person.name(),
                    person.unitCode(),
                    person.roles(),
                    person.furtherPosts(),
                    person.absentees().stream().map(Person::id).toList());
        }
    }

    record NewPerson(
            String id,
            String name,
            String unit,
            Set<Role> roles,
            String email,
            String wecomUserId,
            String dingtalkUserId) {}

    /** @param successor who takes over what they handle; needed only where they handle something that they leave */
    record ChangedPerson(String name, String unit, Set<Role> roles, String successor, String reason) {}

    record Leave(String successor, String reason) {}

    record ChangedPost(Set<Role> roles, String successor, String reason) {}

    /** Nothing of why somebody is absent is asked or kept. */
    record NewSubstitution(String absent, String substitute, LocalDate from, LocalDate until) {}

    /** @param total how many there are, as on the other pages */
    record UnitPage(List<UnitDocument> units, int total) {}

    record OpenItemPage(List<Handovers.OpenItem> items, int total) {}

    record PersonPage(List<PersonDocument> people, int total) {}

    record SubstitutionPage(List<Substitution> substitutions, int total) {}

    @GetMapping("/units")
    @Operation(summary = "The units, also those that were closed, the upper tiers first")
    UnitPage units(
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        changes.requireAdministrator();
        List<Unit> units = organization.unitsEver();
        return new UnitPage(
                PageSize.part(units, offset, limit).stream()
                        .map(UnitDocument::of)
                        .toList(),
                units.size());
    }

    @PostMapping("/units")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Open a unit, or a department of one")
    ResponseEntity<UnitDocument> open(@RequestBody NewUnit unit) {
        unitChanges.open(new Unit(unit.code(), unit.name(), unit.tier(), unit.parent(), unit.department(), null));
        return ResponseEntity.created(URI.create("/api/organization/units/" + unit.code()))
                .body(get(unit.code()));
    }

    @PutMapping("/units/{code}")
    @Operation(summary = "Give a unit another name")
    UnitDocument rename(@PathVariable String code, @RequestBody NewName unit) {
        unitChanges.rename(code, unit.name());
        return get(code);
    }

    @GetMapping("/units/{code}/open-items")
    @Operation(summary = "What is open at a unit: it has to go somewhere when the unit is moved or closed")
    OpenItemPage openItems(
            @PathVariable String code,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        changes.requireAdministrator();
        return new OpenItemPage(
                handovers.openAt(code, PageSize.offset(offset), PageSize.of(limit)), handovers.countOpenAt(code));
    }

    @PostMapping("/units/{code}/move")
    @Operation(
            summary = "Put a unit below another",
            description = "With open items, receivingUnit and reason are needed; receivingUnit may be the unit itself.")
    UnitDocument move(@PathVariable String code, @RequestBody Move move) {
        unitChanges.move(code, move.parent(), move.transfer());
        return get(code);
    }

    @PostMapping("/units/{code}/close")
    @Operation(
            summary = "Close a unit",
            description = "With open items or people, receivingUnit and reason are needed; people come along to it.")
    UnitDocument close(@PathVariable String code, @RequestBody Move move) {
        unitChanges.close(code, move.transfer());
        return get(code);
    }

    @GetMapping("/people")
    @Operation(summary = "Everybody who has a post, by account")
    PersonPage people(
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        changes.requireAdministrator();
        return new PersonPage(
                organization.people(PageSize.offset(offset), PageSize.of(limit)).stream()
                        .map(PersonDocument::of)
                        .toList(),
                organization.countPeople());
    }

    @PostMapping("/people")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Somebody new, or somebody who comes back")
    ResponseEntity<PersonDocument> add(@RequestBody NewPerson person) {
        changes.addPerson(
                new Person(person.id(), person.name(), person.unit(), person.roles()),
                new Addresses(person.email(), person.wecomUserId(), person.dingtalkUserId()));
        return ResponseEntity.created(URI.create("/api/organization/people/" + person.id()))
                .body(person(person.id()));
    }

    @PutMapping("/people/{id}")
    @Operation(summary = "Another name, main post or roles; a successor where they leave what they handle")
    PersonDocument change(@PathVariable String id, @RequestBody ChangedPerson person) {
        changes.changePerson(
                new Person(id, person.name(), person.unit(), person.roles()),
                new Succession(person.successor(), person.reason()));
        return person(id);
    }

    @GetMapping("/open-items")
    @Operation(
            summary = "What is open in the name of somebody who has left",
            description = "A directory ends somebody's access without naming a successor: POST people/{id}/leave does.")
    OpenItemPage openOfThoseWhoLeft(
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        changes.requireAdministrator();
        return new OpenItemPage(
                handovers.openOfThoseWhoLeft(PageSize.offset(offset), PageSize.of(limit)),
                handovers.countOpenOfThoseWhoLeft());
    }

    @PostMapping("/people/{id}/leave")
    @Operation(
            summary = "The person leaves and is let in nowhere from now on",
            description = "Also of somebody who has left and in whose name items are still open: for the successor.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(@PathVariable String id, @RequestBody Leave leave) {
        changes.removePerson(id, new Succession(leave.successor(), leave.reason()));
    }

    @PutMapping("/people/{id}/posts/{unit}")
    @Operation(summary = "A post beside the main one, new or with other roles")
    PersonDocument put(@PathVariable String id, @PathVariable String unit, @RequestBody ChangedPost post) {
        changes.putPost(id, new Post(unit, post.roles()), new Succession(post.successor(), post.reason()));
        return person(id);
    }

    @DeleteMapping("/people/{id}/posts/{unit}")
    @Operation(summary = "A post beside the main one ends")
    PersonDocument remove(
            @PathVariable String id,
            @PathVariable String unit,
            @RequestParam(required = false) String successor,
            @RequestParam(required = false) String reason) {
        changes.removePost(id, unit, new Succession(successor, reason));
        return person(id);
    }

    @GetMapping("/substitutions")
    @Operation(summary = "Who acts for whom, now or later")
    SubstitutionPage substitutions(
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        changes.requireAdministrator();
        return new SubstitutionPage(
                substitutions.current(PageSize.offset(offset), PageSize.of(limit)), substitutions.countCurrent());
    }

    @PostMapping("/substitutions")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Let somebody act for somebody, from the first day to the last",
            description = "What waits for the absent person goes to the substitute and comes back afterwards.")
    ResponseEntity<Substitution> plan(@RequestBody NewSubstitution entered) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(substitutions.plan(entered.absent(), entered.substitute(), entered.from(), entered.until()));
    }

    @PostMapping("/substitutions/{id}/end")
    @Operation(summary = "End a substitution before its last day; cancel one that has not begun")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable long id) {
        substitutions.end(id);
    }

    private UnitDocument get(String code) {
        return UnitDocument.of(organization.unit(code).orElseThrow());
    }

    private PersonDocument person(String id) {
        return PersonDocument.of(organization.person(id).orElseThrow());
    }
}
