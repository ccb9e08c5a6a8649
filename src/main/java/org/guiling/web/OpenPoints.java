package org.guiling.web;

import java.util.List;
import java.util.stream.Stream;
import org.guiling.escalation.Cards;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.OpenCriteria;
import org.guiling.item.Problem;
import org.springframework.stereotype.Component;

/** Says in words what an item still lacks before its step is at zero (还差什么). */
@Component
class OpenPoints {

    private final OpenCriteria criteria;
    private final Cards cards;
    private final Problems problems;

    OpenPoints(OpenCriteria criteria, Cards cards, Problems problems) {
        this.criteria = criteria;
        this.cards = cards;
        this.problems = problems;
    }

    /** One line for each; none for an item that has ended. */
    List<String> of(Item item) {
        return Stream.concat(criteria.of(item).stream(), objection(item))
                .map(problems::text)
                .toList();
    }

    private Stream<Problem> objection(Item item) {
        return item.status() == ItemStatus.CLOSING ? cards.openObjection(item).stream() : Stream.empty();
    }
}
