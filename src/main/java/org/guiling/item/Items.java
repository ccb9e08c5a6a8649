package org.guiling.item;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The items as a whole: finds one, numbers a new one, keeps one true. */
@Component
public class Items {

    private final ItemRepository repository;
    private final JdbcClient jdbc;
    private final Clock clock;

    Items(ItemRepository repository, JdbcClient jdbc, Clock clock) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Optional<Item> find(String itemNo) {
        return repository.findByItemNo(itemNo);
    }

    /** @throws RefusedException when there is no such item */
    public Item get(String itemNo) {
        return find(itemNo).orElseThrow(() -> RefusedException.notFound("refusal.item-unknown", itemNo));
    }

    /** Whether nothing was ever registered. */
    public boolean areEmpty() {
        return jdbc.sql("select not exists (select from item)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Keeps status and step true to where the engine waits now. A targeted update: the engine may move on in the same
     * transaction in which a step wrote its facts.
     */
    @Transactional
    public void moveTo(String itemNo, Step step, ItemStatus status) {
        jdbc.sql("""
                        update item set step = ?, version = version + 1,
                            status = case when ? = 'RECTIFYING' and round > 1 then 'REWORK' else ? end
                        where item_no = ?""").params(step.name(), status.name(), status.name(), itemNo).update();
    }

    /**
     * Items that may be the same problem: same source and sequence number, or same title. What one source numbers
     * apart is not the same, whatever it is called.
     */
    public List<SimilarItem> similarTo(Item item) {
        Registration facts = item.registration();
        return jdbc.sql("""
                        select item_no, title, status from item
                        where item_no <> :itemNo
                          and (source_doc_no = :docNo and source_seq = :seq
                            or title = :title and (source_doc_no <> :docNo or source_seq is null or :seq::text is null))
                        order by item_no limit 20""")
                .param("itemNo", item.itemNo())
                .param("title", facts.title())
                .param("docNo", facts.sourceDocNo())
                .param("seq", facts.sourceSeq())
                .query((row, index) -> new SimilarItem(
                        row.getString("item_no"), row.getString("title"), ItemStatus.valueOf(row.getString("status"))))
                .list();
    }

    Item save(Item item) {
        return repository.save(item);
    }

    String nextNumber() {
        long number =
                jdbc.sql("select nextval('item_number')").query(Long.class).single();
        return "ZG-%d-%06d".formatted(LocalDate.now(clock).getYear(), number);
    }
}
