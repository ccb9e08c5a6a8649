package org.guiling.web.support;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.guiling.item.Action;
import org.guiling.item.CodeLabel;
import org.guiling.item.timeline.DueChange;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Organization;
import org.guiling.refusal.Problem;
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
    private final Map<Class<?>, BiFunction<TimelineFact, TimelineEntry, String>> wordings = new HashMap<>();

    TimelineTexts(Organization organization, Texts texts) {
        this.organization = organization;
        this.texts = texts;
        put(TimelineFact.Outcome.class, (fact, entry) -> outcome(fact, entry.action()));
        put(TimelineFact.Claim.class, this::claim);
        put(
                TimelineFact.OtherVerifier.class,
                (fact, entry) -> texts.get(
                        entry.action() == Action.RECORD_FINDING ? "timeline.finding" : "timeline.finding.back",
                        organization.personName(fact.verifier())));
        put(
                TimelineFact.SuggestedUnit.class,
                fact -> texts.get("timeline.suggested", organization.unitName(fact.unit())));
        put(TimelineFact.Redispatch.class, this::redispatch);
        put(TimelineFact.UnitChange.class, fact -> handedOver(fact.from(), fact.to(), organization::unitName));
        put(TimelineFact.HandOver.class, fact -> handedOver(fact.from(), fact.to(), organization::personName));
        put(TimelineFact.Request.class, fact -> texts.label(fact.kind()));
        put(
                TimelineFact.RequestDecision.class,
                fact -> texts.get(
                        "timeline.DECIDE_REQUEST." + (fact.granted() ? "APPROVE" : "REFUSE"),
                        texts.label(fact.kind())));
        put(TimelineFact.Card.class, (fact, entry) -> card(fact, entry.action()));
        put(
                TimelineFact.ObjectionRuling.class,
                fact -> texts.get(
                        "timeline.RULE_ON_OBJECTION." + (fact.upheld() ? "UPHOLD" : "REJECT"),
                        texts.label("Rung", fact.rung())));
        put(TimelineFact.PartOf.class, fact -> texts.get("timeline.part-of", fact.itemNo()));
        put(TimelineFact.Parts.class, TimelineFact.Parts::note);
        put(TimelineFact.Suspension.class, fact -> texts.get("timeline.until", fact.until()));
        put(TimelineFact.Paused.class, fact -> texts.get("timeline.paused", fact.note()));
        put(TimelineFact.MergedInto.class, fact -> texts.get("timeline.merged-into", fact.itemNo()));
        put(TimelineFact.MergedIn.class, this::mergedIn);
        put(TimelineFact.Receipt.class, fact -> texts.get("timeline.receipt", fact.number()));
        put(TimelineFact.Cancellation.class, fact -> texts.label(fact.ground()));
        put(TimelineFact.Round.class, fact -> texts.get("timeline.round", fact.note()));
        put(TimelineFact.EvidenceFile.class, this::evidence);
        put(TimelineFact.LookBack.class, fact -> texts.get("timeline.look-back", fact.day()));
        // The change of a date stands beside it; the oldest rows have nothing but the note.
        put(TimelineFact.DateMoved.class, (fact, entry) -> entry.due() == null ? fact.note() : null);
        put(TimelineFact.StepMoved.class, fact -> texts.get("timeline.STEP_MOVED", texts.label(fact.step())));
        put(TimelineFact.Words.class, TimelineFact.Words::text);
    }

    private <F extends TimelineFact> void put(Class<F> type, Function<F, String> wording) {
        put(type, (fact, entry) -> wording.apply(fact));
    }

    private <F extends TimelineFact> void put(Class<F> type, BiFunction<F, TimelineEntry, String> wording) {
        wordings.put(type, (fact, entry) -> wording.apply(type.cast(fact), entry));
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
        return entry.note() == null
                ? Optional.empty()
                : Optional.ofNullable(wordings.get(entry.fact().getClass()).apply(entry.fact(), entry));
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

    private String outcome(TimelineFact.Outcome fact, Action action) {
        return switch (action) {
            case VERIFY -> texts.label("VerificationResult", fact.outcome());
            case SPOT_CHECK -> texts.label("SpotCheckResult", fact.outcome());
            default -> texts.get("timeline." + action + "." + fact.outcome());
        };
    }

    private String claim(TimelineFact.Claim fact) {
        String handler = organization.personName(fact.handler());
        return fact.missed() == null
                ? texts.get("timeline.handler", handler)
                : texts.get("timeline.handler-late", handler, fact.missed());
    }

    private String redispatch(TimelineFact.Redispatch fact) {
        return fact.to() == null
                ? texts.get("ruling.KEEP")
                : texts.get(
                        "timeline.redispatched", organization.unitName(fact.from()), organization.unitName(fact.to()));
    }

    /** A unit that kept its items has another place in the tree. */
    private String handedOver(String from, String to, UnaryOperator<String> name) {
        return to.equals(from)
                ? texts.get("timeline.changed-place", name.apply(from))
                : texts.get("timeline.handed-over", name.apply(from), name.apply(to));
    }

    private String card(TimelineFact.Card fact, Action action) {
        String card = texts.label("Rung", fact.rung());
        return action == Action.TAKE_BACK_REQUEST ? texts.get("timeline.objection-to", card) : card;
    }

    private String mergedIn(TimelineFact.MergedIn fact) {
        return fact.level() == null
                ? texts.get("timeline.merged-in", fact.itemNo())
                : texts.get(
                        "timeline.merged-in.raised",
                        fact.itemNo(),
                        texts.label("Level", fact.levelBefore()),
                        texts.label("Level", fact.level()));
    }

    /** The hash stays in the record. */
    private String evidence(TimelineFact.EvidenceFile fact) {
        String name = fact.measure() == null
                ? texts.get("timeline.evidence.of-item", fact.name())
                : texts.get("timeline.evidence.of-measure", fact.measure().toString(), fact.name());
        String file = fact.version() == 1
                ? name
                : texts.get("timeline.evidence.version", name, Integer.toString(fact.version()));
        return fact.takenFrom() == null ? file : texts.get("timeline.evidence.taken-from", file, fact.takenFrom());
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
