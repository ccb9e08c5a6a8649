package org.guiling.spotcheck;

import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.record.FourEyes;
import org.guiling.item.record.VerificationTeam;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Draws the {@link Sample} of a spot check and its visitors, and keeps what the draw can be repeated with. */
@Component
@Transactional
public class SampleDraw {

    private static final int SEED_BYTES = 32;

    private final SpotChecks spotChecks;
    private final Items items;
    private final FourEyes fourEyes;
    private final VerificationTeam team;
    private final SamplingRates rates;
    private final Organization organization;
    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final OfficeClock clock;
    private final SecureRandom random = new SecureRandom();

    SampleDraw(
            SpotChecks spotChecks,
            Items items,
            FourEyes fourEyes,
            VerificationTeam team,
            SamplingRates rates,
            Organization organization,
            JdbcClient jdbc,
            JdbcTemplate batch,
            OfficeClock clock) {
        this.spotChecks = spotChecks;
        this.items = items;
        this.fourEyes = fourEyes;
        this.team = team;
        this.rates = rates;
        this.organization = organization;
        this.jdbc = jdbc;
        this.batch = batch;
        this.clock = clock;
    }

    private record FramedItem(FrameEntry entry, String status) {}

    /**
     * Draws the sample and, for each item, who visits it. Drawn once; asked again, it leaves the draw as it is.
     *
     * @throws RefusedException when there is nothing to draw from
     */
    public void draw(String checkNo) {
        SpotCheck check = spotChecks.get(checkNo);
        if (check.seed() != null) {
            return;
        }
        byte[] bytes = new byte[SEED_BYTES];
        random.nextBytes(bytes);
        draw(check, HexFormat.of().formatHex(bytes));
    }

    /** The person who was drawn for the visit that waits at the item, if they may still go; empty for nobody. */
    @Transactional(readOnly = true)
    public Optional<String> inspectorOf(String itemNo) {
        Item item = items.get(itemNo);
        return jdbc.sql("select inspector from spot_check_visit where item_no = ? and result is null")
                .param(itemNo)
                .query(String.class)
                .optional()
                .flatMap(organization::person)
                .filter(person -> person.has(Role.VERIFIER) && isFree(person, item))
                .map(Person::id);
    }

    private void draw(SpotCheck check, String seed) {
        List<FramedItem> framed = framed(check.criteria());
        if (framed.isEmpty()) {
            throw RefusedException.invalid("scope", "refusal.spot-check.nothing");
        }
        Sample sample = new Sample(seed);
        Visitors visitors = new Visitors(organization.people(Role.VERIFIER), items::get, this::isFree, team::size);
        Set<String> drawn =
                visitors.draw(sample, framed.stream().map(FramedItem::entry).toList());
        keepFrame(check, framed, drawn, visitors);
        keepVisits(check, sample.inspectors(drawn, visitors::eligible), visitors);
        jdbc.sql("update spot_check set seed = ?, drawn_at = ? where id = ?")
                .params(seed, OffsetDateTime.now(clock), check.id())
                .update();
    }

    /** The items among which a check draws; one that waits for a visit of another check is left alone (为基层减负). */
    private List<FramedItem> framed(SpotCheck.Criteria criteria) {
        return jdbc.sql("""
                        select item.item_no, item.lead_unit, item.level, item.status
                        from item join unit on unit.code = item.lead_unit
                        where item.status = any (:statuses)
                          and (:tier::text is null or unit.tier = :tier)
                          and (:category::text is null or item.category = :category)
                          and (item.status <> 'CLOSED' or :since::timestamptz is null or item.closed_at >= :since)
                          and not exists (select from spot_check_visit visit
                                          where visit.item_no = item.item_no and visit.result is null)
                        order by item.item_no""")
                .param(
                        "statuses",
                        criteria.scope().statuses().stream().map(Enum::name).toArray(String[]::new))
                .param("tier", criteria.tier() == null ? null : criteria.tier().name())
                .param("category", criteria.category())
                .param(
                        "since",
                        criteria.closedSince() == null
                                ? null
                                : criteria.closedSince()
                                        .atStartOfDay(clock.getZone())
                                        .toOffsetDateTime())
                .query((row, index) -> new FramedItem(
                        new FrameEntry(
                                row.getString("item_no"),
                                row.getString("lead_unit"),
                                row.getInt("level"),
                                rates.percent(row.getInt("level"))),
                        row.getString("status")))
                .list();
    }

    private void keepFrame(SpotCheck check, List<FramedItem> framed, Set<String> drawn, Visitors visitors) {
        batch.batchUpdate(
                """
                insert into spot_check_frame (spot_check_id, item_no, unit, level, status, rate, drawn, visitable)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                framed.stream()
                        .map(item -> new Object[] {
                            check.id(),
                            item.entry().itemNo(),
                            item.entry().unit(),
                            item.entry().level(),
                            item.status(),
                            item.entry().rate(),
                            drawn.contains(item.entry().itemNo()),
                            visitors.isInFrame(item.entry().itemNo())
                        })
                        .toList());
    }

    private void keepVisits(SpotCheck check, Map<String, Optional<String>> inspectors, Visitors visitors) {
        List<Object[]> rows = inspectors.entrySet().stream()
                .map(visit -> {
                    List<String> eligible = visitors.eligible(visit.getKey());
                    return new Object[] {
                        check.id(),
                        visit.getKey(),
                        visit.getValue().orElse(null),
                        eligible.toArray(String[]::new),
                        visitors.all().stream()
                                .map(Person::id)
                                .filter(id -> !eligible.contains(id))
                                .toArray(String[]::new)
                    };
                })
                .toList();
        batch.batchUpdate("""
                insert into spot_check_visit (spot_check_id, item_no, inspector, eligible, excluded)
                values (?, ?, ?, ?, ?)""", rows);
    }

    private boolean isFree(Person verifier, Item item) {
        return team.isFromOutside(verifier, item)
                && fourEyes.conflict(item, Action.SPOT_CHECK, verifier).isEmpty();
    }
}
