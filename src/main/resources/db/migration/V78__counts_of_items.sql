-- How many items there are by status, step and light, without a look at each. A light changes with the day alone, so that what is
-- counted are items and the days on which their lights turn: of those that turned yellow by today, some turned red by today.

-- The counts so far. turn is ALL (the items; its day is -infinity), YELLOW or RED (those that turn so on the day).
create table item_count (
    status  text not null,
    step    text not null,
    resting text not null,
    turn    text not null,
    day     date not null,
    items   bigint not null,
    primary key (status, step, resting, turn, day)
);

-- What came (1) and went (-1) since, in the transaction that changed it. Only added to, so that nobody waits for anybody.
create table item_count_change (
    status      text not null,
    step        text not null,
    resting     text not null,
    yellow_from date not null,
    red_from    date not null,
    items       smallint not null
);

create view item_count_now as
select status, step, resting, turn, day, items from item_count
union all
select status, step, resting, 'ALL', date '-infinity', items from item_count_change
union all
select status, step, resting, 'YELLOW', yellow_from, items from item_count_change where yellow_from < 'infinity'
union all
select status, step, resting, 'RED', red_from, items from item_count_change where red_from < 'infinity';

create function note_item_count() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into item_count_change values (old.status, old.step, old.resting, old.yellow_from, old.red_from, -1);
    end if;
    if tg_op <> 'DELETE' then
        insert into item_count_change values (new.status, new.step, new.resting, new.yellow_from, new.red_from, 1);
    end if;
    return null;
end $$;
create trigger count_of_changed after update on item_clock for each row
    when (old.status <> new.status or old.step <> new.step or old.resting <> new.resting
        or old.yellow_from <> new.yellow_from or old.red_from <> new.red_from)
    execute function note_item_count();
create trigger count_of_new after insert or delete on item_clock for each row execute function note_item_count();

-- Adds the changes to the counts; how many there were. Nothing where another node does it.
create function fold_item_counts() returns bigint language plpgsql as $$
declare
    changes item_count_change[];
begin
    if not pg_try_advisory_xact_lock(hashtext('item_count')) then
        return 0;
    end if;
    with taken as (delete from item_count_change returning item_count_change)
    select array_agg(item_count_change) into changes from taken;
    merge into item_count counted
    using (
        select status, step, resting, turn, day, sum(items) as items
        from unnest(changes) change, lateral (values ('ALL', date '-infinity'), ('YELLOW', yellow_from), ('RED', red_from)) each (turn, day)
        where day < 'infinity'
        group by status, step, resting, turn, day
        having sum(items) <> 0
    ) change
    on counted.status = change.status and counted.step = change.step and counted.resting = change.resting
        and counted.turn = change.turn and counted.day = change.day
    when matched and counted.items + change.items = 0 then delete
    when matched then update set items = counted.items + change.items
    when not matched then insert values (change.status, change.step, change.resting, change.turn, change.day, change.items);
    return coalesce(cardinality(changes), 0);
end $$;

create view item_count_of_record as
select status, step, resting, turn, day, count(*) as items
from item_clock, lateral (values ('ALL', date '-infinity'), ('YELLOW', yellow_from), ('RED', red_from)) each (turn, day)
where day < 'infinity'
group by status, step, resting, turn, day;

-- Counts everything anew; how many counts were wrong. Whoever changes an item waits.
create function rebuild_item_counts() returns bigint language plpgsql as $$
declare
    wrong bigint;
begin
    lock table item_clock in share mode;
    select count(*) into wrong
    from item_count_of_record counted
    full join (select status, step, resting, turn, day, sum(items) as items from item_count_now group by 1, 2, 3, 4, 5
               having sum(items) <> 0) now
        using (status, step, resting, turn, day)
    where counted.items is distinct from now.items;
    delete from item_count_change;
    delete from item_count;
    insert into item_count select * from item_count_of_record;
    return wrong;
end $$;

select rebuild_item_counts();
