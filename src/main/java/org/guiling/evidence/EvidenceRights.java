package org.guiling.evidence;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.record.FourEyes;
import org.guiling.item.record.VerificationTeam;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Component;

/**
 * Decides who may add evidence to an item and withdraw it: those who work on it while it is open, those who may verify
 * it while it waits for that, and those who visit it for a spot check, closed or not. Callers check before that the
 * person may see the item; whoever may see it reads all evidence.
 */
@Component
class EvidenceRights {

    private static final Set<ItemStatus> HANDED_IN = EnumSet.of(ItemStatus.VERIFYING, ItemStatus.CLOSING);

    private static final Set<Role> OVERSEEING = EnumSet.of(Role.SUPERVISOR, Role.AUDIT_ADMINISTRATOR);

    private final FourEyes fourEyes;
    private final VerificationTeam team;
    private final VisitPhotos photos;

    EvidenceRights(FourEyes fourEyes, VerificationTeam team, VisitPhotos photos) {
        this.fourEyes = fourEyes;
        this.team = team;
        this.photos = photos;
    }

    /**
     * The purpose of a file that this person adds.
     *
     * @throws RefusedException when they may not add any
     */
    Evidence.Purpose requireMayAdd(Item item, Person person) {
        if (photos.visits(item, person)) {
            return Evidence.Purpose.SPOT_CHECK;
        }
        if (!item.status().isOpen()) {
            throw RefusedException.conflict("refusal.evidence.closed", item.itemNo());
        }
        if (worksOn(item, person)) {
            fourEyes.check(item, Action.ADD_EVIDENCE, person);
            return Evidence.Purpose.RECTIFICATION;
        }
        if (verifies(item, person)) {
            return Evidence.Purpose.VERIFICATION;
        }
        throw RefusedException.forbidden("refusal.evidence.who");
    }

    /** @throws RefusedException when they may neither withdraw it nor put another version in its place */
    void requireMayChange(Item item, Evidence evidence, Person person) {
        if (evidence.isWithdrawn()) {
            throw RefusedException.conflict(
                    "refusal.evidence.withdrawn", evidence.current().name());
        }
        Evidence.Purpose own = requireMayAdd(item, person);
        boolean others = evidence.purpose() != Evidence.Purpose.RECTIFICATION && !evidence.isFrom(person);
        if (own != evidence.purpose() || others) {
            throw RefusedException.forbidden("refusal.evidence.others");
        }
        if (own == Evidence.Purpose.RECTIFICATION && HANDED_IN.contains(item.status())) {
            throw RefusedException.conflict("refusal.evidence.handed-in");
        }
    }

    /** The same as an answer. */
    boolean mayChange(Item item, Evidence evidence, Person person) {
        try {
            requireMayChange(item, evidence, person);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    /**
     * True where the person reads originals, with where a photo was taken: those who verify, as far as they see the item and
     * are from outside, and those who oversee the work or audit what was done, of the items that they see.
     */
    boolean mayReadOriginals(Item item, Person person) {
        boolean verifies = person.has(Role.VERIFIER)
                && team.isFromOutside(person, item)
                && fourEyes.conflict(item, Action.VERIFY, person).isEmpty();
        return verifies || OVERSEEING.stream().anyMatch(person::has);
    }

    /** The handlers of the units that lead and help, and who was named to do the work. */
    private static boolean worksOn(Item item, Person person) {
        Stream<String> units =
                Stream.concat(Stream.of(item.registration().leadUnit()), item.registration().coUnits().stream());
        return person.selfAndAbsentees().stream().anyMatch(item::isHandledBy)
                || units.anyMatch(unit -> person.has(Role.HANDLER, unit));
    }

    private boolean verifies(Item item, Person person) {
        return item.status() == ItemStatus.VERIFYING
                && person.has(Role.VERIFIER)
                && team.isFromOutside(person, item)
                && fourEyes.conflict(item, Action.VERIFY, person).isEmpty();
    }
}
