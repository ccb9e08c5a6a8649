package org.guiling.spotcheck;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Registration;
import org.guiling.item.SourceType;
import org.guiling.item.lookback.LookBackStep;
import org.guiling.item.record.FourEyes;
import org.guiling.item.record.VerificationMethod;
import org.guiling.item.record.VerificationTeam;
import org.guiling.item.record.VisitEvidence;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.step.IntakeStep;
import org.guiling.item.step.VerificationStep;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineDetail;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The visit of a spot check (实地抽查): what is there is compared with what the ledger says (DOMAIN.md §3). */
@Component
@Transactional
public class VisitStep {

    /** The timeline's word for a visit that found 虚假整改. */
    private static final String FALSIFIED = "FALSIFIED";

    private final SpotChecks spotChecks;
    private final VerificationTeam team;
    private final FourEyes fourEyes;
    private final LookBackStep lookBackStep;
    private final VerificationStep verificationStep;
    private final DueDateRule dueDateRule;
    private final IntakeStep intakeStep;
    private final VisitEvidence photos;
    private final Timeline timeline;
    private final Organization organization;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    VisitStep(
            SpotChecks spotChecks,
            VerificationTeam team,
            FourEyes fourEyes,
            LookBackStep lookBackStep,
            VerificationStep verificationStep,
            DueDateRule dueDateRule,
            IntakeStep intakeStep,
            VisitEvidence photos,
            Timeline timeline,
            Organization organization,
            JdbcClient jdbc,
            OfficeClock clock) {
        this.spotChecks = spotChecks;
        this.team = team;
        this.fourEyes = fourEyes;
        this.lookBackStep = lookBackStep;
        this.verificationStep = verificationStep;
        this.dueDateRule = dueDateRule;
        this.intakeStep = intakeStep;
        this.photos = photos;
        this.timeline = timeline;
        this.organization = organization;
        this.jdbc = jdbc;
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
        SpotCheck check = record(item, finding, visitors);
        boolean sendsBack = sendsBack(item, finding.result(), finding.falsified());
        timeline.appendAction(
                item,
                Action.SPOT_CHECK,
                visitor,
                TimelineDetail.of(
                                finding.falsified()
                                        ? FALSIFIED
                                        : finding.result().name())
                        .because(finding.opinion())
                        .moving(item.currentDue(), sendsBack ? finding.reworkDue() : item.currentDue(), null));
        if (sendsBack) {
            verificationStep.returnForRework(item, Action.SPOT_CHECK, finding.discrepancies(), finding.reworkDue());
        }
        if (finding.result() == SpotCheckResult.DISCREPANT && reopens(item)) {
            lookBackStep.reopen(item, Action.SPOT_CHECK, finding.discrepancies(), finding.reworkDue(), visitor);
        }
        return new Recorded(check.checkNo(), register(check, item, finding, visitor));
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

    private SpotCheck record(Item item, Finding finding, List<Person> visitors) {
        String checkNo = jdbc.sql("""
                        select check_no from spot_check join spot_check_visit visit on visit.spot_check_id = spot_check.id
                        where visit.item_no = ? and visit.result is null""")
                .param(item.itemNo())
                .query(String.class)
                .optional()
                .orElseThrow(() -> RefusedException.conflict("refusal.task-gone"));
        SpotCheck check = spotChecks.get(checkNo);
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

    private List<Item> register(SpotCheck check, Item visited, Finding finding, Person visitor) {
        List<Item> registered = new ArrayList<>();
        for (Problem problem : finding.problems()) {
            int seq = registered.size() + 1;
            Item item = intakeStep.registerFound(facts(check, visited, seq, finding, problem, visitor), visitor);
            registered.add(item);
            jdbc.sql(
                            "insert into spot_check_finding (spot_check_id, visited_item_no, seq, item_no) values (?, ?, ?, ?)")
                    .params(check.id(), visited.itemNo(), seq, item.itemNo())
                    .update();
        }
        return registered;
    }

    /** Each has a number of its own in the check, so that two of one visit are not taken for one. */
    private Registration facts(
            SpotCheck check, Item visited, int seq, Finding finding, Problem problem, Person visitor) {
        Registration known = visited.registration();
        return new Registration(
                known.campaignCode(),
                SourceType.SUPERVISION,
                check.checkNo(),
                visited.itemNo() + "/" + seq,
                finding.visitedOn(),
                organization.unit(visitor.unitCode()).orElseThrow().name(),
                problem.title(),
                problem.factText(),
                known.location(),
                null,
                null,
                problem.category(),
                problem.level(),
                known.urgency(),
                false,
                known.visibility(),
                known.leadUnit(),
                List.of(),
                null,
                null);
    }
}
