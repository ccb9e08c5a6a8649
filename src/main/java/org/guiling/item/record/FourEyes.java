package org.guiling.item.record;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.rule.FourEyesRule;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Component;

/** Asks the {@link FourEyesRule} with what the record knows of an item. */
@Component
public class FourEyes {

    private final ItemRecords records;

    FourEyes(ItemRecords records) {
        this.records = records;
    }

    /**
     * Asks the same of those for whom the person acts today: a substitute never approves what the absent person made.
     *
     * @throws RefusedException when their work stands in the way of the action
     */
    public void check(Item item, Action action, Person person) {
        conflict(item, action, person).ifPresent(conflict -> {
            if (action != conflict) {
                throw RefusedException.forbidden("refusal.four-eyes", action, conflict);
            }
            throw RefusedException.forbidden(
                    action == Action.VERIFY ? "refusal.four-eyes.falsified" : "refusal.closure.signed-before");
        });
    }

    /** The person's earlier action on the item, or their present one, that excludes them from this action. */
    public Optional<Action> conflict(Item item, Action action, Person person) {
        return FourEyesRule.conflict(item, action, person, new RecordedFacts(item, action));
    }

    /** Those of the people whose work does not stand in the way of the action; in the same order. */
    public List<Person> unhindered(Item item, Action action, Collection<Person> people) {
        RecordedFacts facts = new RecordedFacts(item, action);
        return people.stream()
                .filter(person ->
                        FourEyesRule.conflict(item, action, person, facts).isEmpty())
                .toList();
    }

    /** Reads each fact once at most, however many people are asked about. */
    private final class RecordedFacts implements FourEyesRule.Facts {

        private final Item item;
        private final Action action;
        private Set<String> signers;
        private Set<String> verifiers;
        private Optional<String> firstVerifier;

        RecordedFacts(Item item, Action action) {
            this.item = item;
            this.action = action;
        }

        @Override
        public Set<String> signers() {
            if (signers == null) {
                signers = switch (action) {
                    case SIGN_OFF -> records.signers(item);
                    case DECIDE_REQUEST -> records.approversOfRequest(item);
                    default -> Set.of();
                };
            }
            return signers;
        }

        @Override
        public Set<String> verifiers() {
            if (verifiers == null) {
                verifiers = records.verifierIds(item);
            }
            return verifiers;
        }

        @Override
        public Optional<String> firstVerifier() {
            if (firstVerifier == null) {
                firstVerifier = records.findingToConfirm(item).map(JointFinding::first);
            }
            return firstVerifier;
        }

        @Override
        public boolean passedFalsifiedWork(String person) {
            return records.passedFalsifiedWork(item, person);
        }
    }
}
