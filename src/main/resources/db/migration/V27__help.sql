-- Complaints and suggestions about the work and the software (投诉建议): said once, answered once, never changed.
create table suggestion (
    id          bigint generated always as identity primary key,
    kind        text        not null check (kind in ('COMPLAINT', 'SUGGESTION', 'FAULT')),
    content     text        not null,
    made_by     text        not null references person (id),
    nameless    boolean     not null,
    made_at     timestamptz not null,
    answer      text,
    answered_by text references person (id),
    answered_at timestamptz,
    check (num_nulls(answer, answered_by, answered_at) in (0, 3))
);
create index suggestion_of_person on suggestion (made_by, id);
create index suggestion_unanswered on suggestion (id) where answered_at is null;

-- Who has taken the tour of the portal, or does not want it.
create table tour (
    person   text primary key references person (id),
    ended_at timestamptz not null
);
