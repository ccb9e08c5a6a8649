package org.guiling.spotcheck;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.guiling.item.Item;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;

/** The verifiers whom one draw can send, and to which items. */
final class Visitors {

    private final List<Person> verifiers;
    private final Function<String, Item> items;
    private final BiPredicate<Person, Item> isFree;
    private final ToIntFunction<Item> teamSize;
    private final Map<String, List<String>> eligible = new HashMap<>();
    private final Set<String> unvisitable = new HashSet<>();

    /**
     * @param isFree whether a person has nothing to do with an item
     * @param teamSize how many have to go there
     */
    Visitors(
            List<Person> verifiers,
            Function<String, Item> items,
            BiPredicate<Person, Item> isFree,
            ToIntFunction<Item> teamSize) {
        this.verifiers = verifiers;
        this.items = items;
        this.isFree = isFree;
        this.teamSize = teamSize;
    }

    List<Person> all() {
        return verifiers;
    }

    /**
     * Draws what can be visited. What cannot leaves the frame, and what is left is drawn from; only what would be drawn is
     * looked at, since that reads an item.
     *
     * @throws RefusedException when nothing in the frame can be visited
     */
    Set<String> draw(Sample sample, List<FrameEntry> frame) {
        List<FrameEntry> left = frame;
        Set<String> drawn = sample.draw(left);
        while (!drawn.stream().filter(itemNo -> !canVisit(itemNo)).toList().isEmpty()) {
            left = left.stream().filter(entry -> isInFrame(entry.itemNo())).toList();
            drawn = sample.draw(left);
        }
        if (drawn.isEmpty()) {
            throw RefusedException.invalid("scope", "refusal.spot-check.nobody");
        }
        return drawn;
    }

    /** True where the item stays in the frame, as far as it was looked at. */
    boolean isInFrame(String itemNo) {
        return !unvisitable.contains(itemNo);
    }

    /** Ids of the people who have nothing to do with the item. */
    List<String> eligible(String itemNo) {
        return eligible.computeIfAbsent(itemNo, key -> {
            Item item = items.apply(itemNo);
            List<String> free = verifiers.stream()
                    .filter(verifier -> isFree.test(verifier, item))
                    .map(Person::id)
                    .toList();
            if (free.size() < teamSize.applyAsInt(item)) {
                unvisitable.add(itemNo);
            }
            return free;
        });
    }

    private boolean canVisit(String itemNo) {
        eligible(itemNo);
        return isInFrame(itemNo);
    }
}
