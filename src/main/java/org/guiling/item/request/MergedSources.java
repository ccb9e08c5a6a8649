package org.guiling.item.request;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.guiling.item.Item;
import org.guiling.item.Registration;
import org.guiling.item.SourceType;
import org.guiling.organization.Person;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The sources that an item took over from those merged into it (并案): every one is kept, and every one answered. */
@Component
@Transactional
public class MergedSources {

    private final JdbcClient jdbc;
    private final Clock clock;

    MergedSources(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All of them, by the number of the item that brought them; what was reopened since is not answered. */
    @Transactional(readOnly = true)
    public List<MergedSource> of(Item item) {
        return jdbc.sql("""
                        select from_item, source_type, doc_no, seq, reply_note,
                               coalesce(replied_round >= coalesce(
                                   (select max(round) from defect where defect.item_id = merged_source.item_id
                                      and origin not in ('VERIFY', 'SIGN_OFF')), 1), false) as answered
                        from merged_source where item_id = ? order by from_item""")
                .param(item.id())
                .query((row, index) -> new MergedSource(
                        row.getString("from_item"),
                        SourceType.valueOf(row.getString("source_type")),
                        row.getString("doc_no"),
                        row.getString("seq"),
                        row.getBoolean("answered"),
                        row.getString("reply_note")))
                .list();
    }

    /** Those that nobody has answered. */
    @Transactional(readOnly = true)
    public List<MergedSource> unanswered(Item item) {
        return of(item).stream().filter(source -> !source.answered()).toList();
    }

    /** The open items of which the item is a part, or one that was merged into it. */
    @Transactional(readOnly = true)
    List<String> wholesOf(Item item) {
        return jdbc.sql("""
                        select distinct parent_no from item
                        where parent_no is not null
                          and (item_no = :itemNo
                            or item_no in (select from_item from merged_source where item_id = :id))""")
                .param("itemNo", item.itemNo())
                .param("id", item.id())
                .query(String.class)
                .list();
    }

    /** The item takes over the source of another, and those that the other had taken over. */
    void takeOver(Item target, Item merged) {
        Registration facts = merged.registration();
        jdbc.sql("""
                        insert into merged_source (item_id, from_item, source_type, doc_no, seq)
                        values (:target, :itemNo, :type, :docNo, :seq)""")
                .param("target", target.id())
                .param("itemNo", merged.itemNo())
                .param("type", facts.sourceType().name())
                .param("docNo", facts.sourceDocNo())
                .param("seq", facts.sourceSeq())
                .update();
        jdbc.sql("""
                        insert into merged_source (item_id, from_item, source_type, doc_no, seq)
                        select ?, from_item, source_type, doc_no, seq from merged_source where item_id = ?
                        on conflict do nothing""").params(target.id(), merged.id()).update();
    }

    /** Writes down that sources were answered, by the numbers of the items that brought them. */
    public void answer(Item item, List<String> fromItems, String note, Person person) {
        jdbc.sql("""
                        update merged_source
                        set reply_note = ?, replied_by = ?, replied_at = ?, replied_round = ?
                        where item_id = ? and from_item = any (?)""")
                .params(
                        note,
                        person.id(),
                        OffsetDateTime.now(clock),
                        item.round(),
                        item.id(),
                        fromItems.toArray(String[]::new))
                .update();
    }
}
