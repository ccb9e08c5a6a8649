package org.guiling.item;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface ItemRepository extends Repository<Item, Long> {

    Item save(Item item);

    Optional<Item> findByItemNo(String itemNo);
}
