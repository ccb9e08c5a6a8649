package org.guiling.organization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The people that there are and ever were, with where they are reached: for those who administer them. */
@Repository
public class RegisteredPeople {

    private static final String REGISTERED =
            "select id, name, unit_code, roles, enabled, email, wecom_user_id, dingtalk_user_id from person ";

    private final Units units;
    private final JdbcClient jdbc;

    RegisteredPeople(Units units, JdbcClient jdbc) {
        this.units = units;
        this.jdbc = jdbc;
    }

    /** Number of people who are or ever were registered. */
    public int count() {
        return jdbc.sql("select count(*) from person").query(Integer.class).single();
    }

    /**
     * The people that there are and ever were, by id.
     *
     * @param offset how many of the first are left out
     */
    public List<RegisteredPerson> page(int offset, int limit) {
        return jdbc.sql(REGISTERED + "order by id offset ? limit ?")
                .params(offset, limit)
                .query(RegisteredPeople::registered)
                .list();
    }

    /** Somebody who is there or ever was. */
    public Optional<RegisteredPerson> find(String id) {
        return jdbc.sql(REGISTERED + "where id = ?")
                .param(id)
                .query(RegisteredPeople::registered)
                .optional();
    }

    /** Number of people that the filter finds. */
    public int count(PersonFilter filter) {
        return found("count(*)", filter, "").query(Integer.class).single();
    }

    /**
     * A page of the people whom the filter finds, by unit and account.
     *
     * @param offset how many of the first are left out
     */
    public List<RegisteredPerson> search(PersonFilter filter, int offset, int limit) {
        return found("""
                        id, name, unit_code, roles, enabled, email, wecom_user_id, dingtalk_user_id,
                        array(select post.unit_code || ' ' || array_to_string(post.roles, ' ') from post
                              where post.person = person.id order by post.unit_code) as further_posts""", filter, "order by unit_code, id offset :offset limit :limit")
                .param("offset", offset)
                .param("limit", limit)
                .query(RegisteredPeople::registeredWithPosts)
                .list();
    }

    private JdbcClient.StatementSpec found(String columns, PersonFilter filter, String rest) {
        return jdbc.sql("select " + columns + """
                         from person
                        where enabled = not :left
                          and (:text = '' or strpos(lower(name), :text) > 0 or strpos(id, :text) > 0)
                          and (:anywhere or unit_code = any (:units) or exists (
                              select from post where post.person = person.id and post.unit_code = any (:units)))
                          and (cast(:role as text) is null or :role = any (roles) or exists (
                              select from post where post.person = person.id and :role = any (post.roles)))
                        """ + rest)
                .param("left", filter.left())
                .param(
                        "text",
                        filter.text() == null
                                ? ""
                                : filter.text().strip().toLowerCase(Locale.ROOT).replace("\0", ""))
                .param("anywhere", filter.unit() == null || filter.unit().isBlank())
                .param(
                        "units",
                        filter.unit() == null
                                ? new String[0]
                                : units.withBelow(filter.unit()).toArray(String[]::new))
                .param("role", filter.role() == null ? null : filter.role().name());
    }

    private static RegisteredPerson registered(ResultSet row, int index) throws SQLException {
        Person person = new Person(
                row.getString("id"),
                row.getString("name"),
                row.getString("unit_code"),
                PersonRows.roles(PersonRows.texts(row, "roles").stream()));
        return new RegisteredPerson(person, row.getBoolean("enabled"), PersonRows.addresses(row, index));
    }

    /** With the further posts, and nobody for whom they act: that is a matter of the day. */
    private static RegisteredPerson registeredWithPosts(ResultSet row, int index) throws SQLException {
        RegisteredPerson main = registered(row, index);
        Person person = new Person(
                main.person().id(),
                main.person().name(),
                main.person().unitCode(),
                main.person().roles(),
                PersonRows.texts(row, "further_posts").stream()
                        .map(PersonRows::post)
                        .toList(),
                List.of());
        return new RegisteredPerson(person, main.active(), main.addresses());
    }
}
