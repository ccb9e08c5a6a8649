package org.guiling.web.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.guiling.evidence.Evidence;
import org.guiling.evidence.content.EvidenceVersion;

/**
 * One piece of evidence as a page shows it: the particulars of its current version, and all versions.
 *
 * @param current its particulars stand among those of the whole
 * @param measure left out for the item as a whole
 * @param takenFrom left out where it was uploaded here
 * @param mayReplace whether whoever asks may send another version
 * @param mayWithdraw whether whoever asks may withdraw it
 * @param withdrawn left out while it counts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EvidenceDocument(
        long id,
        @JsonUnwrapped VersionDocument current,
        Integer measure,
        Evidence.Purpose purpose,
        int round,
        Evidence.Source takenFrom,
        boolean mayReplace,
        boolean mayWithdraw,
        WithdrawalDocument withdrawn,
        List<VersionDocument> versions) {

    /** A withdrawal: by whom, when and why. */
    record WithdrawalDocument(String by, String byName, Instant at, String reason) {}

    /**
     * One of its versions, the oldest first.
     *
     * @param type the media type of the content
     * @param uploadedByName whose name a person reads
     * @param thumbnail whether {@code …/thumbnail} has a small picture
     * @param inline whether the content opens in the browser's window
     * @param available false where the store has lost the content, or it is in quarantine
     * @param scan UNSCANNED where no scanner has looked, CLEAN, or INFECTED
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VersionDocument(
            int version,
            String name,
            String type,
            long bytes,
            String sha256,
            String note,
            String uploadedBy,
            String uploadedByName,
            Instant at,
            boolean thumbnail,
            boolean inline,
            boolean available,
            EvidenceVersion.Scan scan) {}

    /** The names of people, which {@link EvidenceDocument} takes from elsewhere. */
    @FunctionalInterface
    interface Names {
        String of(String personId);
    }

    static EvidenceDocument of(Evidence evidence, boolean mayChange, Names names) {
        Evidence.Withdrawal withdrawal = evidence.withdrawal();
        return new EvidenceDocument(
                evidence.id(),
                version(evidence.current(), names),
                evidence.measure(),
                evidence.purpose(),
                evidence.round(),
                evidence.takenFrom(),
                mayChange,
                mayChange,
                withdrawal == null
                        ? null
                        : new WithdrawalDocument(
                                withdrawal.by(), names.of(withdrawal.by()), withdrawal.at(), withdrawal.reason()),
                evidence.versions().stream()
                        .map(version -> version(version, names))
                        .toList());
    }

    private static VersionDocument version(EvidenceVersion version, Names names) {
        return new VersionDocument(
                version.version(),
                version.name(),
                version.type().mediaType(),
                version.bytes(),
                version.sha256(),
                version.note(),
                version.uploadedBy(),
                names.of(version.uploadedBy()),
                version.at(),
                version.thumbnail(),
                version.inline(),
                version.available(),
                version.scan());
    }
}
