package org.guiling.organization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.guiling.refusal.RefusedException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The units of the city. They change once in a great while and are asked for all the time: they are kept. */
@Repository
public class Units {

    /** Maximum time for which a unit that another node changed may be unknown to this one. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private volatile KeptUnits keptUnits;

    Units(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    private record KeptUnits(Map<String, Unit> byCode, Map<String, Set<String>> withBelow, long readAt) {

        boolean isFresh() {
            return System.nanoTime() - readAt < KEPT_FOR.toNanos();
        }
    }

    /** The units that are open, the upper tiers first. */
    public List<Unit> open() {
        return unitsByCode().values().stream().filter(Unit::isOpen).toList();
    }

    /** All units, also those that were closed. */
    public List<Unit> ever() {
        return List.copyOf(unitsByCode().values());
    }

    /** True where there is such a unit today. */
    public boolean isOpen(String code) {
        return find(code).filter(Unit::isOpen).isPresent();
    }

    /** The unit, also one that was closed: history names it. */
    public Optional<Unit> find(String code) {
        return Optional.ofNullable(unitsByCode().get(code));
    }

    /** @throws RefusedException when there is no such unit today; the field names it */
    public Unit requireOpen(String field, String code) {
        return Optional.ofNullable(code)
                .flatMap(this::find)
                .filter(Unit::isOpen)
                .orElseThrow(() -> RefusedException.invalid(field, "organization.unit.unknown", code));
    }

    /** Name of the unit, also of one that was closed; the code itself where there never was such a unit. */
    public String name(String code) {
        return find(code).map(Unit::name).orElse(code);
    }

    /** The unit's code and those of all units below it; empty when there is no such unit. */
    public Set<String> withBelow(String code) {
        return keptUnits().withBelow().getOrDefault(code, Set.of());
    }

    /**
     * Writes a unit, new or changed.
     *
     * @throws RefusedException when it does not fit into the tree
     */
    @Transactional
    public void save(Unit unit) {
        lockTree();
        Optional<Unit> before = stored(unit.code());
        if (before.filter(unit::equals).isPresent()) {
            return;
        }
        new UnitTree(storedUnits()).require(unit);
        jdbc.sql("""
                        insert into unit (code, name, tier, parent_code, department, closed_on)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (code) do update
                        set name = excluded.name, tier = excluded.tier, parent_code = excluded.parent_code,
                            department = excluded.department, closed_on = excluded.closed_on""")
                .params(
                        unit.code(),
                        unit.name(),
                        unit.tier().name(),
                        unit.parentCode(),
                        unit.department(),
                        unit.closedOn())
                .update();
        UncommittedChange.forget(this, () -> keptUnits = null);
        events.publishEvent(new UnitChanged(before.orElse(null), unit));
    }

    /** Two changes of the tree at once could close a circle that neither of them sees. */
    private void lockTree() {
        jdbc.sql("lock table unit in share row exclusive mode").update();
    }

    private List<Unit> storedUnits() {
        return jdbc.sql("select * from unit").query(Units::unit).list();
    }

    private Optional<Unit> stored(String code) {
        return jdbc.sql("select * from unit where code = ?")
                .param(code)
                .query(Units::unit)
                .optional();
    }

    /** Registrations that name the unit are finished before, or fail after (the trigger {@code item_unit_open}). */
    public void lock(Unit unit) {
        jdbc.sql("select from unit where code = ? for update")
                .param(unit.code())
                .query((row, index) -> true)
                .list();
    }

    private Map<String, Unit> unitsByCode() {
        return keptUnits().byCode();
    }

    private KeptUnits keptUnits() {
        KeptUnits kept = keptUnits;
        if (kept == null || !kept.isFresh()) {
            Map<String, Unit> byCode = new LinkedHashMap<>();
            jdbc.sql("select * from unit order by tier, code")
                    .query(Units::unit)
                    .list()
                    .forEach(unit -> byCode.put(unit.code(), unit));
            kept = new KeptUnits(byCode, closure(byCode), System.nanoTime());
            if (!UncommittedChange.isUnderWay(this)) {
                keptUnits = kept;
            }
        }
        return kept;
    }

    /** Each unit with all below it: every unit is added to those above it, once. */
    private static Map<String, Set<String>> closure(Map<String, Unit> byCode) {
        Map<String, Set<String>> withBelow = new HashMap<>();
        byCode.keySet().forEach(code -> withBelow.put(code, new TreeSet<>()));
        byCode.values().forEach(unit -> {
            Unit above = unit;
            while (above != null && withBelow.get(above.code()).add(unit.code())) {
                above = above.parentCode() == null ? null : byCode.get(above.parentCode());
            }
        });
        withBelow.replaceAll((code, codes) -> Collections.unmodifiableSet(codes));
        return withBelow;
    }

    private static Unit unit(ResultSet row, int index) throws SQLException {
        return new Unit(
                row.getString("code"),
                row.getString("name"),
                Tier.valueOf(row.getString("tier")),
                row.getString("parent_code"),
                row.getBoolean("department"),
                row.getObject("closed_on", LocalDate.class));
    }
}
