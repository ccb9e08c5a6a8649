package org.guiling.item.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Registration;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Component;

/**
 * The verifiers (核查人员): from outside the responsible units, with nothing of the item's on their hands, and two on
 * site for a larger one (DOMAIN.md §1, step 4).
 */
@Component
public class VerificationTeam {

    private static final String FIELD = "coVerifiers";
    private static final int LEVEL_ON_SITE = 2;
    private static final int ON_SITE_VERIFIERS = 2;

    private final FourEyes fourEyes;
    private final Organization organization;

    VerificationTeam(FourEyes fourEyes, Organization organization) {
        this.fourEyes = fourEyes;
        this.organization = organization;
    }

    /**
     * The person who records it first, then the others.
     *
     * @throws RefusedException when one of the others is no verifier
     */
    public List<Person> of(Person verifier, Collection<String> others) {
        List<Person> all = new ArrayList<>();
        all.add(verifier);
        for (String id : new TreeSet<>(others)) {
            if (!id.equals(verifier.id())) {
                all.add(organization
                        .person(id)
                        .filter(person -> person.has(Role.VERIFIER))
                        .orElseThrow(() -> RefusedException.invalid(FIELD, "refusal.verification.unknown", id)));
            }
        }
        return all;
    }

    /** True where no unit of the person's, nor of whom they act for, leads or helps. */
    public boolean isFromOutside(Person person, Item item) {
        Registration facts = item.registration();
        return !person.belongsTo(facts.leadUnit()) && facts.coUnits().stream().noneMatch(person::belongsTo);
    }

    /** True where the person's units leave them free for the action; the four eyes are asked by themselves. */
    public boolean admits(Person person, Action action, Item item) {
        return !action.looksAtWork() || isFromOutside(person, item);
    }

    /** Number of verifiers that the item needs. */
    public int size(Item item) {
        return goesOnSite(item) ? ON_SITE_VERIFIERS : 1;
    }

    /** True where the item's level asks for several people on the spot (DOMAIN.md §1, step 4). */
    public static boolean goesOnSite(Item item) {
        return item.registration().level() >= LEVEL_ON_SITE;
    }

    /** Checks a team and its method for the action. */
    public void require(Gate gate, Item item, Action action, List<Person> team, VerificationMethod method) {
        for (Person verifier : team) {
            gate.require(isFromOutside(verifier, item), FIELD, "refusal.verification.own-unit", verifier.name())
                    .require(
                            fourEyes.conflict(item, action, verifier).isEmpty(),
                            FIELD,
                            "refusal.verification.excluded",
                            verifier.name());
        }
        if (goesOnSite(item)) {
            gate.require(method.isOnSite(), "verifyMethod", "refusal.verification.on-site")
                    .require(team.size() >= size(item), FIELD, "refusal.verification.two");
        }
    }
}
