-- The fast lane (即办): an item whose first three steps were one form.
alter table item add column fast_lane boolean not null default false;

-- Decomposition (穿透): an item that was split into parts for lower units (DOMAIN.md §3).
alter table item add column parent_no text references item (item_no);
create index item_parent on item (parent_no) where parent_no is not null;

-- The light of an item that was split: the worst of its own and those of its open parts, however deep. What has ended
-- shows its own.
create function light_with_parts(root text, today date) returns text language sql stable as $$
    with recursive tree (item_no) as (
        select root
        union all
        select part.item_no from item part join tree on part.parent_no = tree.item_no
    ), lights as (
        select item.item_no,
               clock.open,
               light(item.status, clock.started, clock.due, today, (select working_day_after(today, 4))) as light
        from tree
        join item on item.item_no = tree.item_no
        join item_clock clock on clock.item_id = item.id
    )
    select coalesce(
        (select light from lights
         where open and (select open from lights where item_no = root)
         order by array_position(array ['RED', 'YELLOW', 'GREEN', 'GREY', 'BLUE'], light) limit 1),
        (select light from lights where item_no = root))
$$;
