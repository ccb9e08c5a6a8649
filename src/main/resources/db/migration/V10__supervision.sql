-- Supervision (督办): the ladder from reminders to a circular (DOMAIN.md §3).

-- When the timer of the item's supervision fires next, and the card that waits for a decision. Every step asks for
-- both, so they are read and written with the item.
alter table item
    add column next_look     date,
    add column proposed_card bigint;
create index item_next_look on item (next_look) where next_look is not null;

-- How far the ladder has climbed: for each cause, task and round. Another date begins afresh.
create table supervision_climb (
    item_id   bigint not null references item (id),
    cause     text not null check (cause in ('DUE', 'STAGNATION', 'REJECTION')),
    task_key  text not null,
    round     integer not null,
    -- What the rungs are counted from, and since when the ladder stands there.
    reference date not null,
    since     date not null,
    -- The working days of the last rung; null for none yet.
    reached   integer,
    primary key (item_id, cause, task_key, round)
);

-- What the ladder proposed and people decided (黄牌、红牌督办函、约谈、通报).
create table supervision_card (
    id                   bigint generated always as identity primary key,
    item_id              bigint not null references item (id),
    round                integer not null,
    rung                 text not null check (rung in ('YELLOW_CARD', 'RED_CARD', 'SUMMONS', 'CIRCULAR')),
    cause                text not null check (cause in ('DUE', 'STAGNATION', 'REJECTION')),
    task_key             text not null,
    reference            date not null,
    unit                 text not null references unit (code),
    issuers              text not null,
    objection_decided_by text not null,
    proposed_at          timestamptz not null,
    decision             text check (decision in ('ISSUED', 'DROPPED', 'VOID')),
    -- Null where a proposal became void by itself.
    decided_by           text references person (id),
    decided_at           timestamptz,
    opinion              text,
    taken_back_at        timestamptz,
    take_back_reason     text,
    objected_by          text references person (id),
    objected_at          timestamptz,
    objection            text,
    objection_evidence   text,
    ruled_by             text references person (id),
    ruled_at             timestamptz,
    upheld               boolean,
    ruling               text,
    check ((decision is null) = (decided_at is null)),
    check (taken_back_at is null or decision = 'ISSUED'),
    check (objected_at is null or decision = 'ISSUED'),
    check (ruled_at is null or objected_at is not null)
);
create index supervision_card_item on supervision_card (item_id);
-- One proposal at a time, and one objection.
create unique index supervision_card_proposed on supervision_card (item_id) where decision is null;
create unique index supervision_card_objection on supervision_card (item_id)
    where objected_at is not null and ruled_at is null;
