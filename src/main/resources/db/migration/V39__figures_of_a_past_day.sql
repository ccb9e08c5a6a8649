-- Who led an item before it changed hands (DOMAIN.md §5: every figure as the record stood then). The record keeps the unit that
-- leads now; the timeline tells each change as 'from → to' behind the padded id of its row. A co-organiser's share that
-- changed hands is told in the same way and leaves the lead where it is.
create function lead_unit_before(lead_unit text, changes text[]) returns text language plpgsql immutable as $$
declare
    change text;
    led_by text := lead_unit;
begin
    for change in select substr(told, 21) from unnest(changes) told order by told collate "C" desc loop
        if split_part(change, ' → ', 2) = led_by then
            led_by := split_part(change, ' → ', 1);
        end if;
    end loop;
    return led_by;
end $$;
