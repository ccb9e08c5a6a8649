package org.guiling.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.guiling.evidence.content.Contents;
import org.guiling.evidence.content.UploadedFile;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineDetail;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds, replaces and withdraws evidence, for whoever is signed on. A file's content is examined and stored before the
 * transaction that names it, so that no connection to the database waits for a disk; that transaction holds the item's row,
 * the rows of evidence and the line of the timeline.
 */
@Service
public class EvidenceChanges {

    private final VisibleItems visibleItems;
    private final Items items;
    private final ItemRecords itemRecords;
    private final Timeline timeline;
    private final EvidenceRecords records;
    private final EvidenceRights rights;
    private final Contents contents;
    private final CurrentPerson currentPerson;
    private final TransactionTemplate transaction;

    EvidenceChanges(
            VisibleItems visibleItems,
            Items items,
            ItemRecords itemRecords,
            Timeline timeline,
            EvidenceRecords records,
            EvidenceRights rights,
            Contents contents,
            CurrentPerson currentPerson,
            PlatformTransactionManager transactions) {
        this.visibleItems = visibleItems;
        this.items = items;
        this.itemRecords = itemRecords;
        this.timeline = timeline;
        this.records = records;
        this.rights = rights;
        this.contents = contents;
        this.currentPerson = currentPerson;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Adds files, all or none. What the measure has already is not added again: an upload may be repeated.
     *
     * @param measure its number; null for the item as a whole
     * @param note may be null
     * @throws RefusedException when the person may not, a file is not one that may be uploaded, or there is no such measure
     */
    public List<AddedEvidence> add(String itemNo, Integer measure, String note, List<UploadedFile> files) {
        Item seen = visibleItems.get(itemNo);
        Person person = currentPerson.get();
        rights.requireMayAdd(seen, person);
        EvidenceRule.requireDescribed(measure == null ? List.of() : itemRecords.measures(seen), measure, note);
        List<Contents.Examined> examined = examine(files);
        examined.forEach(contents::keep);
        return transaction.execute(status -> {
            Item item = items.getLocked(itemNo);
            Evidence.Purpose purpose = rights.requireMayAdd(item, person);
            List<AddedEvidence> added = new ArrayList<>();
            examined.forEach(file -> added.add(records.held(itemNo, measure, purpose, file.sha256())
                    .map(evidence -> new AddedEvidence(evidence, false))
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
    public AddedEvidence replace(String itemNo, long id, String note, UploadedFile file) {
        Item seen = visibleItems.get(itemNo);
        Person person = currentPerson.get();
        rights.requireMayChange(seen, records.get(itemNo, id, person), person);
        EvidenceRule.requireNote(note);
        Contents.Examined examined = contents.examine(file);
        contents.keep(examined);
        return transaction.execute(status -> {
            Item item = items.getLocked(itemNo);
            Evidence before = records.get(itemNo, id, person);
            rights.requireMayChange(item, before, person);
            if (before.current().sha256().equals(examined.sha256())) {
                return new AddedEvidence(before, false);
            }
            records.requireRoom(item);
            records.insertVersion(
                    id, before.current().version() + 1, examined.name(), examined.sha256(), note, person.id());
            Evidence after = records.get(itemNo, id, person);
            Action action = after.purpose() == Evidence.Purpose.RECTIFICATION
                    ? Action.REPLACE_EVIDENCE
                    : Action.RECORD_EVIDENCE;
            tell(item, after, action, person, TimelineDetail.of(after.fact()));
            return new AddedEvidence(after, true);
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
        EvidenceRule.requireReason(reason);
        return transaction.execute(status -> {
            Item item = items.getLocked(itemNo);
            Evidence evidence = records.get(itemNo, id, person);
            rights.requireMayChange(item, evidence, person);
            records.withdraw(id, person.id(), reason);
            tell(
                    item,
                    evidence,
                    Action.WITHDRAW_EVIDENCE,
                    person,
                    evidence.fact().because(reason));
            return records.get(itemNo, id, person);
        });
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

    private AddedEvidence insert(
            Item item, Integer measure, Evidence.Purpose purpose, String note, Contents.Examined file, Person person) {
        records.requireRoom(item);
        long id = records.insert(item, measure, purpose, null);
        records.insertVersion(id, 1, file.name(), file.sha256(), note, person.id());
        Evidence evidence = records.get(item.itemNo(), id, person);
        Action action = purpose == Evidence.Purpose.RECTIFICATION ? Action.ADD_EVIDENCE : Action.RECORD_EVIDENCE;
        tell(item, evidence, action, person, TimelineDetail.of(evidence.fact()));
        return new AddedEvidence(evidence, true);
    }

    /** Appends the action to the timeline. The evidence of a visit is appended later, together with the visit. */
    private void tell(Item item, Evidence evidence, Action action, Person person, TimelineDetail detail) {
        if (!evidence.concealed()) {
            timeline.appendAction(item, action, person, detail);
        }
    }

    /** A file that was sent twice in one upload is one piece. */
    private static List<AddedEvidence> distinct(List<AddedEvidence> added) {
        return List.copyOf(added.stream()
                .collect(Collectors.toMap(
                        one -> one.evidence().id(), Function.identity(), (first, second) -> first, LinkedHashMap::new))
                .values());
    }
}
