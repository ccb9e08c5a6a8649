package org.guiling.evidence;

import java.time.Instant;
import java.util.List;
import org.guiling.evidence.content.EvidenceVersion;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;

/**
 * One piece of evidence at an item (佐证材料).
 *
 * @param measure the number of the measure that it shows; null for the item as a whole
 * @param round the round in which it came
 * @param takenFrom null where it was uploaded here
 * @param withdrawal null while it counts
 * @param concealed whether it is of a visit that is not recorded yet, of which nobody is to be warned
 * @param versions at least one, the oldest first
 */
public record Evidence(
        long id,
        String itemNo,
        Integer measure,
        Purpose purpose,
        int round,
        Source takenFrom,
        Withdrawal withdrawal,
        boolean concealed,
        List<EvidenceVersion> versions) {

    /** The purposes of evidence, by the people who add it. */
    public enum Purpose {
        /** Of those who work on the item: shows what was done. */
        RECTIFICATION,
        /** Of those who verify: shows what they found. */
        VERIFICATION,
        /** Of who visits for a spot check. */
        SPOT_CHECK
    }

    /** The piece that it was taken over from. */
    public record Source(long id, String itemNo) {}

    /** A withdrawal: by whom, when and why. */
    public record Withdrawal(String by, Instant at, String reason) {}

    public EvidenceVersion current() {
        return versions.get(versions.size() - 1);
    }

    /** True where the person uploaded any version of it. */
    boolean isFrom(Person person) {
        return versions.stream().anyMatch(version -> version.uploadedBy().equals(person.id()));
    }

    /** The current version as the timeline tells of it. */
    TimelineFact.EvidenceFile fact() {
        EvidenceVersion file = current();
        return new TimelineFact.EvidenceFile(null, measure, file.version(), file.sha256(), file.name());
    }

    /** True where it shows what was done: of those who work on the item, neither withdrawn nor infected. */
    boolean counts() {
        return purpose == Purpose.RECTIFICATION && !isWithdrawn() && current().scan() != EvidenceVersion.Scan.INFECTED;
    }

    /** True where the reader may know of it: what is concealed is there for nobody but who took it. */
    boolean isShownTo(Person reader) {
        return !concealed || isFrom(reader);
    }

    public boolean isWithdrawn() {
        return withdrawal != null;
    }
}
