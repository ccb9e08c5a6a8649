-- After the closure (回头看, DOMAIN.md §3): one row for each look back.
create table look_back (
    item_id   bigint not null references item (id),
    round     integer not null,
    looked_by text not null references person (id),
    looked_at timestamptz not null,
    method    text not null,
    looked_on date not null,
    rebounded boolean not null,
    -- 虚假整改: what was reported as done was not.
    falsified boolean not null,
    opinion   text not null,
    primary key (item_id, round)
);
