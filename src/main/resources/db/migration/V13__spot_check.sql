-- The spot check (随机抽查, DOMAIN.md §3): seed, frame and time are kept, so that anybody can draw again and compare.

create sequence spot_check_number;

create table spot_check (
    id           bigint generated always as identity primary key,
    check_no     text not null unique,
    title        text not null,
    -- What is drawn from.
    scope        text not null check (scope in ('OPEN', 'CLOSED', 'BOTH')),
    tier         text check (tier in ('CITY', 'TOWNSHIP', 'VILLAGE')),
    category     text,
    closed_since date,
    ordered_by   text not null references person (id),
    ordered_at   timestamptz not null,
    -- Null until the sample is drawn, and never another afterwards.
    seed         text check (seed ~ '^[0-9a-f]{64}$'),
    drawn_at     timestamptz,
    check ((seed is null) = (drawn_at is null))
);

create function refuse_second_draw() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.seed is not null then
        raise exception 'Spot check % is drawn and stays as it was', old.check_no;
    end if;
    return new;
end $$;
create trigger spot_check_drawn_once before update or delete on spot_check
    for each row execute function refuse_second_draw();

-- The frame (抽样框): every item that could have been drawn, as it stood then.
create table spot_check_frame (
    spot_check_id bigint not null references spot_check (id),
    item_no       text not null references item (item_no),
    unit          text not null,
    level         smallint not null,
    status        text not null,
    -- Percent of its unit and level that were to be drawn.
    rate          smallint not null check (rate between 0 and 100),
    drawn         boolean not null,
    primary key (spot_check_id, item_no)
);
create trigger spot_check_frame_append_only before update or delete on spot_check_frame
    for each row execute function refuse_change();
create trigger spot_check_frame_no_truncate before truncate on spot_check_frame
    for each statement execute function refuse_change();

-- One row for each item that was drawn; what was found is filled in by the visit.
create table spot_check_visit (
    spot_check_id bigint not null references spot_check (id),
    item_no       text not null references item (item_no),
    -- Drawn among the verifiers who have nothing to do with the item; null where there was none.
    inspector     text references person (id),
    eligible      text[] not null,
    excluded      text[] not null,
    result        text check (result in ('CONSISTENT', 'DISCREPANT', 'NOT_VISITED')),
    visitors      text[],
    visited_on    date,
    method        text,
    round         integer,
    -- 虚假整改: what was reported as done was not.
    falsified     boolean,
    discrepancies text[],
    opinion       text,
    recorded_at   timestamptz,
    primary key (spot_check_id, item_no),
    check ((result is null) = (recorded_at is null))
);
-- An item is visited once at a time: two checks do not send two teams.
create unique index spot_check_visit_waiting on spot_check_visit (item_no) where result is null;

-- New problems that a visit came across; each is an item of its own.
create table spot_check_finding (
    spot_check_id   bigint not null,
    visited_item_no text not null,
    seq             smallint not null,
    item_no         text not null unique references item (item_no),
    primary key (spot_check_id, visited_item_no, seq),
    foreign key (spot_check_id, visited_item_no) references spot_check_visit (spot_check_id, item_no)
);
