-- The record (DOMAIN.md §2). The engine owns the flow, these tables own what is kept; one transaction holds both.

create table unit (
    code        text primary key check (code ~ '^[a-z0-9-]+$'),
    name        text not null,
    tier        text not null check (tier in ('CITY', 'TOWNSHIP', 'VILLAGE')),
    parent_code text references unit (code)
);

create table person (
    id            text primary key check (id ~ '^[a-z0-9._-]+$'),
    name          text not null,
    unit_code     text not null references unit (code),
    password_hash text not null,
    roles         text[] not null,
    enabled       boolean not null default true
);
create index person_unit on person (unit_code);

create sequence item_number;

create table import_batch (
    id          bigint generated always as identity primary key,
    file_name   text not null,
    file_digest text not null,
    profile     text not null,
    mode        text not null,
    row_count   integer not null,
    created     integer not null,
    duplicates  integer not null,
    rejected    integer not null,
    imported_by text not null references person (id),
    imported_at timestamptz not null,
    reviewed_by text references person (id),
    reviewed_at timestamptz
);

create table item (
    id                   bigint generated always as identity primary key,
    version              integer not null,
    item_no              text not null unique,
    status               text not null,
    step                 text not null,
    round                integer not null,
    -- Identity
    campaign_code        text,
    source_type          text not null,
    source_doc_no        text not null,
    source_seq           text,
    found_date           date not null,
    found_by             text not null,
    title                text not null check (length(title) <= 200),
    fact_text            text not null,
    location             text,
    subject              text,
    amount               numeric(14, 2),
    category             text not null,
    level                smallint not null check (level between 1 and 4),
    urgency              text not null,
    systemic             boolean not null,
    visibility           text not null,
    registered_by        text not null references person (id),
    registered_at        timestamptz not null,
    reviewed_by          text references person (id),
    reviewed_at          timestamptz,
    review_opinion       text,
    import_batch_id      bigint references import_batch (id),
    fingerprint          text unique,
    -- Ownership
    lead_unit            text not null references unit (code),
    co_units             text[] not null,
    principal            text,
    division_leader      text,
    handler              text references person (id),
    claimed_by           text references person (id),
    claimed_at           timestamptz,
    -- Plan
    root_cause           text,
    rect_type            text,
    target               text,
    fix_now_waiver       text,
    long_term_waiver     text,
    funds                text,
    emergency_plan       text,
    source_due           date,
    source_due_basis     text,
    planned_due          date,
    original_due         date,
    current_due          date,
    due_basis            text,
    planned_by           text references person (id),
    plan_approved_by     text references person (id),
    plan_opinion         text,
    -- Progress and closure
    result               text,
    extension            text,
    self_done_at         timestamptz,
    source_reply         text,
    source_reply_note    text,
    closed_at            timestamptz,
    look_back_on         date
);
create index item_status on item (status, current_due);
create index item_lead_unit on item (lead_unit, status);
create index item_source on item (source_doc_no, source_seq);
create index item_title on item (title);
create index item_import on item (import_batch_id) where import_batch_id is not null;

create table measure (
    item_id         bigint not null references item (id),
    seq             smallint not null,
    content         text not null,
    track           text not null,
    owner           text not null,
    due             date not null,
    expected_result text not null,
    evidence_type   text not null,
    done            boolean not null default false,
    result          text,
    evidence        text,
    primary key (item_id, seq)
);

create table progress (
    id          bigint generated always as identity primary key,
    item_id     bigint not null references item (id),
    round       integer not null,
    reported_by text not null references person (id),
    reported_at timestamptz not null,
    content     text not null
);
create index progress_item on progress (item_id);

create table institution (
    item_id   bigint not null references item (id),
    seq       smallint not null,
    name      text not null,
    doc_no    text not null,
    issued_on date not null,
    primary key (item_id, seq)
);

create table verification (
    id             bigint generated always as identity primary key,
    item_id        bigint not null references item (id),
    round          integer not null,
    method         text not null,
    verifiers      text[] not null,
    verified_on    date not null,
    criteria       text[] not null,
    result         text not null,
    call_back      text,
    call_back_note text,
    opinion        text not null,
    recorded_at    timestamptz not null,
    unique (item_id, round)
);

create table sign_off (
    id        bigint generated always as identity primary key,
    item_id   bigint not null references item (id),
    round     integer not null,
    approver  text not null references person (id),
    approved  boolean not null,
    opinion   text not null,
    signed_at timestamptz not null
);
create index sign_off_item on sign_off (item_id);

create table defect (
    item_id bigint not null references item (id),
    round   integer not null,
    seq     smallint not null,
    origin  text not null,
    content text not null,
    primary key (item_id, round, seq)
);

-- Append-only: what was written stays as it was written.
create table timeline (
    id      bigint generated always as identity primary key,
    item_id bigint not null references item (id),
    at      timestamptz not null,
    actor   text not null references person (id),
    action  text not null,
    step    text not null,
    round   integer not null,
    status  text not null,
    note    text
);
create index timeline_item on timeline (item_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The table % is append-only', tg_table_name;
end $$;
create trigger timeline_append_only before update or delete on timeline
    for each row execute function refuse_change();
create trigger timeline_no_truncate before truncate on timeline
    for each statement execute function refuse_change();

-- The to-do list: one row for each waiting user task, written by the engine's own transaction, so that a list with a
-- count does not go through the engine's task query and its authorization rows.
create table to_do (
    task_id     text primary key,
    item_id     bigint not null references item (id),
    task_key    text not null,
    group_id    text,
    assignee    text,
    due         timestamptz,
    created_at  timestamptz not null
);
create index to_do_group on to_do (group_id, due) where assignee is null;
create index to_do_assignee on to_do (assignee, due) where assignee is not null;
create index to_do_item on to_do (item_id);

-- The light (灯色, DOMAIN.md §3) is derived, never stored: this is its only definition.
create function light(status text, started date, due date, today date) returns text language sql immutable as $$
    select case
        when status = 'CLOSED' then 'BLUE'
        when status in ('SUSPENDED', 'NOT_ACCEPTED', 'MERGED', 'TRANSFERRED', 'CANCELLED') then 'GREY'
        when due is null then 'GREEN'
        when due < today then 'RED'
        when due - today <= 3 or (due - today) <= 0.2 * (due - started) then 'YELLOW'
        else 'GREEN'
    end
$$;
