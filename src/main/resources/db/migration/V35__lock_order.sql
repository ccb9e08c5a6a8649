-- One order of locks: an item's row, then the heads of its chains, then whatever else. Who wrote into a timeline held the
-- head first and came to the item's row at the end of the transaction; who locked the row first (evidence, for one) met
-- them half-way, and PostgreSQL ended one of both as a deadlock. Fires before timeline_chain, by its name, and changes
-- nothing of the row.
create function lock_item_before_chain() returns trigger language plpgsql as $$
begin
    perform from item where id = new.item_id for no key update;
    return new;
end $$;

create trigger item_before_chain before insert on timeline for each row execute function lock_item_before_chain();
