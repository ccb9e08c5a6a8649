package org.guiling.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.guiling.engine.property.ItemState.EngineTask;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;

/** One sequence on its way: makes its moves one after the other, and looks after each whether all is still true. */
final class Story {

    private final Desk desk;
    private final WholeRecord record;
    private final MoveCount count;
    private final long lastItemBefore;
    private final List<String> done = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private List<ItemState> now = List.of();

    Story(Desk desk, WholeRecord record, MoveCount count) {
        this.desk = desk;
        this.record = record;
        this.count = count;
        this.lastItemBefore = record.lastItem();
    }

    /** The moves so far, a line for each. */
    String told() {
        String told = String.join("\n  ", lines);
        for (int i = 0; i < now.size(); i++) {
            told = told.replace(now.get(i).itemNo(), "item " + (i + 1));
        }
        return told;
    }

    /** An item that the story is about. */
    void begin(int variant) {
        Person registrar = variant % 7 == 6
                ? Choice.pick(desk.staff().versatile(), variant)
                : desk.staff().person("registrar");
        Map<String, Object> facts = Situation.registration(today(), variant);
        lines.add("%s: REGISTER by %s: level %s, %s, date of the source %s"
                .formatted(
                        today(),
                        registrar.id(),
                        facts.get("level"),
                        facts.get("leadUnit"),
                        facts.getOrDefault("originalDue", "none")));
        Instant from = desk.clock().instant();
        desk.as(registrar.id(), () -> desk.itemProcesses().register(facts));
        look(Move.REGISTER, registrar.id(), from);
        count.made(Move.REGISTER);
    }

    void goOn(Choice choice) {
        ItemState item = now.get(choice.other() ? now.size() - 1 : 0);
        Move move = Move.of(choice, item);
        List<String> others = now.stream()
                .map(ItemState::itemNo)
                .filter(itemNo -> !itemNo.equals(item.itemNo()))
                .toList();
        move.action()
                .attempt(new Situation(desk, item, others, done, choice))
                .ifPresent(attempt -> make(move, attempt, item));
    }

    private void make(Move move, Attempt attempt, ItemState item) {
        String line = "%s: %s of %s by %s: %s%s"
                .formatted(
                        today(),
                        move,
                        item.itemNo(),
                        attempt.person() == null ? "nobody" : attempt.person(),
                        attempt.what(),
                        attempt.illegal() == null ? "" : " (illegal: " + attempt.illegal() + ")");
        lines.add(line + " …");
        Instant from = desk.clock().instant();
        Optional<RuntimeException> refusal = refusalOf(attempt);
        lines.set(
                lines.size() - 1,
                line + refusal.map(no -> " → refused: " + firstLine(no)).orElse(" → made"));
        if (refusal.isPresent()) {
            nothingHappened(move);
            count.refused(move);
        } else {
            assertThat(attempt.illegal())
                    .as("why the move should have been refused")
                    .isNull();
            look(move, attempt.person(), from);
            count.made(move);
        }
    }

    private static Optional<RuntimeException> refusalOf(Attempt attempt) {
        try {
            attempt.work().run();
            return Optional.empty();
        } catch (RuntimeException e) {
            if (isRefusal(e)) {
                return Optional.of(e);
            }
            throw e;
        }
    }

    /** A rule's no, the engine's own no, or that nobody is signed on; anything else is a fault of the product. */
    private static boolean isRefusal(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException
                    || cause instanceof NullValueException
                    || cause instanceof SuspendedEntityInteractionException
                    || "Nobody is signed on".equals(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    private void nothingHappened(Move move) {
        List<ItemState> after = read(move);
        assertThat(after.stream().map(ItemState::rows).toList())
                .as("what is stored after a refusal%n%s", WholeRecord.difference(now, after))
                .isEqualTo(now.stream().map(ItemState::rows).toList());
    }

    private void look(Move move, String person, Instant from) {
        List<ItemState> before = now;
        now = read(move);
        Invariants.check(now);
        now.forEach(item -> Invariants.somebodyCanAct(item, desk.staff()));
        for (int i = 0; i < before.size(); i++) {
            Invariants.check(before.get(i), now.get(i));
            remember(before.get(i), now.get(i));
        }
        if (move.isRecorded()) {
            Invariants.checkRecorded(before, now, person, from, desk.clock().instant());
        }
    }

    /** Only one kind of move may add an item. */
    private List<ItemState> read(Move move) {
        List<String> numbers = move.mayAddItems()
                ? record.numbersAfter(lastItemBefore)
                : now.stream().map(ItemState::itemNo).toList();
        return numbers.stream().map(record::of).toList();
    }

    private void remember(ItemState before, ItemState after) {
        List<String> waiting = after.tasks().stream().map(EngineTask::id).toList();
        before.tasks().stream()
                .map(EngineTask::id)
                .filter(id -> !waiting.contains(id))
                .forEach(done::add);
    }

    private LocalDate today() {
        return LocalDate.now(desk.clock());
    }

    private static String firstLine(RuntimeException refusal) {
        return String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
    }
}
