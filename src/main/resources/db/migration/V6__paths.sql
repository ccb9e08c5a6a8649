-- What offices do beside the straight way (DOMAIN.md §3).

-- What the system does by itself, at a date, has no actor.
alter table timeline alter column actor drop not null;

-- A unit's answer that an item is not its own (退回重派), and the ruling.
create table decline (
    item_id        bigint not null references item (id),
    seq            smallint not null,
    unit           text not null references unit (code),
    declined_by    text not null references person (id),
    declined_at    timestamptz not null,
    reason         text not null,
    basis          text not null,
    suggested_unit text references unit (code),
    ruled_by       text references person (id),
    ruled_at       timestamptz,
    upheld         boolean,
    opinion        text,
    primary key (item_id, seq)
);

-- What is asked of an item while it is worked on: extension, suspension, merger, transfer, cancellation.
create table item_request (
    id           bigint generated always as identity primary key,
    item_id      bigint not null references item (id),
    kind         text not null,
    round        integer not null,
    requested_by text not null references person (id),
    requested_at timestamptz not null,
    reason       text not null,
    -- extension: why it is believed; suspension and cancellation: the ground; transfer: the receipt's number only
    evidence     text,
    ground       text,
    receipt_no   text,
    target_no    text references item (item_no),
    -- extension: from when to when; suspension: the day of its review
    from_due     date,
    asked_day    date,
    decided_by   text references person (id),
    decided_at   timestamptz,
    granted      boolean,
    opinion      text,
    ended_at     timestamptz
);
create index item_request_item on item_request (item_id);
-- One at a time: two that contradict each other cannot both wait.
create unique index item_request_open on item_request (item_id) where decided_at is null;

-- Who has approved a request before it was decided.
create table request_approval (
    request_id  bigint not null references item_request (id),
    approver    text not null references person (id),
    approved_at timestamptz not null,
    opinion     text,
    primary key (request_id, approver)
);

-- The sources that an item took over from those merged into it; each is answered with it.
create table merged_source (
    item_id     bigint not null references item (id),
    from_item   text not null references item (item_no),
    source_type text not null,
    doc_no      text not null,
    seq         text,
    primary key (item_id, from_item)
);

-- A task of a suspended item stands still and is on nobody's list.
alter table to_do add column paused boolean not null default false;

-- A dispute about whose item it is stops the clock like a suspension.
create or replace function light(status text, started date, due date, today date) returns text
    language sql immutable as $$
    select case
        when status = 'CLOSED' then 'BLUE'
        when status in ('SUSPENDED', 'DISPUTED', 'NOT_ACCEPTED', 'MERGED', 'TRANSFERRED', 'CANCELLED') then 'GREY'
        when due is null then 'GREEN'
        when due < today then 'RED'
        when due - today <= 3 or (due - today) <= 0.2 * (due - started) then 'YELLOW'
        else 'GREEN'
    end
$$;
