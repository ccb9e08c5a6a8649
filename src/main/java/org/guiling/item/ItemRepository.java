package org.guiling.item;

import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface ItemRepository extends Repository<Item, Long> {

    String ITEM_WITH_ACTIONS = """
            select item.*,
                   array(select distinct actor || ' ' || action from timeline
                         where item_id = item.id and actor is not null
                           and action not in ('NOTIFIED', 'REFUSED')) as actions,
                   array(select part.item_no from item part
                         join item_clock clock on clock.item_id = part.id
                         where part.parent_no = item.item_no and clock.open
                         union
                         select taker.item_no from item part
                         join merged_source source on source.from_item = part.item_no
                         join item taker on taker.id = source.item_id
                         join item_clock clock on clock.item_id = taker.id
                         where part.parent_no = item.item_no and part.status = 'MERGED'
                           and taker.item_no <> item.item_no and clock.open)
                       as open_parts
            from item
            """;

    Item save(Item item);

    @Query(ITEM_WITH_ACTIONS + "where item_no = :itemNo")
    Optional<Item> findByItemNo(String itemNo);

    @Query(ITEM_WITH_ACTIONS + "where id = (select item_id from to_do where task_id = :taskId)")
    Optional<Item> findByTask(String taskId);
}
