package org.guiling.organization;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The units in the order of their tree (机构序列): each before those below it. */
@Component
public class UnitOrder {

    private final Organization organization;

    UnitOrder(Organization organization) {
        this.organization = organization;
    }

    /** @param depth how many units are above it */
    public record Place(Unit unit, int depth) {}

    /** All units that there are and ever were. */
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        add(places, organization.unitsEver(), null, 0);
        return places;
    }

    private static void add(List<Place> places, List<Unit> units, String above, int depth) {
        for (Unit unit : units) {
            if (Objects.equals(unit.parentCode(), above)) {
                places.add(new Place(unit, depth));
                add(places, units, unit.code(), depth + 1);
            }
        }
    }
}
