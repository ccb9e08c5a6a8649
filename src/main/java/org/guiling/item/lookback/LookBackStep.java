package org.guiling.item.lookback;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.record.FourEyes;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.VerificationMethod;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** After the closure: looking back (回头看) and reopening on rebound (反弹), DOMAIN.md §3. */
@Component
@Transactional
public class LookBackStep {

    private final Items items;
    private final ItemRecords records;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final DueDateRule dueDateRule;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    LookBackStep(
            Items items,
            ItemRecords records,
            Timeline timeline,
            FourEyes fourEyes,
            DueDateRule dueDateRule,
            JdbcClient jdbc,
            OfficeClock clock) {
        this.items = items;
        this.records = records;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.dueDateRule = dueDateRule;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Result of a look-back.
     *
     * @param falsified whether it was 虚假整改: reported as done and not done
     * @param defects what is back; empty when nothing is
     * @param reworkDue the due date of the next round; null when nothing is back
     */
    public record Finding(
            VerificationMethod method,
            LocalDate lookedOn,
            boolean rebounded,
            boolean falsified,
            List<String> defects,
            LocalDate reworkDue,
            String opinion) {}

    /** Nobody who handled, verified or signed an item looks back on it. */
    public void lookBack(Item item, Finding finding, Person verifier) {
        fourEyes.check(item, Action.LOOK_BACK, verifier);
        LocalDate today = clock.today();
        Gate gate = new Gate()
                .require(
                        !verifier.belongsTo(item.registration().leadUnit()),
                        null,
                        "refusal.verification.own-unit",
                        verifier.name())
                .require(!finding.lookedOn().isAfter(today), "lookedOn", "refusal.date.future")
                .require(finding.method().isOnSite(), "verifyMethod", "refusal.look-back.on-site");
        if (finding.rebounded()) {
            dueDateRule.requireRework(gate, item, finding.defects(), finding.reworkDue());
        }
        gate.pass();
        jdbc.sql("""
                        insert into look_back (item_id, round, looked_by, looked_at, method, looked_on, rebounded,
                            falsified, opinion)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        item.round(),
                        verifier.id(),
                        OffsetDateTime.now(clock),
                        finding.method().name(),
                        finding.lookedOn(),
                        finding.rebounded(),
                        finding.falsified(),
                        finding.opinion())
                .update();
        timeline.appendAction(
                item,
                Action.LOOK_BACK,
                verifier,
                new TimelineFact.Outcome(outcome(finding)).because(finding.opinion()));
        if (finding.rebounded()) {
            reopen(item, Action.LOOK_BACK, finding.defects(), finding.reworkDue(), verifier);
        }
    }

    private static String outcome(Finding finding) {
        if (!finding.rebounded()) {
            return "CONFIRMED";
        }
        return finding.falsified() ? "FALSIFIED" : "REBOUNDED";
    }

    /** The same number, one round on: what is back is itemised, and everything has to be shown again. */
    public void reopen(Item item, Action origin, List<String> defects, LocalDate reworkDue, Person person) {
        timeline.appendAction(
                item,
                Action.REOPEN,
                person,
                new TimelineFact.Round(item.round() + 1)
                        .because(String.join("；", defects))
                        .moving(item.currentDue(), reworkDue, null));
        item.reopen(reworkDue, clock.today());
        records.reopenMeasures(item);
        records.addDefects(item, origin, defects);
        items.save(item);
        reopenWhole(item, origin, defects, reworkDue, person);
    }

    /** Reopens the item of which a closed one is a part; its date is not before the part's (DOMAIN.md §3, 穿透). */
    private void reopenWhole(Item part, Action origin, List<String> defects, LocalDate reworkDue, Person person) {
        if (part.parentNo() != null) {
            Item whole = items.getLocked(part.parentNo());
            if (whole.status() == ItemStatus.CLOSED) {
                reopen(whole, origin, defects, reworkDue, person);
            }
        }
    }
}
