package org.guiling.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.guiling.evidence.content.EvidenceVersion;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.request.Decomposition;
import org.guiling.item.timeline.Timeline;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Offers evidence that is held already, so that nobody is asked for it again (为基层减负, DOMAIN.md §3), and takes it over by
 * reference: its content is stored once.
 */
@Service
public class EvidenceOffers {

    /** Of an item that is split into hundreds of parts nobody reads all. */
    private static final int MAX_OFFERED = 500;

    private final VisibleItems visibleItems;
    private final Items items;
    private final ItemRecords itemRecords;
    private final Decomposition decomposition;
    private final Timeline timeline;
    private final EvidenceRecords records;
    private final EvidenceRights rights;
    private final CurrentPerson currentPerson;
    private final TransactionTemplate transaction;

    EvidenceOffers(
            VisibleItems visibleItems,
            Items items,
            ItemRecords itemRecords,
            Decomposition decomposition,
            Timeline timeline,
            EvidenceRecords records,
            EvidenceRights rights,
            CurrentPerson currentPerson,
            PlatformTransactionManager transactions) {
        this.visibleItems = visibleItems;
        this.items = items;
        this.itemRecords = itemRecords;
        this.decomposition = decomposition;
        this.timeline = timeline;
        this.records = records;
        this.rights = rights;
        this.currentPerson = currentPerson;
        this.transaction = new TransactionTemplate(transactions);
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
                .filter(evidence -> evidence.counts() && Objects.equals(evidence.measure(), measure))
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
                        evidence.counts() && !held.contains(evidence.current().sha256()))
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
    public AddedEvidence takeOver(String itemNo, long source, Integer measure, String note) {
        Item seen = visibleItems.get(itemNo);
        Person person = currentPerson.get();
        rights.requireMayAdd(seen, person);
        EvidenceRule.requireDescribed(measure == null ? List.of() : itemRecords.measures(seen), measure, note);
        return transaction.execute(status -> {
            Item item = items.getLocked(itemNo);
            Evidence.Purpose purpose = rights.requireMayAdd(item, person);
            Evidence offered = records.find(source)
                    .filter(evidence -> evidence.counts() && isWithinReach(item, evidence.itemNo()))
                    .orElseThrow(() -> RefusedException.notFound("refusal.evidence.no-offer"));
            EvidenceVersion file = offered.current();
            Optional<Evidence> held = records.held(itemNo, measure, purpose, file.sha256());
            if (held.isPresent()) {
                return new AddedEvidence(held.get(), false);
            }
            records.requireRoom(item);
            long id = records.insert(item, measure, purpose, offered.id());
            records.insertVersion(id, 1, file.name(), file.sha256(), note, person.id());
            Evidence taken = records.get(itemNo, id, person);
            timeline.append(
                    item, Action.TAKE_OVER_EVIDENCE, person, taken.fact().takenFrom(offered.itemNo()));
            return new AddedEvidence(taken, true);
        });
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
}
