package org.guiling.item.record;

import java.util.List;
import java.util.Map;
import org.guiling.item.Item;

/** The files that show that measures are done (佐证材料), as far as the record has to know of them. */
public interface MeasureFiles {

    /**
     * The names of the files of those who work on the item, the oldest first, by the measure's number. One that was
     * withdrawn does not count; a measure without any has no entry.
     */
    Map<Integer, List<String>> names(Item item);

    /** All files that count, also of the item as a whole and of those who verified, the oldest first. */
    List<HeldFile> files(Item item);
}
