package org.guiling.item.request;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Component;

/**
 * Merging (并案, DOMAIN.md §3): another item goes on for this one as well, with the earlier date, the higher level and
 * every source of both. The whole of a part that was merged elsewhere waits for the item that goes on.
 */
@Component
class Merger {

    private static final String TARGET = "targetNo";

    private final Items items;
    private final VisibleItems visibleItems;
    private final MergedSources mergedSources;
    private final Timeline timeline;

    Merger(Items items, VisibleItems visibleItems, MergedSources mergedSources, Timeline timeline) {
        this.items = items;
        this.visibleItems = visibleItems;
        this.mergedSources = mergedSources;
        this.timeline = timeline;
    }

    /** Checks that the item can be merged into the target, and that the person may see the target. */
    void requireTarget(Gate gate, Item item, String targetNo, Person person) {
        Optional<Item> target = Optional.ofNullable(targetNo)
                .filter(number -> visibleItems.isVisible(number, person))
                .flatMap(items::find);
        gate.require(target.isPresent(), TARGET, "refusal.item-unknown", targetNo)
                .require(!item.itemNo().equals(targetNo), TARGET, "refusal.request.target-self")
                .pass();
        requireTaker(gate, item, target.get());
        gate.require(
                !hasPartDueAfter(target.get(), item.currentDue()),
                TARGET,
                "refusal.request.target-parts",
                targetNo,
                item.currentDue());
    }

    /**
     * Requires a target that can take the item over: one that was verified as a smaller item was not examined as a
     * larger one has to be.
     */
    private void requireTaker(Gate gate, Item item, Item target) {
        gate.require(target.status().isOpen(), TARGET, "refusal.request.target-closed", target.itemNo())
                .require(
                        target.status() != ItemStatus.DRAFT && target.status() != ItemStatus.REVIEW,
                        TARGET,
                        "refusal.request.target-not-accepted",
                        target.itemNo())
                .require(
                        target.status() != ItemStatus.CLOSING
                                || item.registration().level()
                                        <= target.registration().level(),
                        TARGET,
                        "refusal.request.target-verified",
                        target.itemNo())
                .require(!waitsForWholeOf(target, item), TARGET, "refusal.request.target-above", target.itemNo());
    }

    /**
     * Merges the item into its target; nothing of the item itself changes.
     *
     * @throws RefusedException when the target has changed since it was asked, and cannot take the item over any more
     */
    void merge(Item item, ItemRequest request, Person approver) {
        Item target = items.getLocked(request.targetNo());
        Gate gate = new Gate();
        requireTaker(gate, item, target);
        gate.passOr(RefusedException.Kind.CONFLICT);
        mergedSources.takeOver(target, item);
        LocalDate before = target.currentDue();
        int level = target.registration().level();
        target.takeOver(item.registration().level(), item.currentDue(), item.dueBasis());
        items.save(target);
        timeline.appendAction(
                target,
                Action.MERGE,
                approver,
                mergedIn(item, level, target.registration().level())
                        .because(request.reason())
                        .moving(before, target.currentDue(), target.dueBasis()));
    }

    private static TimelineFact mergedIn(Item item, int before, int level) {
        return level == before
                ? new TimelineFact.MergedIn(item.itemNo(), null, null)
                : new TimelineFact.MergedIn(item.itemNo(), before, level);
    }

    /**
     * True where the target waits for the whole of which the item is a part: that whole would wait for itself from now
     * on.
     */
    private boolean waitsForWholeOf(Item target, Item item) {
        List<String> wholes = mergedSources.wholesOf(item);
        Set<String> seen = new HashSet<>(Set.of(target.itemNo()));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!wholes.isEmpty() && !open.isEmpty()) {
            String next = open.remove();
            if (wholes.contains(next)) {
                return true;
            }
            items.get(next).openParts().stream().filter(seen::add).forEach(open::add);
        }
        return false;
    }

    /** The target takes the earlier date over, and its parts must still end by it. */
    private boolean hasPartDueAfter(Item target, LocalDate due) {
        return due != null
                && target.openParts().stream()
                        .map(part -> items.get(part).currentDue())
                        .anyMatch(due::isBefore);
    }
}
