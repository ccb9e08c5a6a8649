package org.guiling.organization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the columns of people's rows. */
final class PersonRows {

    private PersonRows() {}

    static Addresses addresses(ResultSet row, int index) throws SQLException {
        return new Addresses(row.getString("email"), row.getString("wecom_user_id"), row.getString("dingtalk_user_id"));
    }

    static Post post(String text) {
        String[] parts = text.split(" ");
        return new Post(parts[0], roles(Arrays.stream(parts).skip(1)));
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    static Set<Role> roles(Stream<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        names.map(Role::valueOf).forEach(roles::add);
        return roles;
    }
}
