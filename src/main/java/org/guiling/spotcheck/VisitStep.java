package org.guiling.spotcheck;

import java.time.LocalDate;
import java.util.List;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.record.FourEyes;
import org.guiling.item.record.VerificationMethod;
import org.guiling.item.record.VerificationTeam;
import org.guiling.item.record.VisitEvidence;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineDetail;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The visit of a spot check (实地抽查): what is there is compared with what the ledger says (DOMAIN.md §3). */
@Component
@Transactional
public class VisitStep {

    /** A visit that found 虚假整改. */
    private static final TimelineFact FALSIFIED = new TimelineFact.Outcome("FALSIFIED");

    private final SpotChecks spotChecks;
    private final VerificationTeam team;
    private final FourEyes fourEyes;
    private final VisitFollowUp followUp;
    private final DueDateRule dueDateRule;
    private final VisitEvidence photos;
    private final Timeline timeline;
    private final OfficeClock clock;

    VisitStep(
            SpotChecks spotChecks,
            VerificationTeam team,
            FourEyes fourEyes,
            VisitFollowUp followUp,
            DueDateRule dueDateRule,
            VisitEvidence photos,
            Timeline timeline,
            OfficeClock clock) {
        this.spotChecks = spotChecks;
        this.team = team;
        this.fourEyes = fourEyes;
        this.followUp = followUp;
        this.dueDateRule = dueDateRule;
        this.photos = photos;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * Result of a visit.
     *
     * @param method null when nobody could go, as {@code visitedOn} is
     * @param falsified whether it is 虚假整改: reported as done and not done
     * @param discrepancies what does not agree with the ledger; empty when everything does
     * @param reworkDue the due date of the next round; null unless the item is closed and not at zero, or declared done
     *     and falsified
     * @param problems what else they came across; may be empty
     */
    public record Finding(
            SpotCheckResult result,
            VerificationMethod method,
            LocalDate visitedOn,
            List<String> coVisitors,
            boolean falsified,
            List<String> discrepancies,
            LocalDate reworkDue,
            String opinion,
            List<Problem> problems) {}

    /** A problem that nobody had written down; it is the lead unit's as the visited item is. */
    public record Problem(String title, String factText, String category, int level) {}

    /**
     * A visit as it is in the record.
     *
     * @param found the items that new problems became, registered and not begun
     */
    public record Recorded(String checkNo, List<Item> found) {}

    /** True where what does not agree opens the item again. */
    public static boolean reopens(Item item) {
        return item.status() == ItemStatus.CLOSED;
    }

    /** True where the unit has declared the work done, so that 虚假整改 sends the item back to it. */
    public static boolean isDeclaredDone(Item item) {
        return item.status() == ItemStatus.VERIFYING || item.status() == ItemStatus.CLOSING;
    }

    /** True where a finding takes the open item back to its rectification. */
    public static boolean sendsBack(Item item, SpotCheckResult result, boolean falsified) {
        return result == SpotCheckResult.DISCREPANT && falsified && isDeclaredDone(item);
    }

    /**
     * Records a visit.
     *
     * @throws RefusedException when the person, the team, a date or a text does not allow it
     */
    public Recorded visit(Item item, Finding finding, Person visitor) {
        fourEyes.check(item, Action.SPOT_CHECK, visitor);
        List<Person> visitors = team.of(visitor, finding.coVisitors());
        check(item, finding, visitors);
        photos.tellOfVisit(item, visitor);
        SpotCheck check = spotChecks.record(item, finding, visitors);
        boolean sendsBack = sendsBack(item, finding.result(), finding.falsified());
        timeline.appendAction(
                item,
                Action.SPOT_CHECK,
                visitor,
                TimelineDetail.of(finding.falsified() ? FALSIFIED : TimelineFact.Outcome.of(finding.result()))
                        .because(finding.opinion())
                        .moving(item.currentDue(), sendsBack ? finding.reworkDue() : item.currentDue(), null));
        followUp.takeBack(item, finding, visitor);
        return new Recorded(check.checkNo(), followUp.register(check, item, finding, visitor));
    }

    private void check(Item item, Finding finding, List<Person> visitors) {
        Gate gate = new Gate();
        if (finding.result() == SpotCheckResult.NOT_VISITED) {
            gate.require(finding.problems().isEmpty(), "problem1Title", "refusal.spot-check.not-there");
        } else {
            LocalDate today = clock.today();
            team.require(gate, item, Action.SPOT_CHECK, visitors, finding.method());
            gate.require(finding.method().isOnSite(), "verifyMethod", "refusal.spot-check.on-site")
                    .require(!finding.visitedOn().isAfter(today), "visitedOn", "refusal.date.future");
            if (finding.result() == SpotCheckResult.DISCREPANT) {
                requireDiscrepancies(gate, item, finding);
            }
        }
        gate.pass();
    }

    private void requireDiscrepancies(Gate gate, Item item, Finding finding) {
        if (reopens(item) || sendsBack(item, finding.result(), finding.falsified())) {
            dueDateRule.requireRework(gate, item, finding.discrepancies(), finding.reworkDue());
        } else {
            gate.require(!finding.discrepancies().isEmpty(), "defect1", "refusal.rework.no-defect");
        }
    }
}
