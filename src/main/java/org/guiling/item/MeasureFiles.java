package org.guiling.item;

import java.util.List;
import java.util.Map;

/** The files that show that measures are done (佐证材料), as far as the record has to know of them. */
public interface MeasureFiles {

    /** Whether a file of those who work on the item is held for the measure; one that was withdrawn does not count. */
    boolean has(Item item, int measureSeq);

    /** The names of these files, the oldest first, by the measure's number; a measure without any has no entry. */
    Map<Integer, List<String>> names(Item item);
}
