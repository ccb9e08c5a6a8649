package org.guiling.evidence;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.guiling.evidence.content.BusyException;
import org.guiling.evidence.content.Contents;
import org.guiling.evidence.content.EvidenceVersion;
import org.guiling.evidence.content.Thumbnails;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.Measure;
import org.guiling.item.todo.PersonalData;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Service;

/** The evidence of items (佐证材料), for whoever is signed on: of an item that they may not see there is none. */
@Service
public class EvidenceFiles {

    private final VisibleItems visibleItems;
    private final ItemRecords itemRecords;
    private final PersonalData personalData;
    private final EvidenceRecords records;
    private final EvidenceRights rights;
    private final Contents contents;
    private final Thumbnails thumbnails;
    private final CurrentPerson currentPerson;

    EvidenceFiles(
            VisibleItems visibleItems,
            ItemRecords itemRecords,
            PersonalData personalData,
            EvidenceRecords records,
            EvidenceRights rights,
            Contents contents,
            Thumbnails thumbnails,
            CurrentPerson currentPerson) {
        this.visibleItems = visibleItems;
        this.itemRecords = itemRecords;
        this.personalData = personalData;
        this.records = records;
        this.rights = rights;
        this.contents = contents;
        this.thumbnails = thumbnails;
        this.currentPerson = currentPerson;
    }

    /**
     * The evidence of a measure, for the list of acceptance (验收清单).
     *
     * @param files of those who work on the item, which were not withdrawn
     * @param lacking whether neither a file nor a word of the handler shows it
     */
    public record MeasureCheck(Measure measure, int files, boolean lacking) {}

    /** A version and its content, to be closed by whoever reads it. */
    public record Content(EvidenceVersion version, InputStream stream) {}

    /** All evidence of an item, also what was withdrawn, the oldest first. */
    public List<Evidence> of(String itemNo) {
        visibleItems.get(itemNo);
        Person reader = currentPerson.get();
        return records.of(itemNo).stream()
                .filter(evidence -> evidence.isShownTo(reader))
                .toList();
    }

    /** Each measure of the plan with what shows it; empty before there is a plan. */
    public List<MeasureCheck> checklist(String itemNo) {
        Item item = visibleItems.get(itemNo);
        Map<Integer, Long> files = records.of(itemNo).stream()
                .filter(evidence -> evidence.counts() && evidence.measure() != null)
                .collect(Collectors.groupingBy(Evidence::measure, Collectors.counting()));
        return itemRecords.measures(item).stream()
                .map(measure -> {
                    int held = files.getOrDefault(measure.seq(), 0L).intValue();
                    return new MeasureCheck(measure, held, held == 0 && !Gate.given(measure.evidence()));
                })
                .toList();
    }

    /**
     * Asks before anything is read whether the person may add evidence.
     *
     * @throws RefusedException when they may not
     */
    public void requireMayAdd(String itemNo) {
        rights.requireMayAdd(visibleItems.get(itemNo), currentPerson.get());
    }

    /** True where the person may withdraw a piece of the item or put another version in its place. */
    public boolean mayChange(Item item, Evidence evidence) {
        return rights.mayChange(item, evidence, currentPerson.get());
    }

    /**
     * A file's content, without where a picture or film was taken; its hash is that of the original all the same.
     *
     * @param version null for the current one
     * @throws RefusedException when there is no such evidence or version, the store does not have it, or it cannot be told
     *     where the place stands
     */
    public Content open(String itemNo, long id, Integer version) {
        Item item = visibleItems.get(itemNo);
        EvidenceVersion wanted = version(records.get(itemNo, id, currentPerson.get()), version);
        // Before anything leaves, so that a download that breaks off is there as well.
        personalData.fileShown(item, currentPerson.get());
        return new Content(wanted, contents.openWithoutLocation(wanted));
    }

    /** True where the person may read the files of the item as they were uploaded. */
    public boolean mayReadOriginals(Item item) {
        return rights.mayReadOriginals(item, currentPerson.get());
    }

    /**
     * A file as it was uploaded, byte for byte, with where it was taken; who read it is in the audit trail, each time.
     *
     * @param version null for the current one
     * @throws RefusedException when the person may not, or as for {@link #open}
     */
    public Content openOriginal(String itemNo, long id, Integer version) {
        Item item = visibleItems.get(itemNo);
        Person person = currentPerson.get();
        Evidence piece = records.get(itemNo, id, currentPerson.get());
        if (!rights.mayReadOriginals(item, person)) {
            throw RefusedException.forbidden("refusal.evidence.original");
        }
        EvidenceVersion wanted = version(piece, version);
        InputStream content = contents.open(wanted);
        // Before anything leaves, so that a download that breaks off is there as well.
        personalData.originalRead(item, person, id, wanted.version(), wanted.sha256());
        return new Content(wanted, content);
    }

    /**
     * The particulars of a file without its content.
     *
     * @param version null for the current one
     * @throws RefusedException when there is no such evidence or version
     */
    public EvidenceVersion version(String itemNo, long id, Integer version) {
        visibleItems.get(itemNo);
        return version(records.get(itemNo, id, currentPerson.get()), version);
    }

    /**
     * The small picture of an image, as JPEG; empty where there is none.
     *
     * @param version null for the current one
     * @throws RefusedException when there is no such evidence or version, or the store does not have it
     * @throws BusyException when too many are being made
     */
    public Optional<Content> openThumbnail(String itemNo, long id, Integer version) {
        Item item = visibleItems.get(itemNo);
        EvidenceVersion wanted = version(records.get(itemNo, id, currentPerson.get()), version);
        if (!wanted.thumbnail()) {
            return Optional.empty();
        }
        personalData.fileShown(item, currentPerson.get());
        return thumbnails.open(wanted).map(stream -> new Content(wanted, stream));
    }

    private static EvidenceVersion version(Evidence evidence, Integer version) {
        return version == null
                ? evidence.current()
                : evidence.versions().stream()
                        .filter(candidate -> candidate.version() == version)
                        .findFirst()
                        .orElseThrow(() ->
                                RefusedException.notFound("refusal.evidence.unknown", evidence.id() + "/" + version));
    }
}
