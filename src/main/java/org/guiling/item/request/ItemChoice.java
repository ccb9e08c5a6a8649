package org.guiling.item.request;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.guiling.item.ItemStatus;

/** An item that a form offers to choose, with what people recognize it by. */
public record ItemChoice(String itemNo, String title, ItemStatus status) {

    /** Of a row with {@code item_no}, {@code title} and {@code status}. */
    public static ItemChoice of(ResultSet row, int index) throws SQLException {
        return new ItemChoice(
                row.getString("item_no"), row.getString("title"), ItemStatus.valueOf(row.getString("status")));
    }
}
