package org.guiling.engine.delegate;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.engine.supervision.Supervision;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Ladder;
import org.guiling.supervision.Watch;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.LadderOutcome;
import org.guiling.workflow.SupervisionTask;
import org.springframework.stereotype.Component;

/**
 * Service task 按阶梯督办: reminds, urges, proposes a card, and says when to look again. Run twice on a day, it does it
 * once: what was climbed is recorded in the engine's transaction.
 */
@Component("climbLadderDelegate")
class ClimbLadderDelegate implements JavaDelegate {

    private final Supervision supervision;
    private final Ladder ladder;
    private final Cards cards;
    private final ItemNotices notices;
    private final Items items;

    ClimbLadderDelegate(Supervision supervision, Ladder ladder, Cards cards, ItemNotices notices, Items items) {
        this.supervision = supervision;
        this.ladder = ladder;
        this.cards = cards;
        this.notices = notices;
        this.items = items;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Item item = items.getLocked(execution.getProcessBusinessKey());
        List<Watch> watches = supervision.watches(item);
        ladder.climb(item, watches).ifPresent(rise -> {
            if (rise.rung().isCard()) {
                cards.propose(item, rise);
            } else {
                notices.climbed(item, rise);
            }
        });
        boolean proposed = item.proposedCard() != null;
        LadderOutcome outcome = proposed ? LadderOutcome.PROPOSE : LadderOutcome.NONE;
        passOn(execution, FiveStepZeroing.Variables.OUTCOME, outcome.value());
        if (proposed) {
            passOn(execution, SupervisionTask.ISSUERS, cards.proposed(item).issuers());
        }
        items.setNextLook(item, ladder.nextLook(item, watches));
    }

    private static void passOn(DelegateExecution execution, String name, String value) {
        execution.setVariable(name, Variables.untypedValue(value, true));
    }
}
