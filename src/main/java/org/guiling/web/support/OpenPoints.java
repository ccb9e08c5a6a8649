package org.guiling.web.support;

import java.util.List;
import java.util.stream.Stream;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.step.OpenCriteria;
import org.guiling.refusal.Problem;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Objections;
import org.springframework.stereotype.Component;

/** Says in words what an item still lacks before its step is at zero (还差什么). */
@Component
public class OpenPoints {

    private final OpenCriteria criteria;
    private final Cards cards;
    private final Objections objections;
    private final Problems problems;

    OpenPoints(OpenCriteria criteria, Cards cards, Objections objections, Problems problems) {
        this.criteria = criteria;
        this.cards = cards;
        this.objections = objections;
        this.problems = problems;
    }

    /**
     * A missing point.
     *
     * @param field the name of the form's input that brings it; null where no single one does
     */
    record Point(String field, String text) {}

    /** One line for each; none for an item that has ended. */
    public List<Point> of(Item item) {
        return Stream.concat(criteria.of(item).stream(), objection(item))
                .map(problem -> new Point(problem.field(), problems.text(problem)))
                .toList();
    }

    private Stream<Problem> objection(Item item) {
        return item.status() == ItemStatus.CLOSING
                ? Stream.concat(objections.openObjection(item).stream(), cards.openCardForReturn(item).stream())
                : Stream.empty();
    }
}
