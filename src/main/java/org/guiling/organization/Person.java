package org.guiling.organization;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody who signs on, as they stand today. Carries no secret: the password stays with {@link PasswordHashes}.
 *
 * @param unitCode the unit of the main post (主岗)
 * @param roles those of the main post
 * @param furtherPosts the other posts (兼岗)
 * @param absentees for whom they act today (代理), with what these are by themselves
 */
public record Person(
        String id, String name, String unitCode, Set<Role> roles, List<Post> furtherPosts, List<Person> absentees) {

    /** They decide nothing about items: nobody's absence leaves them undone. */
    private static final Set<Role> NOT_LENT = EnumSet.of(Role.OPERATOR, Role.ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR);

    public Person(String id, String name, String unitCode, Set<Role> roles) {
        this(id, name, unitCode, roles, List.of(), List.of());
    }

    /** True where any post of theirs, or of whom they act for, has the role. */
    public boolean has(Role role) {
        return posts().anyMatch(post -> post.roles().contains(role));
    }

    /** True where a post in this unit has the role, as a substitute too. */
    public boolean has(Role role, String unit) {
        return posts().anyMatch(
                        post -> post.roles().contains(role) && post.unitCode().equals(unit));
    }

    /** True where a post of their own in this unit has the role. */
    public boolean isAppointed(Role role, String unit) {
        return ownPosts()
                .anyMatch(post -> post.roles().contains(role) && post.unitCode().equals(unit));
    }

    /** Everything they may do today, as a substitute too. */
    public Set<Role> allRoles() {
        return posts().flatMap(post -> post.roles().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    /** True where a post of theirs, or of whom they act for, is in the unit. */
    public boolean belongsTo(String unit) {
        return posts().anyMatch(post -> post.unitCode().equals(unit));
    }

    /** The units of all their posts, and of whom they act for. */
    public Set<String> unitCodes() {
        return posts().map(Post::unitCode).collect(Collectors.toCollection(TreeSet::new));
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

    /** The groups of the handlers of those units that this person leads today: some of their work is the leaders' too. */
    public Set<String> groupsLed() {
        Set<String> led = new TreeSet<>();
        for (String group : groups()) {
            if (Role.ofGroup(group).filter(Role.UNIT_LEADER::equals).isPresent()) {
                led.add(Role.handlersOf(Role.unitOfGroup(group)));
            }
        }
        return led;
    }

    /** The same person with a post beside the main one, in place of the one that they have in its unit. */
    public Person withPost(Post post) {
        Person without = withoutPost(post.unitCode());
        return without.with(Stream.concat(without.furtherPosts.stream(), Stream.of(post)));
    }

    /** The same person without the post that they have in a unit beside the main one. */
    public Person withoutPost(String unit) {
        return with(furtherPosts.stream().filter(post -> !post.unitCode().equals(unit)));
    }

    private Person with(Stream<Post> posts) {
        return new Person(id, name, unitCode, roles, posts.toList(), absentees);
    }

    /** They, and everybody for whom they act today: what one of these did, none of them approves. */
    public Set<String> selfAndAbsentees() {
        Set<String> ids = new TreeSet<>(Set.of(id));
        absentees.forEach(absent -> ids.add(absent.id()));
        return ids;
    }

    /** Name and main post alone are equal: what a file or a form can say of somebody. */
    public boolean isDescribedAs(Person other) {
        return other != null && name.equals(other.name) && unitCode.equals(other.unitCode) && roles.equals(other.roles);
    }

    /** Their posts, the main one first, without those of whom they act for. */
    public Stream<Post> ownPosts() {
        return Stream.concat(Stream.of(new Post(unitCode, roles)), furtherPosts.stream());
    }

    private Stream<Post> posts() {
        return Stream.concat(ownPosts(), absentees.stream().flatMap(Person::lent));
    }

    private static Stream<Post> lent(Person absent) {
        return absent.ownPosts().map(post -> {
            Set<Role> lent = EnumSet.noneOf(Role.class);
            lent.addAll(post.roles());
            lent.removeAll(NOT_LENT);
            return new Post(post.unitCode(), lent);
        });
    }
}
