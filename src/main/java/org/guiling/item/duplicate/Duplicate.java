package org.guiling.item.duplicate;

import java.util.List;
import org.guiling.item.ItemStatus;

/**
 * A hit of the duplicate search (查重): an item that may be the same problem.
 *
 * @param percent how alike the two are; 100 under the same number of the same source
 * @param differences where they differ, in the order of the form; empty where they are the same letter by letter
 */
public record Duplicate(String itemNo, String title, ItemStatus status, int percent, List<Difference> differences) {

    /**
     * One field of both, the part that differs marked as 【…】; long texts are cut around it.
     *
     * @param field the field's key in the registration form
     * @param here of what is looked at; empty for none
     * @param there of the other item; empty for none
     */
    public record Difference(String field, String here, String there) {}
}
