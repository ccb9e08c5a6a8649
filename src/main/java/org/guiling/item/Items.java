package org.guiling.item;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The items as a whole: finds one, numbers a new one, keeps one true. Within a transaction an item is read once and
 * written once, at the end: what a step records and where the engine moves on to are one update.
 */
@Component
public class Items {

    private final ItemRepository repository;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    Items(ItemRepository repository, JdbcClient jdbc, OfficeClock clock) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Optional<Item> find(String itemNo) {
        Item known = TransactionWork.isPossible() ? work().known.get(itemNo) : null;
        return known == null ? repository.findByItemNo(itemNo).map(this::known) : Optional.of(known);
    }

    /**
     * The item at which a task waits, {@link #getLocked locked}; empty when no such task does.
     *
     * @throws OptimisticLockingFailureException when the task was done while this waited for the item
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Item> lockedOfTask(String taskId) {
        Optional<String> itemNo = jdbc.sql(
                        "select item_no from item where id = (select item_id from to_do where task_id = ?)")
                .param(taskId)
                .query(String.class)
                .optional();
        itemNo.ifPresent(waitingAt -> lock(List.of(waitingAt)));
        return itemNo.map(waitingAt -> known(repository
                .findByTask(taskId)
                .orElseThrow(() -> new OptimisticLockingFailureException("Task " + taskId + " is gone"))));
    }

    /** One object for each item of a transaction. */
    private Item known(Item found) {
        Item first = TransactionWork.isPossible() ? work().known.putIfAbsent(found.itemNo(), found) : null;
        return first == null ? found : first;
    }

    /** @throws RefusedException when there is no such item */
    public Item get(String itemNo) {
        return find(itemNo).orElseThrow(() -> RefusedException.notFound("refusal.item-unknown", itemNo));
    }

    /**
     * The item as it is now and stays until the transaction ends: whoever would change its row waits. The first lock of
     * whatever changes an item or writes into its timeline; two that take it have no other order between them.
     *
     * @throws RefusedException when there is no such item
     * @throws OptimisticLockingFailureException when the transaction has read it before, and it is another one by now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Item getLocked(String itemNo) {
        if (itemNo != null) {
            lock(List.of(itemNo));
        }
        return get(itemNo);
    }

    /**
     * Locks items as {@link #getLocked} does, in the one order that all take. Where a transaction comes to an item out of
     * this order, it does not wait: it might be waited for.
     *
     * @throws org.springframework.dao.PessimisticLockingFailureException when one is locked that comes before one of the
     *     transaction's
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(Collection<String> itemNos) {
        Work work = work();
        Set<String> open = new TreeSet<>(itemNos);
        open.removeAll(work.locked);
        if (open.isEmpty()) {
            return;
        }
        boolean inOrder = work.locked.isEmpty()
                || work.locked.last().compareTo(open.iterator().next()) < 0;
        jdbc.sql("select from item where item_no = any (?) order by item_no collate \"C\" for no key update"
                        + (inOrder ? "" : " nowait"))
                .param(open.toArray(String[]::new))
                .query((row, index) -> true)
                .list();
        work.locked.addAll(open);
        open.stream().map(work.known::get).filter(Objects::nonNull).forEach(this::requireCurrent);
    }

    /** Refuses to decide on an item as it was before it was locked. */
    private void requireCurrent(Item read) {
        Item now = repository.findByItemNo(read.itemNo()).orElseThrow();
        if (!read.isAsOf(now)) {
            throw new OptimisticLockingFailureException(read.itemNo() + " has changed since it was read");
        }
    }

    /** True where nothing was ever registered. */
    public boolean areEmpty() {
        return jdbc.sql("select not exists (select from item)")
                .query(Boolean.class)
                .single();
    }

    /** Keeps status and step true to where the engine waits now. */
    @Transactional
    public void moveTo(String itemNo, Step step, ItemStatus status) {
        Item item = get(itemNo);
        boolean rework = status == ItemStatus.RECTIFYING && item.round() > 1;
        item.moveTo(step, rework ? ItemStatus.REWORK : status);
        save(item);
    }

    /** Notes when supervision looks at the item next; null when it does no longer. */
    @Transactional
    public void setNextLook(Item item, LocalDate day) {
        item.setNextLook(day);
        save(item);
    }

    /** Notes the card that is proposed; null when it is decided or void. */
    @Transactional
    public void propose(Item item, Long card) {
        item.propose(card);
        save(item);
    }

    /** The items that somebody has to do something about and nobody watches: those of an older version. */
    public List<String> unwatched() {
        return jdbc.sql("""
                        select item_no from item join item_clock clock on clock.item_id = item.id
                        where next_look is null and exists (select from to_do where item_id = item.id and not paused)
                          and clock.open and clock.status <> 'SUSPENDED'
                        order by id""").query(String.class).list();
    }

    /** The items whose supervision may move when a year of the calendar is loaded. */
    public List<String> watchedFrom(LocalDate day) {
        return jdbc.sql("""
                        select item_no from item
                        where next_look >= :day
                          or next_look is not null
                            and exists (select from to_do where item_id = item.id and due >= :day)
                        order by id""").param("day", day).query(String.class).list();
    }

    /** Notes a change, to be written when the transaction ends. A new item is written at once: it needs its id. */
    public Item save(Item item) {
        if (item.id() == null) {
            repository.save(item);
            work().locked.add(item.itemNo());
        } else {
            work().changed.add(item);
        }
        work().known.put(item.itemNo(), item);
        return item;
    }

    /** Writes what was noted so far, where the same transaction goes on to read rows. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void writeBeforeReading() {
        work().write();
    }

    public String nextNumber() {
        long number =
                jdbc.sql("select nextval('item_number')").query(Long.class).single();
        return ItemNumber.of(clock.today().getYear(), number);
    }

    private Work work() {
        return TransactionWork.of(this, Work::new);
    }

    /** The items of one transaction. */
    private final class Work extends TransactionWork {

        private final Map<String, Item> known = new HashMap<>();
        private final Set<Item> changed = new LinkedHashSet<>();
        /** The numbers of those that nobody else can change now. */
        private final SortedSet<String> locked = new TreeSet<>();

        Work() {
            super(Items.this);
        }

        @Override
        protected void write() {
            changed.forEach(repository::save);
            changed.clear();
        }
    }
}
