package org.guiling.evidence;

import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.record.VisitEvidence;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.Person;
import org.springframework.stereotype.Component;

/**
 * Photos of a spot check. Nobody is to be warned of a visit (DOMAIN.md §3): until it is recorded they have no line in the
 * timeline and are there for nobody but who took them.
 */
@Component
class VisitPhotos implements VisitEvidence {

    /** The user task in {@code spot-check-visit.bpmn}. */
    private static final String VISIT = "carry-out-visit";

    private final EvidenceRecords records;
    private final ToDos toDos;
    private final Timeline timeline;

    VisitPhotos(EvidenceRecords records, ToDos toDos, Timeline timeline) {
        this.records = records;
        this.toDos = toDos;
        this.timeline = timeline;
    }

    /** True where the person is on their way to the item. */
    boolean visits(Item item, Person person) {
        return toDos.of(item.itemNo()).stream().anyMatch(toDo -> toDo.taskKey().equals(VISIT) && toDo.isFor(person));
    }

    @Override
    public void tellOfVisit(Item item, Person visitor) {
        records.of(item.itemNo()).stream()
                .filter(piece -> piece.concealed() && !piece.isWithdrawn())
                .forEach(piece -> timeline.append(item, Action.RECORD_EVIDENCE, visitor, piece.fact()));
    }
}
