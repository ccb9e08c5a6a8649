package org.guiling.item;

import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface ItemRepository extends Repository<Item, Long> {

    Item save(Item item);

    @Query("""
            select item.*,
                   array(select distinct actor || ' ' || action from timeline where item_id = item.id) as deeds
            from item where item_no = :itemNo""")
    Optional<Item> findByItemNo(String itemNo);
}
