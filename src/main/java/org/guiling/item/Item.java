package org.guiling.item;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.guiling.refusal.Problem;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.ReadOnlyProperty;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;

/**
 * One problem on its way to zero (事项). Its number is the business key of its process instance; status and step follow
 * the engine in the engine's own transaction.
 */
public class Item {

    @Id
    private Long id;

    @Version
    private int version;

    private final String itemNo;
    private ItemStatus status;
    private Step step;
    private int round;

    @Embedded.Nullable
    private Registration registration;

    private final String registeredBy;
    private final Instant registeredAt;
    private final Long importBatchId;
    private final String fingerprint;
    private final String parentNo;
    private final boolean fastLane;

    @Embedded.Nullable
    private Review review;

    @Embedded.Nullable
    private Responsibility responsibility;

    @Embedded.Nullable
    private Plan plan;

    private LocalDate originalDue;
    private LocalDate currentDue;
    private String dueBasis;
    /** Null where the source set the date, and in rows that are older: the view {@code item_clock} knows it then. */
    private LocalDate termBegan;

    @Embedded.Nullable
    private Outcome outcome;

    private LocalDate nextLook;
    private Long proposedCard;

    /**
     * All actions on the item with the people who did them, for the four eyes; read from the timeline together with the
     * item.
     */
    @ReadOnlyProperty
    private Set<String> actions = new HashSet<>();

    /** The numbers of its parts that have not ended, or of those that go on for one; read together with the item. */
    @ReadOnlyProperty
    private Set<String> openParts = new HashSet<>();

    @PersistenceCreator
    Item(
            String itemNo,
            String registeredBy,
            Instant registeredAt,
            Long importBatchId,
            String fingerprint,
            String parentNo,
            boolean fastLane) {
        this.itemNo = itemNo;
        this.registeredBy = registeredBy;
        this.registeredAt = registeredAt;
        this.importBatchId = importBatchId;
        this.fingerprint = fingerprint;
        this.parentNo = parentNo;
        this.fastLane = fastLane;
    }

    public static Item register(
            String itemNo, Registration registration, Origin origin, String registeredBy, Instant registeredAt) {
        return begin(
                new Item(itemNo, registeredBy, registeredAt, origin.importBatchId(), origin.fingerprint(), null, false),
                registration);
    }

    /** A part was reviewed with the whole, by nobody where that came on the fast lane: it is dispatched at once. */
    public static Item partOf(Item whole, String itemNo, Registration registration, String by, Instant at) {
        Item item = begin(new Item(itemNo, by, at, null, null, whole.itemNo(), false), registration);
        item.write(new Review(whole.review() == null ? null : whole.review().reviewedBy(), at, null));
        return item;
    }

    /** Registered, claimed and planned by one form. */
    public static Item onFastLane(String itemNo, Registration registration, String by, Instant at) {
        return begin(new Item(itemNo, by, at, null, null, null, true), registration);
    }

    private static Item begin(Item item, Registration registration) {
        item.status = ItemStatus.DRAFT;
        item.step = Step.INTAKE;
        item.round = 1;
        item.write(registration);
        return item;
    }

    /** A due date from the source document is the original one from the first day, even when it has passed. */
    public void write(Registration facts) {
        registration = facts;
        originalDue = facts.sourceDue();
        currentDue = facts.sourceDue();
        dueBasis = facts.sourceDueBasis();
    }

    public void write(Review decision) {
        review = decision;
    }

    public void write(Responsibility who) {
        responsibility = who;
    }

    public void write(Plan plan) {
        this.plan = plan;
    }

    public void write(Outcome outcome) {
        this.outcome = outcome;
    }

    /** @param today when the term (期限) begins: a fifth of it before the end the light turns yellow */
    public void fixDue(LocalDate due, String basis, LocalDate today) {
        originalDue = due;
        currentDue = due;
        dueBasis = basis;
        termBegan = today;
    }

    /** A merger moves the date in force within its term; the original date stays. */
    void moveDue(LocalDate due, String basis) {
        currentDue = due;
        dueBasis = basis;
    }

    /** An extension begins another term. */
    public void extendTo(LocalDate due, String basis, LocalDate today) {
        moveDue(due, basis);
        termBegan = today;
    }

    /** After a suspension the term is as long as it was, and as much of it is left. */
    public void resumeUntil(LocalDate due) {
        if (termBegan != null) {
            termBegan = termBegan.plusDays(ChronoUnit.DAYS.between(currentDue, due));
        }
        currentDue = due;
    }

    /** It goes on for another item as well (并案): the higher level, and the earlier date, where the other has one. */
    public void takeOver(int level, LocalDate due, String basis) {
        if (level > registration.level()) {
            registration = registration.withLevel(level);
        }
        if (due != null && currentDue == null) {
            write(registration.withSourceDue(due, basis));
        } else if (due != null && due.isBefore(currentDue)) {
            moveDue(due, basis);
        }
    }

    /** The same fact is back: the same item, not closed any more, one round on. */
    public void reopen(LocalDate reworkDue, LocalDate today) {
        outcome = outcome().reopened();
        beginNextRound(reworkDue, today);
        moveTo(Step.DEADLINE, ItemStatus.REWORK);
    }

    /** Another unit leads from now on. */
    public void dispatchTo(String leadUnit) {
        registration = registration.withLeadUnit(leadUnit);
    }

    /** Others answer for the same facts from now on; no date moves. */
    public void handOver(Registration facts, Responsibility who) {
        registration = facts;
        responsibility = who;
    }

    /** Another round of rework with a due date of its own; the original one stays. */
    public void beginNextRound(LocalDate reworkDue, LocalDate today) {
        round++;
        currentDue = reworkDue;
        termBegan = today;
    }

    public void moveTo(Step step, ItemStatus status) {
        this.step = step;
        this.status = status;
    }

    void setNextLook(LocalDate day) {
        nextLook = day;
    }

    void propose(Long card) {
        proposedCard = card;
    }

    public void remember(String personId, Action action) {
        actions.add(actionOf(personId, action));
    }

    /** True where the person has ever done this to the item, in whatever round. */
    public boolean wasDone(Action action, String personId) {
        return actions.contains(actionOf(personId, action));
    }

    /** Counts the changes of its row. */
    public int version() {
        return version;
    }

    /** True where nobody has written it or done anything to it since; both read from the database. */
    boolean isAsOf(Item later) {
        return version == later.version && actions.equals(later.actions);
    }

    private static String actionOf(String personId, Action action) {
        return personId + " " + action;
    }

    /** The item of which this is a part (父项), or null. */
    public String parentNo() {
        return parentNo;
    }

    /** True where its first three steps were one form (即办). */
    public boolean isOnFastLane() {
        return fastLane;
    }

    /** The parts of it that have not ended (子项), or what such a part was merged into, by their numbers in their order. */
    public List<String> openParts() {
        return openParts.stream().sorted().toList();
    }

    /** Nothing is finished, and nothing leaves the ledger, while a part of it is open (DOMAIN.md §3, 穿透). */
    public Optional<Problem> whilePartsAreOpen() {
        return openParts().isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(null, "refusal.parts-open", String.join("、", openParts())));
    }

    public Long id() {
        return id;
    }

    /** The number (编号), {@code ZG-2026-000123}. */
    public String itemNo() {
        return itemNo;
    }

    public ItemStatus status() {
        return status;
    }

    public Step step() {
        return step;
    }

    /** 1, and one more for each time it was returned for rework. */
    public int round() {
        return round;
    }

    public Registration registration() {
        return registration;
    }

    public String registeredBy() {
        return registeredBy;
    }

    public Instant registeredAt() {
        return registeredAt;
    }

    /** The import that brought it, or null. */
    public Long importBatchId() {
        return importBatchId;
    }

    /** Null before the review. */
    public Review review() {
        return review;
    }

    /** Null before the claim. */
    public Responsibility responsibility() {
        return responsibility;
    }

    /** Null before there is a plan. */
    public Plan plan() {
        return plan;
    }

    /** Never null; its parts are null until they happen. */
    public Outcome outcome() {
        return outcome == null ? Outcome.NONE : outcome;
    }

    /** The first due date that was set; never moved afterwards. Null until there is one. */
    public LocalDate originalDue() {
        return originalDue;
    }

    /** The due date in force. Null until there is one. */
    public LocalDate currentDue() {
        return currentDue;
    }

    public String dueBasis() {
        return dueBasis;
    }

    /**
     * Day on which supervision (督办) looks at it next: the timer's day. Null while nobody has to do anything about it.
     * Kept here because every step asks for it and none may cost a statement.
     */
    public LocalDate nextLook() {
        return nextLook;
    }

    /** The card that is proposed and not decided, by its id; null for none. Kept here as {@link #nextLook} is. */
    public Long proposedCard() {
        return proposedCard;
    }

    /** True where the source document, not the plan, sets the due date. */
    public boolean isDueFixedBySource() {
        return registration.sourceDue() != null;
    }

    public boolean isHandledBy(String personId) {
        return responsibility != null && personId.equals(responsibility.handler());
    }

    /** 重大 and above: the five ensures (五落实, DOMAIN.md §4). */
    public boolean needsFiveEnsures() {
        return registration.level() >= 3;
    }
}
