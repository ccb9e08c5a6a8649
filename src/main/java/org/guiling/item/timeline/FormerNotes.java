package org.guiling.item.timeline;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.guiling.item.Action;
import org.guiling.item.RequestGround;
import org.guiling.item.RequestKind;
import org.guiling.item.Step;

/**
 * Reads notes of rows that were written before {@code V73}, when an entry had one line of text for its fact. These rows
 * are chained by their hashes and never change.
 */
final class FormerNotes {

    private static final String TO = " → ";

    private FormerNotes() {}

    /** The fact that a note tells; words where it tells none of its action, so that the note is never lost. */
    static TimelineFact read(Action action, String note) {
        try {
            TimelineFact fact = fact(action, note);
            return note.equals(fact.note()) ? fact : new TimelineFact.Words(note);
        } catch (RuntimeException e) {
            return new TimelineFact.Words(note);
        }
    }

    private static TimelineFact fact(Action action, String note) {
        return switch (action) {
            case REVIEW_REGISTRATION, APPROVE_PLAN, SIGN_OFF, VERIFY, LOOK_BACK, SPOT_CHECK ->
                new TimelineFact.Outcome(note);
            case CLAIM, OPEN_FAST_LANE -> claim(note.split(" "));
            case RECORD_FINDING, REFUSE_FINDING -> new TimelineFact.OtherVerifier(note);
            case DECLINE -> new TimelineFact.SuggestedUnit(note);
            case RULE_ON_DECLINE -> redispatch(note);
            case CHANGE_UNIT -> new TimelineFact.UnitChange(note.split(TO)[0], note.split(TO)[1]);
            case HAND_OVER -> new TimelineFact.HandOver(note.split(TO)[0], note.split(TO)[1]);
            case REQUEST -> new TimelineFact.Request(RequestKind.valueOf(note));
            case DECIDE_REQUEST -> decision(note.split(" "));
            case TAKE_BACK_REQUEST -> takenBack(note);
            case PROPOSE_CARD, ISSUE_CARD, DROP_CARD, VOID_CARD, TAKE_BACK_CARD, ANSWER_CARD, OBJECT ->
                new TimelineFact.Card(note);
            case RULE_ON_OBJECTION -> new TimelineFact.ObjectionRuling(note.split(" ")[0], note.endsWith(" UPHOLD"));
            case ASSIGN_PART -> new TimelineFact.PartOf(note);
            case SPLIT -> new TimelineFact.Parts(List.of(note.split(" ")));
            case SUSPEND -> new TimelineFact.Suspension(LocalDate.parse(note.substring(2)));
            case RESUME -> new TimelineFact.Paused(Long.parseLong(note));
            case MERGE -> merger(note.split(" "));
            case TRANSFER -> new TimelineFact.Receipt(note);
            case CANCEL -> new TimelineFact.Cancellation(RequestGround.valueOf(note));
            case REOPEN -> new TimelineFact.Round(Integer.parseInt(note));
            case ADD_EVIDENCE, REPLACE_EVIDENCE, RECORD_EVIDENCE, WITHDRAW_EVIDENCE -> file(null, note.split(" ", 4));
            case TAKE_OVER_EVIDENCE -> file(note.split(" ", 2)[0], note.split(" ", 2)[1].split(" ", 4));
            case CLOSE -> new TimelineFact.LookBack(LocalDate.parse(note));
            case EXTEND -> dateMoved(note);
            case DUE_MOVED -> note.contains(TO) ? dateMoved(note) : new TimelineFact.Paused(Long.parseLong(note));
            case STEP_MOVED -> new TimelineFact.StepMoved(Step.valueOf(note));
            default -> new TimelineFact.Words(note);
        };
    }

    /** The handler, and after a late claim the last day for it. */
    private static TimelineFact claim(String[] words) {
        return new TimelineFact.Claim(words[0], words.length == 1 ? null : LocalDate.parse(words[1]));
    }

    private static TimelineFact redispatch(String note) {
        String[] units = note.split(TO);
        return units.length == 2
                ? new TimelineFact.Redispatch(units[0], units[1])
                : new TimelineFact.Redispatch(note.substring(2), null);
    }

    private static TimelineFact decision(String[] words) {
        return new TimelineFact.RequestDecision(RequestKind.valueOf(words[0]), words[1].equals("APPROVE"));
    }

    /** A request is noted by its kind, an objection by the rung of the card. */
    private static TimelineFact takenBack(String note) {
        return Arrays.stream(RequestKind.values()).map(Enum::name).anyMatch(note::equals)
                ? new TimelineFact.Request(RequestKind.valueOf(note))
                : new TimelineFact.Card(note);
    }

    /** The other item behind an arrow, and the level before and now where it has risen. */
    private static TimelineFact merger(String[] words) {
        if (words[0].equals("→")) {
            return new TimelineFact.MergedInto(words[1]);
        }
        return words.length == 2
                ? new TimelineFact.MergedIn(words[1], null, null)
                : new TimelineFact.MergedIn(words[1], Integer.valueOf(words[2]), Integer.valueOf(words[3]));
    }

    /** Measure (0 for none), version, hash and name. */
    private static TimelineFact file(String takenFrom, String[] words) {
        return new TimelineFact.EvidenceFile(
                takenFrom,
                words[0].equals("0") ? null : Integer.valueOf(words[0]),
                Integer.parseInt(words[1]),
                words[2],
                words[3]);
    }

    private static TimelineFact dateMoved(String note) {
        String[] notice = note.split(" · ", 2);
        String[] days = notice[0].split(TO);
        return new TimelineFact.DateMoved(
                LocalDate.parse(days[0]), LocalDate.parse(days[1]), notice.length == 1 ? null : notice[1]);
    }
}
