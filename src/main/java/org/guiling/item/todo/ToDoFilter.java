package org.guiling.item.todo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Criteria of a search in the to-do list; null means any.
 *
 * @param assigned whether somebody has it in hand, or a group may still claim it
 * @param taskKey the task's id in the model
 * @param dueBefore what ends before this moment
 * @param text part of the item's number or title
 * @param itemNo the item's whole number
 */
public record ToDoFilter(Boolean assigned, String taskKey, Instant dueBefore, String text, String itemNo) {

    /** All that waits. */
    static final ToDoFilter ALL = new ToDoFilter(null, null, null, null, null);

    /**
     * The SQL that continues the condition of {@link ToDos}.
     *
     * @param parameters takes the values of those that it names
     */
    String conditions(Map<String, Object> parameters) {
        StringBuilder conditions = new StringBuilder();
        if (assigned != null) {
            conditions.append(assigned ? " and to_do.assignee is not null" : " and to_do.assignee is null");
        }
        if (taskKey != null) {
            conditions.append(" and to_do.task_key = :taskKey");
            parameters.put("taskKey", taskKey);
        }
        if (dueBefore != null) {
            conditions.append(" and to_do.due < :dueBefore");
            parameters.put("dueBefore", dueBefore.atOffset(ZoneOffset.UTC));
        }
        if (text != null && !text.isBlank()) {
            conditions.append(
                    " and (position(:text in item.item_no) > 0 or position(lower(:text) in lower(item.title)) > 0)");
            // The database refuses NUL in a text.
            parameters.put("text", text.strip().replace('\0', '\ufffd'));
        }
        if (itemNo != null) {
            conditions.append(" and item.item_no = :itemNo");
            parameters.put("itemNo", itemNo);
        }
        return conditions.toString();
    }
}
