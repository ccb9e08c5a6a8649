package org.guiling.evidence;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.guiling.evidence.content.BusyException;
import org.guiling.evidence.content.Contents;
import org.guiling.evidence.content.EvidenceVersion;
import org.guiling.evidence.content.Thumbnails;
import org.guiling.evidence.content.UploadedFile;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.Measure;
import org.guiling.item.request.Decomposition;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineDetail;
import org.guiling.item.todo.PersonalData;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The evidence of items (佐证材料), for whoever is signed on: of an item that they may not see there is none. A file's
 * content is examined and stored before the transaction that names it, so that no connection to the database waits for a
 * disk; that transaction holds the item's row, the rows of evidence and the line of the timeline.
 */
@Service
public class EvidenceFiles {

    private static final int LONGEST_TEXT = 300;

    /** Of an item that is split into hundreds of parts nobody reads all. */
    private static final int MAX_OFFERED = 500;

    private final VisibleItems visibleItems;
    private final Items items;
    private final ItemRecords itemRecords;
    private final Decomposition decomposition;
    private final Timeline timeline;
    private final PersonalData personalData;
    private final EvidenceRecords records;
    private final EvidenceRights rights;
    private final Contents contents;
    private final Thumbnails thumbnails;
    private final CurrentPerson currentPerson;
    private final int fileLimit;
    private final TransactionTemplate transaction;

    EvidenceFiles(
            VisibleItems visibleItems,
            Items items,
            ItemRecords itemRecords,
            Decomposition decomposition,
            Timeline timeline,
            PersonalData personalData,
            EvidenceRecords records,
            EvidenceRights rights,
            Contents contents,
            Thumbnails thumbnails,
            CurrentPerson currentPerson,
            EvidenceProperties properties,
            PlatformTransactionManager transactions) {
        this.visibleItems = visibleItems;
        this.items = items;
        this.itemRecords = itemRecords;
        this.decomposition = decomposition;
        this.timeline = timeline;
        this.personalData = personalData;
        this.records = records;
        this.rights = rights;
        this.contents = contents;
        this.thumbnails = thumbnails;
        this.currentPerson = currentPerson;
        this.fileLimit = properties.mostFilesOfItem();
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The result of an upload: the evidence, and true where it is new rather than there already. */
    public record Added(Evidence evidence, boolean anew) {}

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
                .filter(evidence -> isShown(evidence, reader))
                .toList();
    }

    /** Each measure of the plan with what shows it; empty before there is a plan. */
    public List<MeasureCheck> checklist(String itemNo) {
        Item item = visibleItems.get(itemNo);
        Map<Integer, Long> files = records.of(itemNo).stream()
                .filter(evidence -> counts(evidence) && evidence.measure() != null)
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
     * Adds files, all or none. What the measure has already is not added again: an upload may be repeated.
     *
     * @param measure its number; null for the item as a whole
     * @param note may be null
     * @throws RefusedException when the person may not, a file is not one that may be uploaded, or there is no such measure
     */
    public List<Added> add(String itemNo, Integer measure, String note, List<UploadedFile> files) {
        Item seen = visibleItems.get(itemNo);
        Person person = currentPerson.get();
        rights.requireMayAdd(seen, person);
        requireMeasure(seen, measure);
        requireText(note, false, "note");
        List<Contents.Examined> examined = examine(files);
        examined.forEach(contents::keep);
        return transaction.execute(status -> {
            Item item = items.getLocked(itemNo);
            Evidence.Purpose purpose = rights.requireMayAdd(item, person);
            List<Added> added = new ArrayList<>();
            examined.forEach(file -> added.add(held(itemNo, measure, purpose, file.sha256())
                    .map(evidence -> new Added(evidence, false))
                    .orElseGet(() -> insert(item, measure, purpose, note, file, person))));
            return distinct(added);
        });
    }

    /**
     * Puts another version of a file in its place; the versions of before stay readable.
     *
     * @param note may be null
     * @throws RefusedException as for {@link #add}, and when the evidence was withdrawn or handed in
     */
    public Added replace(String itemNo, long id, String note, UploadedFile file) {
        Item seen = visibleItems.get(itemNo);
        Person person = currentPerson.get();
        rights.requireMayChange(seen, find(itemNo, id), person);
        requireText(note, false, "note");
        Contents.Examined examined = contents.examine(file);
        contents.keep(examined);
        return transaction.execute(status -> {
            Item item = items.getLocked(itemNo);
            Evidence before = find(itemNo, id);
            rights.requireMayChange(item, before, person);
            if (before.current().sha256().equals(examined.sha256())) {
                return new Added(before, false);
            }
            requireRoom(item);
            records.insertVersion(
                    id, before.current().version() + 1, examined.name(), examined.sha256(), note, person.id());
            Evidence after = find(itemNo, id);
            Action action = after.purpose() == Evidence.Purpose.RECTIFICATION
                    ? Action.REPLACE_EVIDENCE
                    : Action.RECORD_EVIDENCE;
            tell(item, after, action, person, TimelineDetail.of(after.line()));
            return new Added(after, true);
        });
    }

    /**
     * Takes a piece back: it counts no longer, and stays readable with who, when and why.
     *
     * @throws RefusedException when the person may not, it was withdrawn or handed in, or there is no reason
     */
    public Evidence withdraw(String itemNo, long id, String reason) {
        visibleItems.get(itemNo);
        Person person = currentPerson.get();
        requireText(reason, true, "reason");
        return transaction.execute(status -> {
            Item item = items.getLocked(itemNo);
            Evidence evidence = find(itemNo, id);
            rights.requireMayChange(item, evidence, person);
            records.withdraw(id, person.id(), reason);
            tell(
                    item,
                    evidence,
                    Action.WITHDRAW_EVIDENCE,
                    person,
                    TimelineDetail.of(evidence.line()).because(reason));
            return find(itemNo, id);
        });
    }

    /**
     * Evidence that is held already and need not be asked for again (为基层减负, DOMAIN.md §3): by the item's parts, by the
     * item of which it is a part, and by the item itself for another measure. Of those items only that the person may
     * see, and no more than anybody would choose from.
     *
     * @param measure for which something is looked for; null for the item as a whole
     */
    public List<Evidence> offers(String itemNo, Integer measure) {
        Item item = visibleItems.get(itemNo);
        List<Evidence> own = records.of(itemNo);
        Set<String> held = own.stream()
                .filter(evidence -> counts(evidence) && Objects.equals(evidence.measure(), measure))
                .map(evidence -> evidence.current().sha256())
                .collect(Collectors.toSet());
        List<Evidence> all = new ArrayList<>(own);
        for (String relative : relatives(item)) {
            if (all.size() < MAX_OFFERED) {
                all.addAll(records.of(relative));
            }
        }
        Map<String, Evidence> offers = new LinkedHashMap<>();
        all.stream()
                .filter(evidence ->
                        counts(evidence) && !held.contains(evidence.current().sha256()))
                .limit(MAX_OFFERED)
                .forEach(evidence -> offers.putIfAbsent(evidence.current().sha256(), evidence));
        return List.copyOf(offers.values());
    }

    /**
     * Takes over a file that is held already, by reference: its content is stored once.
     *
     * @param source the id of what {@link #offers} names
     * @param measure null for the item as a whole
     * @param note may be null
     * @throws RefusedException when the person may not, or nothing like that is on offer
     */
    public Added takeOver(String itemNo, long source, Integer measure, String note) {
        Item seen = visibleItems.get(itemNo);
        Person person = currentPerson.get();
        rights.requireMayAdd(seen, person);
        requireMeasure(seen, measure);
        requireText(note, false, "note");
        return transaction.execute(status -> {
            Item item = items.getLocked(itemNo);
            Evidence.Purpose purpose = rights.requireMayAdd(item, person);
            Evidence offered = records.find(source)
                    .filter(evidence -> counts(evidence) && isWithinReach(item, evidence.itemNo()))
                    .orElseThrow(() -> RefusedException.notFound("refusal.evidence.no-offer"));
            EvidenceVersion file = offered.current();
            Optional<Evidence> held = held(itemNo, measure, purpose, file.sha256());
            if (held.isPresent()) {
                return new Added(held.get(), false);
            }
            requireRoom(item);
            long id = records.insert(item, measure, purpose, offered.id());
            records.insertVersion(id, 1, file.name(), file.sha256(), note, person.id());
            Evidence taken = find(itemNo, id);
            timeline.append(item, Action.TAKE_OVER_EVIDENCE, person, offered.itemNo() + " " + taken.line());
            return new Added(taken, true);
        });
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
        EvidenceVersion wanted = version(find(itemNo, id), version);
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
        Evidence piece = find(itemNo, id);
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
        return version(find(itemNo, id), version);
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
        EvidenceVersion wanted = version(find(itemNo, id), version);
        if (!wanted.thumbnail()) {
            return Optional.empty();
        }
        personalData.fileShown(item, currentPerson.get());
        return thumbnails.open(wanted).map(stream -> new Content(wanted, stream));
    }

    /** Everything that is wrong with any of them, so that nobody repairs one file after the other. */
    private List<Contents.Examined> examine(List<UploadedFile> files) {
        List<Contents.Examined> examined = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        RefusedException.Kind kind = RefusedException.Kind.INVALID;
        for (UploadedFile file : files) {
            try {
                examined.add(contents.examine(file));
            } catch (RefusedException refused) {
                if (refused.kind() == RefusedException.Kind.UNAVAILABLE) {
                    throw refused;
                }
                kind = refused.kind() == RefusedException.Kind.UNPROCESSABLE ? refused.kind() : kind;
                problems.addAll(refused.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(kind, problems);
        }
        return examined;
    }

    private Added insert(
            Item item, Integer measure, Evidence.Purpose purpose, String note, Contents.Examined file, Person person) {
        requireRoom(item);
        long id = records.insert(item, measure, purpose, null);
        records.insertVersion(id, 1, file.name(), file.sha256(), note, person.id());
        Evidence evidence = find(item.itemNo(), id);
        Action action = purpose == Evidence.Purpose.RECTIFICATION ? Action.ADD_EVIDENCE : Action.RECORD_EVIDENCE;
        tell(item, evidence, action, person, TimelineDetail.of(evidence.line()));
        return new Added(evidence, true);
    }

    /** Appends the action to the timeline. The evidence of a visit is appended later, together with the visit. */
    private void tell(Item item, Evidence evidence, Action action, Person person, TimelineDetail detail) {
        if (!evidence.concealed()) {
            timeline.appendAction(item, action, person, detail);
        }
    }

    private void requireRoom(Item item) {
        if (records.countFiles(item) >= fileLimit) {
            throw RefusedException.conflict("refusal.evidence.full", fileLimit);
        }
    }

    private static boolean isShown(Evidence evidence, Person reader) {
        return !evidence.concealed() || evidence.isFrom(reader);
    }

    /** The measure's evidence with this content, if any. */
    private Optional<Evidence> held(String itemNo, Integer measure, Evidence.Purpose purpose, String sha256) {
        return records.of(itemNo).stream()
                .filter(evidence -> !evidence.isWithdrawn()
                        && evidence.purpose() == purpose
                        && Objects.equals(evidence.measure(), measure)
                        && evidence.current().sha256().equals(sha256))
                .findFirst();
    }

    /** The parts, and the whole; of these, the ones that the person may see. */
    private Set<String> relatives(Item item) {
        Set<String> relatives = new TreeSet<>();
        decomposition.partsOf(item).forEach(part -> relatives.add(part.itemNo()));
        if (item.parentNo() != null) {
            relatives.add(item.parentNo());
        }
        relatives.removeIf(itemNo -> !visibleItems.isVisible(itemNo));
        return relatives;
    }

    private boolean isWithinReach(Item item, String sourceItem) {
        return sourceItem.equals(item.itemNo()) || relatives(item).contains(sourceItem);
    }

    private Evidence find(String itemNo, long id) {
        return records.find(id)
                .filter(evidence -> evidence.itemNo().equals(itemNo) && isShown(evidence, currentPerson.get()))
                .orElseThrow(() -> RefusedException.notFound("refusal.evidence.unknown", Long.toString(id)));
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

    private void requireMeasure(Item item, Integer measure) {
        boolean known =
                measure == null || itemRecords.measures(item).stream().anyMatch(planned -> planned.seq() == measure);
        if (!known) {
            throw RefusedException.invalid("measure", "refusal.evidence.measure", measure);
        }
    }

    private static void requireText(String text, boolean required, String field) {
        new Gate()
                .require(!required || Gate.given(text), field, "refusal.evidence.reason")
                .require(text == null || text.length() <= LONGEST_TEXT, field, "refusal.evidence.long", LONGEST_TEXT)
                .pass();
    }

    private static boolean counts(Evidence evidence) {
        return evidence.purpose() == Evidence.Purpose.RECTIFICATION
                && !evidence.isWithdrawn()
                && evidence.current().scan() != EvidenceVersion.Scan.INFECTED;
    }

    /** A file that was sent twice in one upload is one piece. */
    private static List<Added> distinct(List<Added> added) {
        return List.copyOf(added.stream()
                .collect(Collectors.toMap(
                        one -> one.evidence().id(), Function.identity(), (first, second) -> first, LinkedHashMap::new))
                .values());
    }
}
