package org.guiling.item.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.LocalDate;
import java.util.List;
import org.guiling.item.RequestGround;
import org.guiling.item.RequestKind;
import org.guiling.item.Step;

/**
 * A fact of a timeline entry beside who, when and why. The database keeps it as JSON for good: a type that was once
 * written keeps its name and its components.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface TimelineFact {

    /** The fact in one line, as {@code /api} answers it and as former versions stored it; {@link FormerNotes} reads it. */
    String note();

    default TimelineDetail because(String why) {
        return TimelineDetail.of(this).because(why);
    }

    /** Result of a review, an approval, a signature, a verification, a look-back or a visit, as a code. */
    record Outcome(String outcome) implements TimelineFact {

        public static Outcome of(Enum<?> outcome) {
            return new Outcome(outcome.name());
        }

        /** Of who approves or returns what is laid before them. */
        public static Outcome approval(boolean approved) {
            return new Outcome(approved ? "APPROVE" : "RETURN");
        }

        @Override
        public String note() {
            return outcome;
        }
    }

    /** The handler of a claimed item, and the last day for the claim where that had passed. */
    record Claim(String handler, LocalDate missed) implements TimelineFact {
        @Override
        public String note() {
            return missed == null ? handler : handler + " " + missed;
        }
    }

    /** The other verifier on site: who is asked to confirm a finding, or whose finding is not confirmed. */
    record OtherVerifier(String verifier) implements TimelineFact {
        @Override
        public String note() {
            return verifier;
        }
    }

    /** The unit that should lead the item in the opinion of the one that declines it. */
    record SuggestedUnit(String unit) implements TimelineFact {
        @Override
        public String note() {
            return unit;
        }
    }

    /** The ruling on a decline: from which unit to which the item goes; no other where it stays. */
    record Redispatch(String from, String to) implements TimelineFact {
        @Override
        public String note() {
            return to == null ? "= " + from : from + " → " + to;
        }
    }

    /** The unit that answers for the item, before and now; the same where it has another place in the tree. */
    record UnitChange(String from, String to) implements TimelineFact {
        @Override
        public String note() {
            return from + " → " + to;
        }
    }

    /** The person who has the item or one of its tasks in hand, before and now. */
    record HandOver(String from, String to) implements TimelineFact {
        @Override
        public String note() {
            return from + " → " + to;
        }
    }

    /** A request that was made or taken back. */
    record Request(RequestKind kind) implements TimelineFact {
        @Override
        public String note() {
            return kind.name();
        }
    }

    /** One decision on a request. */
    record RequestDecision(RequestKind kind, boolean granted) implements TimelineFact {
        @Override
        public String note() {
            return kind + (granted ? " APPROVE" : " REFUSE");
        }
    }

    /** A card of the ladder by its rung, or the card of an objection. */
    record Card(String rung) implements TimelineFact {
        @Override
        public String note() {
            return rung;
        }
    }

    /** The ruling on an objection; one that is upheld lifts the card. */
    record ObjectionRuling(String rung, boolean upheld) implements TimelineFact {
        @Override
        public String note() {
            return rung + (upheld ? " UPHOLD" : " REJECT");
        }
    }

    /** The item of which this one is a part. */
    record PartOf(String itemNo) implements TimelineFact {
        @Override
        public String note() {
            return itemNo;
        }
    }

    /** The parts into which the item was split. */
    record Parts(List<String> itemNos) implements TimelineFact {
        @Override
        public String note() {
            return String.join(" ", itemNos);
        }
    }

    /** The day on which a suspension is reviewed. */
    record Suspension(LocalDate until) implements TimelineFact {
        @Override
        public String note() {
            return "→ " + until;
        }
    }

    /** The days by which a suspension moves dates. */
    record Paused(long days) implements TimelineFact {
        @Override
        public String note() {
            return Long.toString(days);
        }
    }

    /** The item that goes on for this one. */
    record MergedInto(String itemNo) implements TimelineFact {
        @Override
        public String note() {
            return "→ " + itemNo;
        }
    }

    /** The item for which this one goes on, and the level before and now where it has risen. */
    record MergedIn(String itemNo, Integer levelBefore, Integer level) implements TimelineFact {
        @Override
        public String note() {
            return "← " + itemNo + (level == null ? "" : " " + levelBefore + " " + level);
        }
    }

    /** The receipt of whom the item was transferred to. */
    record Receipt(String number) implements TimelineFact {
        @Override
        public String note() {
            return number;
        }
    }

    /** The ground on which the item was cancelled. */
    record Cancellation(RequestGround ground) implements TimelineFact {
        @Override
        public String note() {
            return ground.name();
        }
    }

    /** The round that begins. */
    record Round(int round) implements TimelineFact {
        @Override
        public String note() {
            return Integer.toString(round);
        }
    }

    /**
     * A version of a file, with its hash, so that the chain of the timeline covers the content.
     *
     * @param measure null for the item as a whole
     * @param takenFrom the number of the item that had the file already; null for an upload
     */
    record EvidenceFile(String takenFrom, Integer measure, int version, String sha256, String name)
            implements TimelineFact {

        public EvidenceFile takenFrom(String itemNo) {
            return new EvidenceFile(itemNo, measure, version, sha256, name);
        }

        @Override
        public String note() {
            String file = "%d %d %s %s".formatted(measure == null ? 0 : measure, version, sha256, name);
            return takenFrom == null ? file : takenFrom + " " + file;
        }
    }

    /** The day on which a closed item is looked back on. */
    record LookBack(LocalDate day) implements TimelineFact {
        @Override
        public String note() {
            return day.toString();
        }
    }

    /** A date before and now: of the item by an extension, or of a task or a look-back by a notice of the calendar. */
    record DateMoved(LocalDate from, LocalDate to, String notice) implements TimelineFact {
        @Override
        public String note() {
            return from + " → " + to + (notice == null ? "" : " · " + notice);
        }
    }

    /** The step in which a new version of the product counts the item; a migration writes it. */
    record StepMoved(Step step) implements TimelineFact {
        @Override
        public String note() {
            return step.name();
        }
    }

    /** The words of a person, or an old note in a form that no action has. */
    record Words(String text) implements TimelineFact {
        @Override
        public String note() {
            return text;
        }
    }
}
