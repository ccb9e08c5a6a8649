package org.guiling.spotcheck;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.record.VerificationMethod;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Spot checks (随机抽查, DOMAIN.md §3): ordered by those who answer for supervision, and open to nobody else before the visit.
 * The item's own history says nothing of it until then.
 */
@Component
@Transactional
public class SpotChecks {

    private static final Set<Role> ORDERING = Set.of(Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD);

    private static final String CHECKS = """
            select spot_check.*,
                   (select count(*) from spot_check_visit visit where visit.spot_check_id = spot_check.id) as drawn,
                   (select count(result) from spot_check_visit visit where visit.spot_check_id = spot_check.id)
                       as reported
            from
            """;

    private static final String VISITS = """
            select visit.*, frame.unit, frame.level,
                   array(select finding.item_no from spot_check_finding finding
                         where finding.spot_check_id = visit.spot_check_id
                           and finding.visited_item_no = visit.item_no order by seq) as findings
            from spot_check_visit visit join spot_check_frame frame using (spot_check_id, item_no)
            """;

    private final JdbcClient jdbc;
    private final OfficeClock clock;

    SpotChecks(JdbcClient jdbc, OfficeClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Result of drawing again. */
    public record Replay(int frame, int drawn, boolean identical) {}

    /** True where the person may order spot checks and read what became of them. */
    public static boolean mayOrder(Person person) {
        return person.allRoles().stream().anyMatch(ORDERING::contains);
    }

    /** @throws RefusedException when the person has nothing to do with spot checks */
    public static void requireMayOrder(Person person) {
        if (!mayOrder(person)) {
            throw RefusedException.forbidden("refusal.spot-check.role");
        }
    }

    /**
     * Writes down that a check is wanted.
     *
     * @return its number
     */
    public String order(SpotCheck.Criteria criteria, Person person) {
        requireMayOrder(person);
        if (criteria.closedSince() != null && criteria.closedSince().isAfter(clock.today())) {
            throw RefusedException.invalid("closedSince", "refusal.date.future");
        }
        long number = jdbc.sql("select nextval('spot_check_number')")
                .query(Long.class)
                .single();
        String checkNo = "CC-%d-%06d".formatted(clock.today().getYear(), number);
        jdbc.sql("""
                        insert into spot_check (check_no, title, scope, tier, category, closed_since, ordered_by, ordered_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        checkNo,
                        criteria.title(),
                        criteria.scope().name(),
                        criteria.tier() == null ? null : criteria.tier().name(),
                        criteria.category(),
                        criteria.closedSince(),
                        person.id(),
                        OffsetDateTime.now(clock))
                .update();
        return checkNo;
    }

    /** Draws again from the frame and the seed that were kept. */
    @Transactional(readOnly = true)
    public Replay replay(String checkNo) {
        SpotCheck check = get(checkNo);
        List<FrameEntry> frame = frame(check);
        Set<String> again = check.seed() == null ? Set.of() : new Sample(check.seed()).draw(frame);
        List<String> kept = jdbc.sql(
                        "select item_no from spot_check_frame where spot_check_id = ? and drawn order by item_no")
                .param(check.id())
                .query(String.class)
                .list();
        return new Replay(frame.size(), again.size(), again.equals(Set.copyOf(kept)));
    }

    /** The items of the check's scope from which nothing was drawn, since no verifiers could have gone there; by their numbers. */
    @Transactional(readOnly = true)
    public List<String> unvisitable(SpotCheck check) {
        return unvisitable(check, 0, Integer.MAX_VALUE);
    }

    /** A page of those. */
    @Transactional(readOnly = true)
    public List<String> unvisitable(SpotCheck check, int offset, int limit) {
        return jdbc.sql("""
                        select item_no from spot_check_frame where spot_check_id = ? and not visitable
                        order by item_no offset ? limit ?""")
                .params(check.id(), offset, limit)
                .query(String.class)
                .list();
    }

    /** Number of items that nobody can visit. */
    @Transactional(readOnly = true)
    public int countUnvisitable(SpotCheck check) {
        return jdbc.sql("select count(*) from spot_check_frame where spot_check_id = ? and not visitable")
                .param(check.id())
                .query(Integer.class)
                .single();
    }

    /** The number of items that there were to draw from. */
    @Transactional(readOnly = true)
    public int countFrame(SpotCheck check) {
        return jdbc.sql("select count(*) from spot_check_frame where spot_check_id = ? and visitable")
                .param(check.id())
                .query(Integer.class)
                .single();
    }

    /** The number of visits that came to each result; a result without one is left out. */
    @Transactional(readOnly = true)
    public Map<SpotCheckResult, Long> results(SpotCheck check) {
        Map<SpotCheckResult, Long> results = new EnumMap<>(SpotCheckResult.class);
        jdbc.sql("""
                        select result, count(*) as visits from spot_check_visit
                        where spot_check_id = ? and result is not null group by result""").param(check.id()).query((ResultSet row) -> {
            results.put(SpotCheckResult.valueOf(row.getString("result")), row.getLong("visits"));
        });
        return results;
    }

    /** The items among which was drawn, as they stood then. */
    @Transactional(readOnly = true)
    public List<FrameEntry> frame(SpotCheck check) {
        return jdbc.sql(
                        "select item_no, unit, level, rate from spot_check_frame where spot_check_id = ? and visitable order by item_no")
                .param(check.id())
                .query((row, index) -> new FrameEntry(
                        row.getString("item_no"), row.getString("unit"), row.getInt("level"), row.getInt("rate")))
                .list();
    }

    /** The sample of each unit and level, by unit and level. */
    @Transactional(readOnly = true)
    public List<Stratum> strata(SpotCheck check) {
        return strata(check, 0, Integer.MAX_VALUE);
    }

    @Transactional(readOnly = true)
    public int countStrata(SpotCheck check) {
        return jdbc.sql("""
                        select count(distinct (unit, level)) from spot_check_frame
                        where spot_check_id = ? and visitable""").param(check.id()).query(Integer.class).single();
    }

    /** A page of what was drawn of each unit and level. */
    @Transactional(readOnly = true)
    public List<Stratum> strata(SpotCheck check, int offset, int limit) {
        return jdbc.sql("""
                        select unit, level, min(rate) as rate, count(*) as size, count(*) filter (where drawn) as drawn
                        from spot_check_frame where spot_check_id = ? and visitable group by unit, level order by unit, level
                        offset ? limit ?""")
                .params(check.id(), offset, limit)
                .query(Stratum.class)
                .list();
    }

    /** @throws RefusedException when there is no such check */
    @Transactional(readOnly = true)
    public SpotCheck get(String checkNo) {
        return jdbc.sql(CHECKS + "spot_check where check_no = ?")
                .param(checkNo)
                .query(SpotChecks::check)
                .optional()
                .orElseThrow(() -> RefusedException.notFound("refusal.spot-check.unknown", checkNo));
    }

    /** All that were ever ordered, the newest first. */
    @Transactional(readOnly = true)
    public List<SpotCheck> all() {
        return all(0, Integer.MAX_VALUE);
    }

    /** A page of all that were ever ordered. */
    @Transactional(readOnly = true)
    public List<SpotCheck> all(int offset, int limit) {
        return jdbc.sql(CHECKS
                        + "(select * from spot_check order by id desc offset ? limit ?) spot_check order by id desc")
                .params(offset, limit)
                .query(SpotChecks::check)
                .list();
    }

    @Transactional(readOnly = true)
    public int count() {
        return jdbc.sql("select count(*) from spot_check").query(Integer.class).single();
    }

    /** The items that were drawn, for the engine to begin their visits. */
    @Transactional(readOnly = true)
    public List<String> drawn(String checkNo) {
        return visits(get(checkNo)).stream().map(SpotCheckVisit::itemNo).toList();
    }

    @Transactional(readOnly = true)
    public List<SpotCheckVisit> visits(SpotCheck check) {
        return visits(check, 0, Integer.MAX_VALUE);
    }

    /** A page of a check's visits; {@link SpotCheck#drawn} is how many there are. */
    @Transactional(readOnly = true)
    public List<SpotCheckVisit> visits(SpotCheck check, int offset, int limit) {
        return jdbc.sql(VISITS + "where spot_check_id = ? order by item_no offset ? limit ?")
                .params(check.id(), offset, limit)
                .query(SpotChecks::visit)
                .list();
    }

    /** The visit of a check to an item; empty where the item was not drawn. */
    @Transactional(readOnly = true)
    public Optional<SpotCheckVisit> visit(String checkNo, String itemNo) {
        return jdbc.sql(VISITS + "where item_no = ? and spot_check_id = (select id from spot_check where check_no = ?)")
                .params(itemNo, checkNo)
                .query(SpotChecks::visit)
                .optional();
    }

    /**
     * Writes what came of the visit that waits at the item.
     *
     * @return the check that it is of
     * @throws RefusedException when none waits any more
     */
    SpotCheck record(Item item, VisitStep.Finding finding, List<Person> visitors) {
        String checkNo = jdbc.sql("""
                        select check_no from spot_check join spot_check_visit visit on visit.spot_check_id = spot_check.id
                        where visit.item_no = ? and visit.result is null""")
                .param(item.itemNo())
                .query(String.class)
                .optional()
                .orElseThrow(() -> RefusedException.conflict("refusal.task-gone"));
        SpotCheck check = get(checkNo);
        jdbc.sql("""
                        update spot_check_visit
                        set result = ?, visitors = ?, visited_on = ?, method = ?, round = ?, falsified = ?,
                            discrepancies = ?, opinion = ?, recorded_at = ?
                        where spot_check_id = ? and item_no = ?""")
                .params(
                        finding.result().name(),
                        visitors.stream().map(Person::id).toArray(String[]::new),
                        finding.visitedOn(),
                        finding.method() == null ? null : finding.method().name(),
                        item.round(),
                        finding.falsified(),
                        finding.discrepancies().toArray(String[]::new),
                        finding.opinion(),
                        OffsetDateTime.now(clock),
                        check.id(),
                        item.itemNo())
                .update();
        return check;
    }

    /** Writes down the item that a problem became which the visitors came across. */
    void recordFound(SpotCheck check, Item visited, int seq, Item found) {
        jdbc.sql("insert into spot_check_finding (spot_check_id, visited_item_no, seq, item_no) values (?, ?, ?, ?)")
                .params(check.id(), visited.itemNo(), seq, found.itemNo())
                .update();
    }

    private static SpotCheck check(ResultSet row, int index) throws SQLException {
        String tier = row.getString("tier");
        return new SpotCheck(
                row.getLong("id"),
                row.getString("check_no"),
                new SpotCheck.Criteria(
                        row.getString("title"),
                        SpotCheckScope.valueOf(row.getString("scope")),
                        tier == null ? null : Tier.valueOf(tier),
                        row.getString("category"),
                        row.getObject("closed_since", LocalDate.class)),
                row.getString("ordered_by"),
                row.getTimestamp("ordered_at").toInstant(),
                row.getString("seed"),
                row.getTimestamp("drawn_at") == null
                        ? null
                        : row.getTimestamp("drawn_at").toInstant(),
                row.getInt("drawn"),
                row.getInt("reported"));
    }

    private static SpotCheckVisit visit(ResultSet row, int index) throws SQLException {
        String result = row.getString("result");
        String method = row.getString("method");
        return new SpotCheckVisit(
                row.getString("item_no"),
                row.getString("unit"),
                row.getInt("level"),
                row.getString("inspector"),
                texts(row.getArray("eligible")),
                texts(row.getArray("excluded")),
                result == null ? null : SpotCheckResult.valueOf(result),
                texts(row.getArray("visitors")),
                row.getObject("visited_on", LocalDate.class),
                method == null ? null : VerificationMethod.valueOf(method),
                row.getObject("round", Integer.class),
                row.getObject("falsified", Boolean.class),
                texts(row.getArray("discrepancies")),
                row.getString("opinion"),
                row.getTimestamp("recorded_at") == null
                        ? null
                        : row.getTimestamp("recorded_at").toInstant(),
                texts(row.getArray("findings")));
    }

    private static List<String> texts(Array array) throws SQLException {
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }
}
