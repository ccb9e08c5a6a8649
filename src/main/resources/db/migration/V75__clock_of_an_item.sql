-- Lists, counts and figures compared dates that were worked out anew for every row they looked at. They are kept now, in the
-- transaction that moves them: a light (灯色, DOMAIN.md §3) is a comparison of two dates with a day, and a range of an index.

drop function light_with_parts(text, date);
drop function light(text, date, date, date, date);
drop function light(text, date, date, date);
drop view item_clock;
drop function working_day_after(date, integer);

-- The nth working day up to and with a day, counted back.
create function working_day_until(last date, n integer) returns date language plpgsql stable as $$
declare
    candidate date := last;
    counted integer := 0;
begin
    loop
        if coalesce((select working from calendar_exception where day = candidate), extract(isodow from candidate) <= 5) then
            counted := counted + 1;
            exit when counted >= n;
        end if;
        candidate := candidate - 1;
    end loop;
    return candidate;
end $$;

-- The first day with at most three working days, or a fifth of the term, left; fourth_last is working_day_until(due, 4).
create function yellow_from(started date, due date, fourth_last date) returns date language sql immutable as $$
    select least(fourth_last, due - greatest(due - started, 0) / 5)
$$;
create function yellow_from(started date, due date) returns date language sql stable as $$
    select yellow_from(started, due, working_day_until(due, 4))
$$;

-- The light of an item whose dates do not run, or are far.
create function resting_light(status text) returns text language sql immutable as $$
    select case
        when status = 'CLOSED' then 'BLUE'
        when status in ('SUSPENDED', 'DISPUTED', 'NOT_ACCEPTED', 'MERGED', 'TRANSFERRED', 'CANCELLED') then 'GREY'
        else 'GREEN'
    end
$$;

create function light(yellow_from date, red_from date, resting text, today date) returns text language sql immutable as $$
    select case when red_from <= today then 'RED' when yellow_from <= today then 'YELLOW' else resting end
$$;

-- Derived from the record and the to-do list by item_clock_of_record, and kept by the triggers below.
create table item_clock (
    item_id         bigint primary key references item (id) on delete cascade,
    -- The whole that it is a part of, and that it was split itself.
    whole_id        bigint,
    whole           boolean not null,
    lead_unit       text not null,
    status          text not null,
    step            text not null,
    open            boolean not null,
    -- The item's own date once there is one; before that, the date of the task that waits. And when that began to count.
    due             date,
    started         date not null,
    -- By what the most urgent come first: nothing is urgent that has ended or has no date.
    urgency         date not null generated always as (coalesce(case when open then due end, date 'infinity')) stored,
    own_yellow_from date not null,
    own_red_from    date not null,
    own_resting     text not null,
    -- The same of the worst of its own light and those of its open parts, however deep. What has ended shows its own.
    yellow_from     date not null,
    red_from        date not null,
    resting         text not null
);

create view item_clock_of_record as
select dated.item_id, dated.whole_id, dated.whole, dated.lead_unit, dated.status, dated.step, dated.open, dated.due, dated.started,
       case when resting = 'GREEN' and due is not null then yellow_from(started, due) else 'infinity' end as own_yellow_from,
       case when resting = 'GREEN' and due is not null then due + 1 else 'infinity' end as own_red_from,
       resting as own_resting
from (
    select item.id as item_id,
           (select whole.id from item whole where whole.item_no = item.parent_no) as whole_id,
           exists (select from item part where part.parent_no = item.item_no) as whole,
           item.lead_unit, item.status, item.step,
           item.status not in ('CLOSED', 'NOT_ACCEPTED', 'MERGED', 'TRANSFERRED', 'CANCELLED') as open,
           coalesce(item.current_due,
                    (select (min(to_do.due) at time zone 'Asia/Shanghai')::date from to_do where to_do.item_id = item.id)) as due,
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
           resting_light(item.status) as resting
    from item
) dated;

-- Writes what is not as the record says; the number of rows that were not.
create function keep_item_clock(ids bigint[]) returns bigint language plpgsql as $$
declare
    written bigint;
begin
    insert into item_clock as clock (item_id, whole_id, whole, lead_unit, status, step, open, due, started,
        own_yellow_from, own_red_from, own_resting, yellow_from, red_from, resting)
    select item_id, whole_id, whole, lead_unit, status, step, open, due, started,
        own_yellow_from, own_red_from, own_resting, own_yellow_from, own_red_from, own_resting
    from item_clock_of_record where item_id = any (ids)
    on conflict (item_id) do update set
        whole_id = excluded.whole_id, whole = excluded.whole, lead_unit = excluded.lead_unit, status = excluded.status,
        step = excluded.step, open = excluded.open, due = excluded.due, started = excluded.started,
        own_yellow_from = excluded.own_yellow_from, own_red_from = excluded.own_red_from, own_resting = excluded.own_resting,
        -- Those of a whole follow at the end of the transaction.
        yellow_from = case when excluded.whole and excluded.open then clock.yellow_from else excluded.own_yellow_from end,
        red_from = case when excluded.whole and excluded.open then clock.red_from else excluded.own_red_from end,
        resting = case when excluded.whole and excluded.open then clock.resting else excluded.own_resting end
    where (clock.whole_id, clock.whole, clock.lead_unit, clock.status, clock.step, clock.open, clock.due, clock.started,
            clock.own_yellow_from, clock.own_red_from, clock.own_resting)
        is distinct from (excluded.whole_id, excluded.whole, excluded.lead_unit, excluded.status, excluded.step, excluded.open,
            excluded.due, excluded.started, excluded.own_yellow_from, excluded.own_red_from, excluded.own_resting)
        or not (excluded.whole and excluded.open) and (clock.yellow_from, clock.red_from, clock.resting)
            is distinct from (excluded.own_yellow_from, excluded.own_red_from, excluded.own_resting);
    get diagnostics written = row_count;
    return written;
end $$;

-- Writes the worst of the lights of an open whole and its open parts; how many rows were not that: 1 or 0.
create function keep_light_of_whole(id bigint) returns bigint language plpgsql as $$
declare
    written bigint;
begin
    with recursive tree (item_id) as (
        select $1
        union all
        select part.item_id from item_clock part join tree on part.whole_id = tree.item_id
    ), worst as (
        select min(clock.own_yellow_from) as yellow_from, min(clock.own_red_from) as red_from,
               case when bool_or(clock.own_resting = 'GREEN') then 'GREEN' else 'GREY' end as resting
        from tree join item_clock clock on clock.item_id = tree.item_id
        where clock.open
    )
    update item_clock whole
    set yellow_from = worst.yellow_from, red_from = worst.red_from, resting = worst.resting
    from worst
    where whole.item_id = $1 and whole.open
      and (whole.yellow_from, whole.red_from, whole.resting) is distinct from (worst.yellow_from, worst.red_from, worst.resting);
    get diagnostics written = row_count;
    return written;
end $$;

-- Compares everything with the record and mends it; the number of rows that were wrong.
create function rebuild_item_clock() returns bigint language plpgsql as $$
declare
    wrong bigint := 0;
begin
    select coalesce(sum(keep_item_clock(ids)), 0) into wrong
    from (select array_agg(item.id) as ids from item group by item.id / 10000) portion;
    select wrong + coalesce(sum(keep_light_of_whole(item_id)), 0) into wrong
    from (select item_id from item_clock where whole and open offset 0) wholes;
    return wrong;
end $$;

select rebuild_item_clock();

create index item_clock_urgency on item_clock (urgency, item_id);
create index item_clock_lead_unit on item_clock (lead_unit, urgency, item_id);
create index item_clock_status on item_clock (status, urgency, item_id);
create index item_clock_whole on item_clock (whole_id) where whole_id is not null;
analyze item_clock;

create function keep_clock_of_item() returns trigger language plpgsql as $$
begin
    perform keep_item_clock(array[new.id]);
    if tg_op = 'INSERT' and new.parent_no is not null then
        update item_clock set whole = true
        where item_id = (select id from item where item_no = new.parent_no) and not whole;
    end if;
    return null;
end $$;
create trigger clock_of_new after insert on item for each row execute function keep_clock_of_item();
create trigger clock_of_changed after update on item for each row
    when (old.status <> new.status or old.step <> new.step or old.lead_unit <> new.lead_unit
        or old.current_due is distinct from new.current_due or old.term_began is distinct from new.term_began)
    execute function keep_clock_of_item();

create function keep_clock_of_waiting_item() returns trigger language plpgsql as $$
declare
    waiting bigint := case when tg_op = 'DELETE' then old.item_id else new.item_id end;
begin
    if exists (select from item where id = waiting and current_due is null) then
        perform keep_item_clock(array[waiting]);
    end if;
    return null;
end $$;
create trigger clock_of_new after insert or delete on to_do for each row execute function keep_clock_of_waiting_item();
create trigger clock_of_changed after update on to_do for each row
    when (old.task_id <> new.task_id or old.due is distinct from new.due or old.created_at <> new.created_at)
    execute function keep_clock_of_waiting_item();

create function keep_clock_of_new_term() returns trigger language plpgsql as $$
begin
    if exists (select from item where id = new.item_id and current_due is not null and term_began is null) then
        perform keep_item_clock(array[new.item_id]);
    end if;
    return null;
end $$;
create trigger clock_of_new_term after insert on timeline for each row
    when (new.due_to is not null and new.action not in ('DUE_MOVED', 'RESUME', 'MERGE'))
    execute function keep_clock_of_new_term();

-- At the end of the transaction, so that two of a whole's parts wait for each other as briefly as can be.
create function keep_lights_of_wholes() returns trigger language plpgsql as $$
declare
    above bigint := case when new.whole then new.item_id else new.whole_id end;
begin
    while above is not null loop
        -- Whoever writes another part has committed before its light is read.
        perform from item_clock where item_id = above for no key update;
        perform keep_light_of_whole(above);
        select whole_id into above from item_clock where item_id = above;
    end loop;
    return null;
end $$;
create constraint trigger light_of_whole after insert or update of whole, open, own_yellow_from, own_red_from, own_resting
    on item_clock deferrable initially deferred for each row
    when (new.whole or new.whole_id is not null)
    execute function keep_lights_of_wholes();

-- A year that is loaded moves working days: of what is due then, and soon after.
create function keep_clock_of_days() returns trigger language plpgsql as $$
begin
    with day as (
        select each.day::date as day, working_day_until(each.day::date, 4) as fourth_last
        from generate_series((select min(day) from changed)::timestamp, (select max(day) + 72 from changed)::timestamp,
            interval '1 day') each (day)
    )
    update item_clock clock
    set own_yellow_from = yellow_from(started, due, fourth_last),
        yellow_from = case when whole then yellow_from else yellow_from(started, due, fourth_last) end
    from day
    where clock.urgency = day.day and clock.own_resting = 'GREEN'
      and clock.own_yellow_from <> yellow_from(started, due, fourth_last);
    return null;
end $$;
create trigger clock_of_new_days after insert on calendar_exception referencing new table as changed
    for each statement execute function keep_clock_of_days();
create trigger clock_of_dropped_days after delete on calendar_exception referencing old table as changed
    for each statement execute function keep_clock_of_days();
create trigger clock_of_changed_days after update on calendar_exception referencing new table as changed
    for each statement execute function keep_clock_of_days();
