package org.guiling.item.record;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The finding of the first of two verifiers on site (双人核查), and the second one's answer to it by their own sign-on
 * (DOMAIN.md §1, step 4). It becomes a {@link Verification} when it is confirmed; one that is refused stays in the record.
 *
 * @param id 0 before it is stored
 * @param first id of who recorded it
 * @param others ids of those who went along, the one who is asked to confirm it first
 * @param callBack null unless the item is public-facing
 * @param answer null while it waits to be confirmed
 */
public record JointFinding(
        long id,
        int round,
        String first,
        List<String> others,
        VerificationMethod method,
        LocalDate verifiedOn,
        Set<Criterion> criteria,
        CallBack callBack,
        String callBackNote,
        String opinion,
        Instant recordedAt,
        Answer answer) {

    /** The answer of somebody other than the first verifier. */
    public record Answer(String by, boolean confirmed, String opinion, Instant at) {}

    /** The verification that it becomes; who confirmed it stands beside who recorded it. */
    public Verification confirmedBy(String second) {
        List<String> verifiers = Stream.concat(Stream.of(first, second), others.stream())
                .distinct()
                .toList();
        return new Verification(
                round,
                method,
                verifiers,
                verifiedOn,
                criteria,
                VerificationResult.PASS,
                callBack,
                callBackNote,
                opinion);
    }
}
