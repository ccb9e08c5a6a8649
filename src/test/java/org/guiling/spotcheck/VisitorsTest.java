package org.guiling.spotcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.PlainItems;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.junit.jupiter.api.Test;

/** The people who can be sent to an item (DOMAIN.md §3, 随机抽查). */
class VisitorsTest {

    private static final Sample SAMPLE = new Sample("0123456789abcdef".repeat(4));
    private static final List<Person> VERIFIERS = List.of(verifier("one"), verifier("two"));
    private static final Item VISITABLE = PlainItems.at(ItemStatus.CLOSED);
    private static final Item CONFLICTING = PlainItems.at(ItemStatus.CLOSED);
    private static final Map<String, Item> ITEMS = Map.of("a-1", VISITABLE, "a-2", CONFLICTING);

    @Test
    void whatNobodyCanVisitLeavesTheFrame() {
        Visitors visitors = visitors(1);

        Set<String> drawn = visitors.draw(SAMPLE, frame("a-1", "a-2"));

        assertThat(drawn).containsExactly("a-1");
        assertThat(visitors.isInFrame("a-2")).isFalse();
        assertThat(visitors.eligible("a-1")).containsExactly("one", "two");
    }

    @Test
    void aTeamThatIsTooSmallVisitsNothing() {
        assertThatThrownBy(() -> visitors(3).draw(SAMPLE, frame("a-1"))).hasMessage("refusal.spot-check.nobody");
    }

    private static Visitors visitors(int teamSize) {
        return new Visitors(VERIFIERS, ITEMS::get, (person, item) -> item == VISITABLE, item -> teamSize);
    }

    private static List<FrameEntry> frame(String... itemNos) {
        return List.of(itemNos).stream()
                .map(itemNo -> new FrameEntry(itemNo, "a", 1, 100))
                .toList();
    }

    private static Person verifier(String id) {
        return new Person(id, id, "leading-group-office", Set.of(Role.VERIFIER));
    }
}
