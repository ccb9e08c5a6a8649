-- The work itself belongs to the third step, 限期整改, not to the fourth: whatever is being rectified now stands there. A step of
-- each item's timeline says so, so that its digest is chained as with any other step (V32).
with moved as (
    update item
    set step = 'DEADLINE'
    where step = 'VERIFICATION'
      and (status in ('RECTIFYING', 'REWORK')
           or status = 'SUSPENDED'
              and exists (select from to_do where to_do.item_id = item.id and to_do.task_key = 'rectify'))
    returning id, round, status
)
insert into timeline (item_id, at, actor, action, step, round, status, note)
select id, now(), null, 'STEP_MOVED', 'DEADLINE', round, status, 'DEADLINE'
from moved
order by id;
