-- Sessions of people, so that each finds their own and ends them, on whichever node they are. A row goes with its
-- session: it tells who is signed on where, not who was.

create table open_session (
    id        bigint generated always as identity primary key,
    person_id text not null references person (id),
    way       text not null,
    begun_at  timestamptz not null,
    -- Within five minutes.
    seen_at   timestamptz not null,
    address   text not null,
    -- As it calls itself; cut where it is long.
    browser   text not null
);

create index open_session_person on open_session (person_id);

-- Since when somebody is here: their initial password, where it was not set by an administrator, is as old.
alter table person add column added_at timestamptz not null default now();
