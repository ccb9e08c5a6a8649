package org.guiling.item.step;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.SourceReply;
import org.guiling.item.Step;
import org.guiling.item.lookback.LookBacks;
import org.guiling.item.record.FourEyes;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.SignOff;
import org.guiling.item.request.MergedSources;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineDetail;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Step 5, 销号归零: signed off by everybody its level asks for, the source answered (DOMAIN.md §1). */
@Component
@Transactional
public class ClosureStep {

    private final Items items;
    private final ItemRecords records;
    private final ClosureGate closureGate;
    private final MergedSources mergedSources;
    private final VerificationStep verificationStep;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final LookBacks lookBacks;
    private final Clock clock;

    ClosureStep(
            Items items,
            ItemRecords records,
            ClosureGate closureGate,
            MergedSources mergedSources,
            VerificationStep verificationStep,
            Timeline timeline,
            FourEyes fourEyes,
            LookBacks lookBacks,
            Clock clock) {
        this.items = items;
        this.records = records;
        this.closureGate = closureGate;
        this.mergedSources = mergedSources;
        this.verificationStep = verificationStep;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.lookBacks = lookBacks;
        this.clock = clock;
    }

    /**
     * One answer of the chain.
     *
     * @param sourceReply how the source was answered; null when an earlier signature said so
     * @param mergedAnswered the merged sources (并案) that were answered, by the items that brought them; may be empty
     * @param mergedReplyNote how they were; null when none was
     * @param onDissatisfaction why it is closed though the people concerned are not satisfied; null unless the verifiers say so
     * @param defects what to mend; empty when approved
     * @param reworkDue the due date of the next round; null when approved
     */
    public record Answer(
            boolean approved,
            SourceReply sourceReply,
            String sourceReplyNote,
            List<String> mergedAnswered,
            String mergedReplyNote,
            String onDissatisfaction,
            List<String> defects,
            LocalDate reworkDue,
            String opinion) {}

    public void signOff(Item item, Answer answer, Person approver) {
        fourEyes.check(item, Action.SIGN_OFF, approver);
        closureGate.check(item, answer);
        if (answer.approved() && records.awaitsDecisionOnCallBack(item)) {
            timeline.appendAction(
                    item,
                    Action.DECIDE_ON_CALL_BACK,
                    approver,
                    TimelineDetail.of(null).because(answer.onDissatisfaction()));
        }
        records.add(
                item, new SignOff(item.round(), approver.id(), answer.approved(), answer.opinion(), clock.instant()));
        timeline.appendAction(
                item,
                Action.SIGN_OFF,
                approver,
                TimelineFact.Outcome.approval(answer.approved())
                        .because(answer.opinion())
                        .moving(item.currentDue(), answer.approved() ? item.currentDue() : answer.reworkDue(), null));
        if (!answer.approved()) {
            verificationStep.returnForRework(item, Action.SIGN_OFF, answer.defects(), answer.reworkDue());
        } else {
            keepReplies(item, answer, approver);
        }
    }

    private void keepReplies(Item item, Answer answer, Person approver) {
        if (answer.sourceReply() != null) {
            item.write(item.outcome().answered(answer.sourceReply(), answer.sourceReplyNote()));
            items.save(item);
        }
        if (!answer.mergedAnswered().isEmpty()) {
            mergedSources.answer(item, answer.mergedAnswered(), answer.mergedReplyNote(), approver);
        }
    }

    /**
     * Strikes the item off, once the engine has seen the whole chain. A chain without a single signature is a gap in
     * the table of closing authorities, never a closure.
     */
    public void close(Item item, Person lastApprover) {
        new Gate()
                .require(records.approvals(item) > 0, null, "refusal.closure.no-approval")
                .require(item.outcome().sourceReply() != null, "sourceReply", "refusal.closure.reply")
                .refuse(item.whilePartsAreOpen())
                .pass();
        LocalDate lookBack = lookBacks.dayOf(item);
        timeline.append(item, Action.CLOSE, lastApprover, new TimelineFact.LookBack(lookBack));
        item.write(item.outcome().closed(clock.instant(), lookBack));
        item.moveTo(Step.CLOSURE, ItemStatus.CLOSED);
        items.save(item);
    }
}
