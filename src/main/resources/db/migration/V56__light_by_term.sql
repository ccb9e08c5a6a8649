-- The fifth of the time after which a light is yellow (DOMAIN.md §3) is a fifth of the term in force: a round of rework of ten
-- days was yellow from its first day, since the days counted from the registration.

-- When the term in force began: with the approved plan, an extension, a round of rework, a reopening. Null until then, and
-- in rows of before; the view below finds it in the timeline.
alter table item add column term_began date;

create or replace view item_clock as
select item.id as item_id,
       -- The item's own date once there is one; before that, the date of the task that waits.
       coalesce(item.current_due,
                (select (min(to_do.due) at time zone 'Asia/Shanghai')::date
                 from to_do where to_do.item_id = item.id)) as due,
       -- When that date began to count.
       case when item.current_due is null
           then coalesce(
               (select (to_do.created_at at time zone 'Asia/Shanghai')::date
                from to_do where to_do.item_id = item.id order by to_do.due, to_do.task_id limit 1),
               (item.registered_at at time zone 'Asia/Shanghai')::date)
           else coalesce(
               item.term_began,
               -- What moves a task's own date, and what a suspension adds, begins no term.
               (select (max(timeline.at) at time zone 'Asia/Shanghai')::date
                from timeline
                where timeline.item_id = item.id and timeline.due_to is not null
                  and timeline.action not in ('DUE_MOVED', 'RESUME', 'MERGE')),
               (item.registered_at at time zone 'Asia/Shanghai')::date)
       end as started,
       item.status not in ('CLOSED', 'NOT_ACCEPTED', 'MERGED', 'TRANSFERRED', 'CANCELLED') as open
from item;
