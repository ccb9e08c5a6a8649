-- When an item is due and whether it is still open: the one definition that list, export and figures share.
create view item_clock as
select item.id as item_id,
       -- The item's own date once there is one; before that, the date of the task that waits.
       coalesce(item.current_due,
                (select (min(to_do.due) at time zone 'Asia/Shanghai')::date
                 from to_do where to_do.item_id = item.id)) as due,
       (item.registered_at at time zone 'Asia/Shanghai')::date as started,
       item.status not in ('CLOSED', 'NOT_ACCEPTED', 'MERGED', 'TRANSFERRED', 'CANCELLED') as open
from item;
