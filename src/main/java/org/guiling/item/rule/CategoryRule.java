package org.guiling.item.rule;

import java.util.Optional;
import org.guiling.organization.Unit;
import org.guiling.refusal.Problem;

/** The categories that a lead unit's items may have: each tier has its own set (DOMAIN.md §3). */
public interface CategoryRule {

    /** The reason for which an item of the unit may not be of the category; empty when it may. */
    Optional<Problem> problem(String category, Unit leadUnit);
}
