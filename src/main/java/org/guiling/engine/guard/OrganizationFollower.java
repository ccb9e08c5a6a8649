package org.guiling.engine.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.step.Handovers;
import org.guiling.item.step.Handovers.OpenItem;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.organization.change.PersonMoves;
import org.guiling.organization.change.PersonShutOut;
import org.guiling.organization.change.UnitTransfer;
import org.guiling.refusal.RefusedException;
import org.guiling.supervision.Cards;
import org.guiling.workflow.FiveStepZeroing;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Open items and their tasks follow the organization, within the transaction of its change: to the receiving unit or to the
 * successor. What nobody said where to is refused.
 */
@Component
class OrganizationFollower {

    private static final int NAMED = 20;

    private final Items items;
    private final Handovers handovers;
    private final ToDos toDos;
    private final Cards cards;
    private final InstanceVariables instanceVariables;
    private final Organization organization;
    private final TaskTransfers transfers;

    OrganizationFollower(
            Items items,
            Handovers handovers,
            ToDos toDos,
            Cards cards,
            InstanceVariables instanceVariables,
            Organization organization,
            TaskTransfers transfers) {
        this.items = items;
        this.handovers = handovers;
        this.toDos = toDos;
        this.cards = cards;
        this.instanceVariables = instanceVariables;
        this.organization = organization;
        this.transfers = transfers;
    }

    @EventListener
    void on(UnitTransfer transfer) {
        if (transfer.receiving() == null) {
            requireNothingOpen(transfer.unit());
            return;
        }
        locked(() -> handovers.openAt(transfer.unit().code())).forEach(each -> {
            Item item = items.get(each.itemNo());
            handovers.toUnit(item, transfer.unit(), transfer.receiving(), transfer.reason(), transfer.actor());
            if (each.leads()) {
                cards.handOver(
                        item, transfer.unit().code(), transfer.receiving().code());
                instanceVariables.refreshColumns(item);
                transfers.toGroups(item, groups(transfer));
                handlerFollows(item, transfer);
            }
        });
    }

    private void requireNothingOpen(Unit unit) {
        int open = handovers.countOpenAt(unit.code());
        if (open > 0) {
            throw RefusedException.conflictAt(
                    "receivingUnit",
                    "organization.transfer.items",
                    unit.name(),
                    open,
                    numbers(handovers.openAt(unit.code(), 0, NAMED), open));
        }
    }

    @EventListener
    void on(PersonMoves move) {
        List<OpenItem> lost = locked(() -> handovers.openOf(move.before().id())).stream()
                .filter(each -> !move.staysHandlerOf(each.leadUnit()))
                .toList();
        if (!lost.isEmpty() && move.successor() == null) {
            throw RefusedException.conflictAt(
                    "successor",
                    "organization.person.items",
                    move.before().name(),
                    lost.size(),
                    numbers(lost, lost.size()));
        }
        lost.forEach(each -> succeed(items.get(each.itemNo()), move.successor(), move.reason(), move.actor()));
        transfers.returnToGroups(
                move.before(), move.after() == null ? Set.of() : move.after().groups());
    }

    @EventListener
    void on(PersonShutOut shutOut) {
        transfers.returnToGroups(shutOut.before(), Set.of());
    }

    /** The items, held until the transaction ends: what was done at them while this waited is looked at again. */
    private List<OpenItem> locked(Supplier<List<OpenItem>> open) {
        items.lock(open.get().stream().map(OpenItem::itemNo).toList());
        return open.get();
    }

    /** The groups of the unit and of the leaders above it, each with the one that takes its place. */
    private static Map<String, String> groups(UnitTransfer transfer) {
        Unit from = transfer.unit();
        Unit to = transfer.receiving();
        Map<String, String> groups = new HashMap<>();
        if (from.parentCode() != null && to.parentCode() != null) {
            groups.put(Role.leadersOf(from.parentCode()), Role.leadersOf(to.parentCode()));
        }
        groups.put(Role.handlersOf(from.code()), Role.handlersOf(to.code()));
        groups.put(Role.leadersOf(from.code()), Role.leadersOf(to.code()));
        return groups;
    }

    private void handlerFollows(Item item, UnitTransfer transfer) {
        if (item.responsibility() == null || item.responsibility().handler() == null) {
            return;
        }
        String receiving = transfer.receiving().code();
        boolean stays = organization
                .person(item.responsibility().handler())
                .filter(handler -> handler.isAppointed(Role.HANDLER, receiving))
                .isPresent();
        if (stays) {
            return;
        }
        if (transfer.handler() == null) {
            throw RefusedException.conflictAt(
                    "handler",
                    "organization.transfer.handler",
                    item.itemNo(),
                    transfer.receiving().name());
        }
        succeed(item, transfer.handler(), transfer.reason(), transfer.actor());
    }

    /** Another handler: in the record, in the engine, and at the task that waits for the one of before. */
    private void succeed(Item item, String successor, String reason, Person actor) {
        String unit = item.registration().leadUnit();
        Person person = organization
                .person(successor)
                .filter(each -> each.isAppointed(Role.HANDLER, unit))
                .orElseThrow(() -> RefusedException.invalid(
                        "successor", "organization.person.successor", successor, item.itemNo()));
        handovers.toHandler(item, person, reason, actor);
        instanceVariables.setHandler(item, successor);
        toDos.of(item.itemNo()).stream()
                .filter(toDo -> toDo.group() == null)
                .filter(toDo -> FiveStepZeroing.UserTask.of(toDo.taskKey()).isPresent())
                .forEach(toDo -> {
                    transfers.assign(toDo, successor);
                    toDos.handOver(toDo.taskId(), null);
                });
    }

    /** @param open at least the first of them */
    private static String numbers(List<OpenItem> open, int all) {
        return open.stream().limit(NAMED).map(OpenItem::itemNo).collect(Collectors.joining("、"))
                + (all > NAMED ? " …" : "");
    }
}
