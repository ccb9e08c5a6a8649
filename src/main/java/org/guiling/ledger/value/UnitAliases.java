package org.guiling.ledger.value;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Former and short names of units that lists go on using. None is guessed: a person says once whom a name means. */
@Service
public class UnitAliases {

    private static final int LONGEST_NAME = 200;

    private final JdbcClient jdbc;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final Clock clock;

    UnitAliases(JdbcClient jdbc, Organization organization, CurrentPerson currentPerson, Clock clock) {
        this.jdbc = jdbc;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.clock = clock;
    }

    /**
     * A name that somebody confirmed.
     *
     * @param unit the unit's code
     * @param unitName its name today
     * @param confirmedBy the person's name
     */
    public record Alias(String name, String unit, String unitName, String confirmedBy) {}

    /** The number of names that were confirmed. */
    @Transactional(readOnly = true)
    public int count() {
        requireRegistrar();
        return jdbc.sql("select count(*) from unit_alias").query(Integer.class).single();
    }

    /** A page of them, by name. */
    @Transactional(readOnly = true)
    public List<Alias> all(int offset, int limit) {
        requireRegistrar();
        return jdbc.sql("""
                        select alias.name, alias.unit_code, unit.name as unit_name, person.name as confirmed_by
                        from unit_alias alias
                            join unit on unit.code = alias.unit_code
                            join person on person.id = alias.confirmed_by
                        order by alias.name, alias.name_key offset ? limit ?""")
                .params(offset, limit)
                .query((row, index) -> new Alias(
                        row.getString("name"),
                        row.getString("unit_code"),
                        row.getString("unit_name"),
                        row.getString("confirmed_by")))
                .list();
    }

    /**
     * Has a name mean a unit from now on, in every import.
     *
     * @throws RefusedException when a unit is called so, or there is no such unit, or the person may not import
     */
    @Transactional
    public void confirm(String name, String unit) {
        Person person = requireRegistrar();
        String plain = name == null ? "" : name.strip();
        if (plain.isEmpty() || plain.length() > LONGEST_NAME) {
            throw RefusedException.invalid("name", "problem.value", "name");
        }
        if (unit == null || !organization.isOpen(unit)) {
            throw RefusedException.invalid("unit", "refusal.unit-unknown", String.valueOf(unit));
        }
        if (new UnitNames(organization.units()).code(plain).isPresent()) {
            throw RefusedException.invalid("name", "import.unit.own-name", plain);
        }
        jdbc.sql("""
                        insert into unit_alias (name_key, name, unit_code, confirmed_by, confirmed_at)
                        values (?, ?, ?, ?, ?)
                        on conflict (name_key) do update set name = excluded.name, unit_code = excluded.unit_code,
                            confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at""")
                .params(Normal.of(plain), plain, unit, person.id(), OffsetDateTime.now(clock))
                .update();
    }

    /** Forgets a name. @throws RefusedException when it is none */
    @Transactional
    public void forget(String name) {
        requireRegistrar();
        int forgotten = jdbc.sql("delete from unit_alias where name_key = ?")
                .param(Normal.of(String.valueOf(name)))
                .update();
        if (forgotten == 0) {
            throw RefusedException.notFound("import.unit.no-alias", String.valueOf(name));
        }
    }

    /** By normal name the unit's code. */
    public Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        jdbc.sql("select name_key, unit_code from unit_alias").query((ResultSet row) -> {
            codes.put(row.getString("name_key"), row.getString("unit_code"));
        });
        return codes;
    }

    private Person requireRegistrar() {
        Person person = currentPerson.get();
        if (!person.has(Role.REGISTRAR)) {
            throw RefusedException.forbidden("refusal.role.registrar");
        }
        return person;
    }
}
