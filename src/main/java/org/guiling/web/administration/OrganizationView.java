package org.guiling.web.administration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.guiling.item.step.Handovers.OpenItem;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Post;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** Prepares units and people for the administration's pages: names, lists to choose from, open work. */
@Component
class OrganizationView {

    private final Organization organization;
    private final Texts texts;

    OrganizationView(Organization organization, Texts texts) {
        this.organization = organization;
        this.texts = texts;
    }

    /** One value to choose from. */
    record Choice(String value, String label) {}

    /** The values of one heading. */
    record Group(String label, List<Choice> choices) {}

    /** @param handler a person's name; null before the claim */
    record ItemLine(String itemNo, String title, String status, String unit, String handler) {}

    /** A unit with how deep it stands in the tree; 0 at the top. */
    record Branch(Unit unit, int depth) {}

    String roles(Collection<Role> roles) {
        return roles.stream().map(texts::label).collect(Collectors.joining(texts.get("list.separator")));
    }

    String post(Post post) {
        return texts.get("administration.post", organization.unitName(post.unitCode()), roles(post.roles()));
    }

    /** 市级, 乡镇街道, 村社区, or 科室 of one of them. */
    String tier(Unit unit) {
        return unit.department()
                ? texts.get("administration.department-of", texts.label(unit.tier()))
                : texts.label(unit.tier());
    }

    List<ItemLine> items(List<OpenItem> items) {
        // Many items are in few hands.
        Map<String, String> names = new HashMap<>();
        return items.stream()
                .map(item -> new ItemLine(
                        item.itemNo(),
                        item.title(),
                        texts.label(item.status()),
                        organization.unitName(item.leadUnit()),
                        item.handler() == null
                                ? null
                                : names.computeIfAbsent(item.handler(), organization::personName)))
                .toList();
    }

    List<Choice> roles() {
        return Arrays.stream(Role.values())
                .map(role -> new Choice(role.name(), texts.label(role)))
                .toList();
    }

    /** The open units that fit, by tier, each behind the one above it. */
    List<Group> units(Predicate<Unit> fits) {
        Map<Tier, List<Choice>> byTier = new LinkedHashMap<>();
        tree(false).stream()
                .map(Branch::unit)
                .filter(fits)
                .sorted(Comparator.comparing(Unit::tier))
                .forEach(unit -> byTier.computeIfAbsent(unit.tier(), tier -> new ArrayList<>())
                        .add(new Choice(unit.code(), unit.name())));
        return byTier.entrySet().stream()
                .map(tier -> new Group(texts.label(tier.getKey()), tier.getValue()))
                .toList();
    }

    /** The handlers of each of the units but the one who hands over, by unit. */
    List<Group> successors(Collection<String> units, String before) {
        return units.stream()
                .map(unit -> new Group(
                        organization.unitName(unit),
                        organization.people(unit, Role.HANDLER).stream()
                                .filter(person -> !person.id().equals(before))
                                .map(person -> new Choice(person.id(), person(person)))
                                .toList()))
                .filter(group -> !group.choices().isEmpty())
                .sorted(Comparator.comparing(Group::label))
                .toList();
    }

    /** The name with the account. */
    String person(Person person) {
        return texts.get("administration.person", person.name(), person.id());
    }

    /** The units, each followed by those below it. */
    List<Branch> tree(boolean withClosed) {
        Map<String, List<Unit>> below = (withClosed ? organization.unitsEver() : organization.units())
                .stream().collect(Collectors.groupingBy(unit -> unit.parentCode() == null ? "" : unit.parentCode()));
        List<Branch> tree = new ArrayList<>();
        addBelow("", 0, below, tree);
        return tree;
    }

    private static void addBelow(String code, int depth, Map<String, List<Unit>> below, List<Branch> tree) {
        for (Unit unit : below.getOrDefault(code, List.of())) {
            tree.add(new Branch(unit, depth));
            addBelow(unit.code(), depth + 1, below, tree);
        }
    }
}
