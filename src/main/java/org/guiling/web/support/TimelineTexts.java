package org.guiling.web.support;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.guiling.item.Action;
import org.guiling.item.CodeLabel;
import org.guiling.item.timeline.DueChange;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.organization.Organization;
import org.guiling.refusal.Problem;
import org.guiling.supervision.Rung;
import org.guiling.text.Texts;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Puts a line of the timeline into the words of the reader. */
@Component
public class TimelineTexts {

    /** So many recipients are named; of more, only how many they are. */
    private static final int NAMED = 5;

    private final Organization organization;
    private final Texts texts;

    TimelineTexts(Organization organization, Texts texts) {
        this.organization = organization;
        this.texts = texts;
    }

    public TimelineLine line(TimelineEntry entry) {
        return new TimelineLine(
                entry.at(),
                entry.actor(),
                entry.actor() == null ? texts.get("timeline.system") : organization.personName(entry.actor()),
                entry.action(),
                texts.label(entry.action()),
                entry.step(),
                entry.round(),
                entry.status(),
                entry.note(),
                entry.reason(),
                due(entry),
                entry.notice() == null
                        ? null
                        : new TimelineLine.Notice(
                                entry.notice().kind(), entry.notice().recipients()),
                refusal(entry),
                text(entry));
    }

    private static TimelineLine.Due due(TimelineEntry entry) {
        DueChange due = entry.due();
        return due == null ? null : new TimelineLine.Due(entry.task(), due.from(), due.to(), due.basis());
    }

    private TimelineLine.Refusal refusal(TimelineEntry entry) {
        TimelineEntry.Refusal refusal = entry.refusal();
        return refusal == null
                ? null
                : new TimelineLine.Refusal(
                        refusal.attempt(),
                        entry.task(),
                        refusal.problems().stream()
                                .map(problem -> new TimelineLine.Reason(problem.code(), text(problem)))
                                .toList());
    }

    private String text(TimelineEntry entry) {
        return switch (entry.action()) {
            case NOTIFIED -> texts.get("timeline.notified", noticeName(entry), recipients(entry));
            case REFUSED -> texts.get("timeline.refused", taskName(entry), reasons(entry));
            default -> action(entry);
        };
    }

    private String action(TimelineEntry entry) {
        String name = texts.label(entry.action());
        List<String> parts = new ArrayList<>();
        parts.add(outcome(entry)
                .map(outcome -> texts.get("timeline.outcome", name, outcome))
                .orElse(name));
        if (entry.due() != null) {
            parts.add(move(entry));
        }
        if (entry.reason() != null && !entry.reason().isBlank()) {
            parts.add(texts.get("timeline.reason", entry.reason()));
        }
        return String.join(texts.get("timeline.separator"), parts);
    }

    private Optional<String> outcome(TimelineEntry entry) {
        String note = entry.note();
        if (note == null) {
            return Optional.empty();
        }
        return switch (entry.action()) {
            case REVIEW_REGISTRATION, APPROVE_PLAN, SIGN_OFF, LOOK_BACK ->
                Optional.of(texts.get("timeline." + entry.action() + "." + note));
            case VERIFY -> Optional.of(texts.label("VerificationResult", note));
            case RECORD_FINDING -> Optional.of(texts.get("timeline.finding", organization.personName(note)));
            case REFUSE_FINDING -> Optional.of(texts.get("timeline.finding.back", organization.personName(note)));
            case SPOT_CHECK -> Optional.of(texts.label("SpotCheckResult", note));
            case CLAIM, OPEN_FAST_LANE -> Optional.of(claim(note));
            case DECLINE -> Optional.of(texts.get("timeline.suggested", organization.unitName(note)));
            case RULE_ON_DECLINE -> Optional.of(ruling(note));
            case HAND_OVER -> Optional.of(handedOver(note, organization::personName));
            case CHANGE_UNIT -> Optional.of(handedOver(note, organization::unitName));
            case REQUEST -> Optional.of(texts.label("RequestKind", note));
            case DECIDE_REQUEST -> Optional.of(decision(note));
            case TAKE_BACK_REQUEST -> Optional.of(takenBack(note));
            case PROPOSE_CARD, ISSUE_CARD, DROP_CARD, VOID_CARD, TAKE_BACK_CARD, ANSWER_CARD, OBJECT ->
                Optional.of(texts.label("Rung", note));
            case ASSIGN_PART -> Optional.of(texts.get("timeline.part-of", note));
            case RULE_ON_OBJECTION -> Optional.of(objectionRuling(note));
            case SUSPEND -> Optional.of(texts.get("timeline.until", day(note)));
            case RESUME -> Optional.of(texts.get("timeline.paused", note));
            case MERGE -> Optional.of(merger(note));
            case TRANSFER -> Optional.of(texts.get("timeline.receipt", note));
            case CANCEL -> Optional.of(texts.label("RequestGround", note));
            case REOPEN -> Optional.of(texts.get("timeline.round", note));
            case ADD_EVIDENCE, REPLACE_EVIDENCE, RECORD_EVIDENCE, WITHDRAW_EVIDENCE -> Optional.of(evidence(note));
            case TAKE_OVER_EVIDENCE -> Optional.of(takenOver(note));
            case CLOSE -> Optional.of(texts.get("timeline.look-back", note));
            // The moved dates have entries of their own; old rows have nothing but the note.
            case EXTEND -> entry.due() == null ? Optional.of(note) : Optional.empty();
            case DUE_MOVED -> movedOutcome(entry);
            case STEP_MOVED -> Optional.of(texts.get("timeline.STEP_MOVED", texts.label("Step", note)));
            default -> Optional.of(note);
        };
    }

    /** The other's number; where the level has risen, what it was and what it is. */
    private String merger(String note) {
        String[] parts = note.split(" ");
        if (!note.startsWith("←")) {
            return texts.get("timeline.merged-into", day(note));
        }
        return parts.length == 2
                ? texts.get("timeline.merged-in", parts[1])
                : texts.get(
                        "timeline.merged-in.raised",
                        parts[1],
                        texts.label("Level", parts[2]),
                        texts.label("Level", parts[3]));
    }

    private Optional<String> movedOutcome(TimelineEntry entry) {
        if (entry.due() == null) {
            return Optional.of(entry.note());
        }
        return entry.due().basis() == null ? Optional.of(texts.get("timeline.paused", entry.note())) : Optional.empty();
    }

    private String move(TimelineEntry entry) {
        DueChange due = entry.due();
        String whose = entry.action() == Action.DUE_MOVED ? dateOf(entry.task()) : texts.get("timeline.due.of-item");
        String moved = due.from() == null
                ? texts.get("timeline.due.set", whose, due.to())
                : due.to() == null
                        ? texts.get("timeline.due.dropped", whose, due.from())
                        : texts.get("timeline.due.moved", whose, due.from(), due.to());
        return due.basis() == null ? moved : texts.get("timeline.due.basis", moved, due.basis());
    }

    /** The calendar moves the dates of tasks, and of closed items the day of the look-back. */
    private String dateOf(String task) {
        return task == null
                ? texts.get("timeline.due.of-look-back")
                : texts.get("timeline.due.of-task", name(task).orElse(task));
    }

    /** The handler, and after a late claim the last day for it. */
    private String claim(String note) {
        String[] parts = note.split(" ");
        String handler = organization.personName(parts[0]);
        return parts.length == 1
                ? texts.get("timeline.handler", handler)
                : texts.get("timeline.handler-late", handler, parts[1]);
    }

    private String ruling(String note) {
        String[] units = note.split(" → ");
        return units.length == 2
                ? texts.get("timeline.redispatched", organization.unitName(units[0]), organization.unitName(units[1]))
                : texts.get("ruling.KEEP");
    }

    /** A unit that kept its items has another place in the tree. */
    private String handedOver(String note, UnaryOperator<String> name) {
        String[] sides = note.split(" → ");
        return sides[0].equals(sides[1])
                ? texts.get("timeline.changed-place", name.apply(sides[0]))
                : texts.get("timeline.handed-over", name.apply(sides[0]), name.apply(sides[1]));
    }

    private String decision(String note) {
        String[] parts = note.split(" ");
        return texts.get("timeline.DECIDE_REQUEST." + parts[parts.length - 1], texts.label("RequestKind", parts[0]));
    }

    /** A request is noted by its kind, an objection by the rung of the card. */
    private String takenBack(String note) {
        boolean objection = Arrays.stream(Rung.values()).map(Rung::name).anyMatch(note::equals);
        return objection
                ? texts.get("timeline.objection-to", texts.label("Rung", note))
                : texts.label("RequestKind", note);
    }

    private String objectionRuling(String note) {
        String[] parts = note.split(" ");
        return texts.get("timeline.RULE_ON_OBJECTION." + parts[1], texts.label("Rung", parts[0]));
    }

    /** Measure, version, hash and name of a file; the hash stays in the note. */
    private String evidence(String note) {
        String[] parts = note.split(" ", 4);
        String name = parts[0].equals("0")
                ? texts.get("timeline.evidence.of-item", parts[3])
                : texts.get("timeline.evidence.of-measure", parts[0], parts[3]);
        return parts[1].equals("1") ? name : texts.get("timeline.evidence.version", name, parts[1]);
    }

    private String takenOver(String note) {
        int file = note.indexOf(' ') + 1;
        return texts.get("timeline.evidence.taken-from", evidence(note.substring(file)), note.substring(0, file - 1));
    }

    /** The part of a note after its arrow. */
    private static String day(String note) {
        return note.substring(note.indexOf(' ') + 1);
    }

    private String noticeName(TimelineEntry entry) {
        return texts.label("NoticeKind", entry.notice().kind());
    }

    private String recipients(TimelineEntry entry) {
        List<String> recipients = entry.notice().recipients();
        String named =
                recipients.stream().limit(NAMED).map(organization::personName).collect(joining("、"));
        return recipients.size() <= NAMED
                ? named
                : texts.get("timeline.several", named, Integer.toString(recipients.size()));
    }

    private String taskName(TimelineEntry entry) {
        return name(entry.task()).orElseGet(() -> texts.label(entry.refusal().attempt()));
    }

    /** The name of a user task, or of what a model asks for. */
    private Optional<String> name(String task) {
        return TaskContract.of(task)
                .map(contract -> texts.label((Enum<?>) contract))
                .or(() -> RequestProcess.of(task).map(texts::label));
    }

    private String reasons(TimelineEntry entry) {
        return entry.refusal().problems().stream().map(this::text).distinct().collect(joining(" "));
    }

    private String text(Problem problem) {
        Object[] arguments = problem.arguments().stream()
                .map(argument ->
                        argument instanceof CodeLabel label ? texts.label(label.kind(), label.code()) : argument)
                .toArray();
        return texts.get(problem.code(), arguments);
    }
}
