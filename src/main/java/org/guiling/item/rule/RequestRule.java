package org.guiling.item.rule;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.RequestGround;
import org.guiling.item.RequestKind;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Gate;

/** Rules of requests (申请, DOMAIN.md §3): of which items and by whom each kind may be asked, and what a withdrawal makes of an item. */
public final class RequestRule {

    private static final Set<ItemStatus> RECTIFYING = EnumSet.of(ItemStatus.RECTIFYING, ItemStatus.REWORK);
    /** Open, but for those of which nobody may ask anything now. */
    private static final Set<ItemStatus> WORKED_ON = Arrays.stream(ItemStatus.values())
            .filter(ItemStatus::isOpen)
            .filter(status -> !EnumSet.of(
                            ItemStatus.DRAFT, ItemStatus.REVIEW, ItemStatus.SUSPENDED, ItemStatus.DISPUTED)
                    .contains(status))
            .collect(Collectors.toUnmodifiableSet());

    private RequestRule() {}

    /** The end of an item that leaves the ledger, and the action that the timeline names. */
    public record Ending(Action action, ItemStatus status) {}

    /** The statuses of the items of which this may be asked. */
    public static Set<ItemStatus> statuses(RequestKind kind) {
        return switch (kind) {
            case EXTENSION -> RECTIFYING;
            case REOPENING -> EnumSet.of(ItemStatus.CLOSED);
            default -> WORKED_ON;
        };
    }

    /** True for the office that keeps the ledger, the unit whose item it is, or whoever has it in hand. */
    public static boolean mayAsk(RequestKind kind, Item item, Person person) {
        boolean office = isOfTheOffice(person);
        boolean unit = person.has(Role.HANDLER, item.registration().leadUnit());
        return switch (kind) {
            case EXTENSION -> person.selfAndAbsentees().stream().anyMatch(item::isHandledBy);
            case SUSPENSION -> unit;
            case REOPENING -> office;
            case MERGER, TRANSFER, CANCELLATION -> office || unit;
        };
    }

    /** True for those who keep the ledger. */
    public static boolean isOfTheOffice(Person person) {
        return person.has(Role.REGISTRAR) || person.has(Role.REVIEWER);
    }

    /**
     * Requires an item and a person of which and by whom this may be asked; further checks make no sense before.
     *
     * @param waiting whether another request about the item waits for a decision
     */
    public static void requireAskable(Gate gate, RequestKind kind, Item item, Person person, boolean waiting) {
        boolean mayAsk = mayAsk(kind, item, person);
        if (kind == RequestKind.REOPENING) {
            gate.require(mayAsk, null, "refusal.request.office-only");
            requireStatus(gate, statuses(kind), item);
            requireNoneWaiting(gate, waiting);
            gate.pass();
            return;
        }
        requireStatus(gate, WORKED_ON, item);
        requireNoneWaiting(gate, waiting);
        gate.pass();
        if (kind == RequestKind.EXTENSION) {
            gate.require(mayAsk, null, "refusal.request.handler-only");
            requireStatus(gate, statuses(kind), item);
        } else {
            gate.require(mayAsk, null, "refusal.request.other-unit");
        }
        gate.pass();
    }

    /** One request about an item waits at a time. */
    public static void requireNoneWaiting(Gate gate, boolean waiting) {
        gate.require(!waiting, "itemNo", "refusal.request.waiting");
    }

    private static void requireStatus(Gate gate, Set<ItemStatus> statuses, Item item) {
        gate.require(statuses.contains(item.status()), "itemNo", "refusal.request.status", item.status());
    }

    /** A suspension and a cancellation need one of their own grounds. */
    public static void requireGround(Gate gate, RequestKind kind, RequestGround ground) {
        gate.require(ground != null && ground.kind() == kind, "ground", "refusal.request.ground");
    }

    /**
     * Requires a date that has not passed while the request waited; otherwise the request is denied and made again.
     *
     * @param askedDay null where no date was asked
     */
    public static void requireDateToCome(Gate gate, LocalDate askedDay, LocalDate today) {
        gate.require(
                askedDay == null || !askedDay.isBefore(today), "decision", "refusal.request.date-passed", askedDay);
    }

    /** True where the person, or somebody for whom they act, has asked what they take back. */
    public static boolean mayTakeBack(String askedBy, Person person) {
        return person.selfAndAbsentees().contains(askedBy);
    }

    /** The end that a withdrawal brings: merged, transferred or cancelled, never closed. */
    public static Ending ending(RequestKind kind) {
        return switch (kind) {
            case MERGER -> new Ending(Action.MERGE, ItemStatus.MERGED);
            case TRANSFER -> new Ending(Action.TRANSFER, ItemStatus.TRANSFERRED);
            case CANCELLATION -> new Ending(Action.CANCEL, ItemStatus.CANCELLED);
            default -> throw new IllegalStateException(kind + " does not end an item");
        };
    }
}
