package org.guiling.organization;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody who signs on, as they stand today. Carries no secret: the password stays with {@link Organization}.
 *
 * @param unitCode the unit of the main post
 * @param roles those of the main post
 * @param furtherPosts the other posts in force today
 * @param absentees for whom they act today, with what these are by themselves
 * @param substitute who acts for them today, by their id; null for nobody
 * @param onBehalfOf for whom they are acting at this moment, by their id; null for themselves
 */
public record Person(
        String id,
        String name,
        String unitCode,
        Set<Role> roles,
        List<Post> furtherPosts,
        List<Person> absentees,
        String substitute,
        String onBehalfOf) {

    /** They decide nothing about items: nobody's absence leaves them undone. */
    private static final Set<Role> NOT_LENT = EnumSet.of(Role.OPERATOR, Role.ADMINISTRATOR);

    public Person(String id, String name, String unitCode, Set<Role> roles) {
        this(id, name, unitCode, roles, List.of(), List.of(), null, null);
    }

    /** Whether any post of theirs, or of whom they act for, has the role. */
    public boolean has(Role role) {
        return posts().anyMatch(post -> post.roles().contains(role));
    }

    /** Whether a post in this unit has the role. */
    public boolean has(Role role, String unit) {
        return posts().anyMatch(
                        post -> post.roles().contains(role) && post.unitCode().equals(unit));
    }

    /** Everything they may do today, as a substitute too. */
    public Set<Role> allRoles() {
        return posts().flatMap(post -> post.roles().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    /** Whether a post of theirs, or of whom they act for, is in the unit. */
    public boolean belongsTo(String unit) {
        return posts().anyMatch(post -> post.unitCode().equals(unit));
    }

    /** The units in which they have the role; the main post's first. */
    public List<String> unitsAs(Role role) {
        return posts().filter(post -> post.roles().contains(role))
                .map(Post::unitCode)
                .distinct()
                .toList();
    }

    /** The unit for which they act in the role: the main post's before others; their own unit when they have it nowhere. */
    public String unitAs(Role role) {
        return unitsAs(role).stream().findFirst().orElse(unitCode);
    }

    /** The engine's groups that this person belongs to today. */
    public Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        posts().forEach(post -> groups.addAll(post.groups()));
        return groups;
    }

    /** Of a handler who acts for another in this unit and has no post of that kind there. */
    public Person as(Role role, String unit) {
        return actingIn(Set.of(role.group(unit)));
    }

    /** The same person, in the name of whoever they act for where no post of their own is in one of the groups. */
    public Person actingIn(Set<String> groups) {
        if (onBehalfOf != null
                || ownPosts().anyMatch(post -> post.groups().stream().anyMatch(groups::contains))) {
            return this;
        }
        Optional<Person> absent = absentees.stream()
                .filter(each ->
                        lent(each).anyMatch(post -> post.groups().stream().anyMatch(groups::contains)))
                .findFirst();
        return absent.map(each -> inNameOf(each.id())).orElse(this);
    }

    /** The same person, acting for somebody. */
    public Person inNameOf(String absent) {
        return new Person(id, name, unitCode, roles, furtherPosts, absentees, substitute, absent);
    }

    /** They, and everybody for whom they act today: what one of these did, none of them approves. */
    public Set<String> selfAndAbsentees() {
        Set<String> ids = new TreeSet<>(Set.of(id));
        absentees.forEach(absent -> ids.add(absent.id()));
        return ids;
    }

    private Stream<Post> posts() {
        return Stream.concat(ownPosts(), absentees.stream().flatMap(Person::lent));
    }

    private Stream<Post> ownPosts() {
        return Stream.concat(Stream.of(new Post(null, unitCode, roles, null, null)), furtherPosts.stream());
    }

    private static Stream<Post> lent(Person absent) {
        return absent.ownPosts().map(post -> {
            Set<Role> lent = EnumSet.noneOf(Role.class);
            lent.addAll(post.roles());
            lent.removeAll(NOT_LENT);
            return new Post(post.id(), post.unitCode(), lent, post.from(), post.to());
        });
    }
}
