package org.guiling.ledger.search;

import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.calendar.LimitKind;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.TaskContract;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;

/**
 * The items that a number of the board counts: the conditions by which it is followed to its list. Null means any.
 *
 * @param set a set of DOMAIN.md §5
 * @param unit code of a unit; it and those below it
 * @param campaign 专项
 * @param principal 责任领导, as the claim names them
 * @param registeredFrom first day of the registration
 * @param registeredTo last day of the registration
 * @param openOn open at the end of this day
 * @param plannedOn registered by this day and due after it, or without a date: what would be open at its end if each item
 *     was closed on the date in force
 * @param turn what happened from {@code turnFrom} to {@code turnTo}
 * @param noProgressSince being rectified, with no progress reported after this day
 * @param waitingAt the id of a task that waits
 * @param waitingFor the group for which a task waits
 */
public record Counted(
        CountedSet set,
        String unit,
        String campaign,
        String principal,
        @DateTimeFormat(iso = ISO.DATE) LocalDate registeredFrom,
        @DateTimeFormat(iso = ISO.DATE) LocalDate registeredTo,
        @DateTimeFormat(iso = ISO.DATE) LocalDate openOn,
        @DateTimeFormat(iso = ISO.DATE) LocalDate plannedOn,
        Turn turn,
        @DateTimeFormat(iso = ISO.DATE) LocalDate turnFrom,
        @DateTimeFormat(iso = ISO.DATE) LocalDate turnTo,
        @DateTimeFormat(iso = ISO.DATE) LocalDate noProgressSince,
        String waitingAt,
        String waitingFor) {

    public static final String REGISTERED_ON = LedgerSql.day("item.registered_at");

    /** For whom a task on {@code to_do} waits; what was given to a handler from the start waits for the handlers of the unit. */
    public static final String WAITING_FOR = "coalesce(to_do.group_id, 'unit-' || item.lead_unit)";

    /**
     * A task on {@code to_do} that holds an item up and may be spoken of: no visit of which the unit is to hear
     * afterwards, no card that is only proposed, and not the chance to end a suspension early.
     */
    public static final String WAITS = "(not to_do.paused and to_do.task_key in ("
            + Stream.<TaskContract>concat(Stream.of(UserTask.values()), Stream.of(RequestTask.values()))
                    .filter(task -> !task.isConfidential() && task.limit() != LimitKind.SUSPENSION)
                    .map(task -> "'" + task.id() + "'")
                    .collect(Collectors.joining(", "))
            + "))";

    private static final String OPEN_ON = "(" + REGISTERED_ON + " <= %1$s and not coalesce("
            + "(select event.action <> 'REOPEN' from timeline event where event.item_id = item.id"
            + " and event.at < (cast(%1$s as date) + interval '1 day') at time zone 'Asia/Shanghai' and "
            + Turn.ANY.replace("%", "%%") + " order by event.id desc limit 1), false))";

    private static final String PLANNED_ON = "(" + REGISTERED_ON + " <= %1$s and " + LedgerSql.NOT_ENDED_OTHERWISE
            + " and (item.current_due is null or item.current_due > %1$s))";

    /**
     * No progress after the day {@code %s}, as supervision counts it: each report of progress makes a new task, and what was
     * suspended could not progress.
     */
    public static final String NO_PROGRESS = """
            exists (select from to_do where to_do.item_id = item.id and to_do.task_key = '%s' and not to_do.paused
                and (greatest(to_do.created_at, (select max(ended_at) from item_request where item_id = item.id))
                    at time zone 'Asia/Shanghai')::date <= %s)""".formatted(UserTask.RECTIFY.id(), "%s");

    /** Adds what is asked to conditions on {@code item} and {@code item_clock clock}. */
    void addTo(Conditions conditions) {
        if (set != null) {
            conditions.add(set.condition());
        }
        conditions.atOrBelow(unit);
        conditions.equal("item.campaign_code", campaign);
        conditions.equal("item.principal", principal);
        conditions.between(REGISTERED_ON, registeredFrom, registeredTo);
        conditions.like(OPEN_ON, openOn);
        conditions.like(PLANNED_ON, plannedOn);
        conditions.like(NO_PROGRESS, noProgressSince);
        if (turn != null) {
            conditions.exists(
                    "timeline event where event.item_id = item.id and " + turn.condition(),
                    event -> event.between(LedgerSql.day("event.at"), turnFrom, turnTo));
        }
        if (isGiven(waitingAt) || isGiven(waitingFor)) {
            conditions.exists("to_do where to_do.item_id = item.id and " + WAITS, task -> {
                task.equal("to_do.task_key", waitingAt);
                task.equal(WAITING_FOR, waitingFor);
            });
        }
    }

    private static boolean isGiven(String word) {
        return word != null && !word.isBlank();
    }
}
