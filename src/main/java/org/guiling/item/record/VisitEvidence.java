package org.guiling.item.record;

import org.guiling.item.Item;
import org.guiling.organization.Person;

/** The photos of a spot check (实地抽查), as far as who records the visit has to know of them. */
public interface VisitEvidence {

    /** Lets everybody know of what was photographed: the visit is about to be recorded, and nobody can be warned any more. */
    void tellOfVisit(Item item, Person visitor);
}
