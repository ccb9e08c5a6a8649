-- Departments in units, units that are closed, further posts, substitutes.

alter table unit
    -- 科室: part of a unit of any tier, whose tier it has.
    add column department boolean not null default false,
    add column opened_on  date,
    add column closed_on  date,
    add constraint unit_open_before_closed check (closed_on >= opened_on),
    add constraint unit_department_of check (not department or parent_code is not null);
create index unit_parent on unit (parent_code);

-- Beside the main post, which is in the person's own row.
create table post (
    id        bigint generated always as identity primary key,
    person    text not null references person (id),
    unit_code text not null references unit (code),
    roles     text[] not null check (cardinality(roles) > 0),
    from_on   date not null,
    -- The last day; null: without an end.
    to_on     date check (to_on >= from_on),
    -- Whether the engine's groups have heard of it; who may do what follows from the dates alone.
    applied   boolean not null default false
);
create index post_person on post (person);
create index post_unit on post (unit_code);

-- 代理（AB 角）: who acts for whom, from the first day to the last.
create table substitution (
    id         bigint generated always as identity primary key,
    absent     text not null references person (id),
    substitute text not null references person (id),
    from_on    date not null,
    to_on      date not null check (to_on >= from_on),
    state      text not null check (state in ('PLANNED', 'IN_FORCE', 'ENDED', 'CANCELLED')),
    entered_by text not null references person (id),
    entered_at timestamptz not null,
    check (absent <> substitute)
);
create index substitution_absent on substitution (absent) where state in ('PLANNED', 'IN_FORCE');
create index substitution_substitute on substitution (substitute) where state in ('PLANNED', 'IN_FORCE');

-- For whom the actor did it, where that was not for themselves.
alter table timeline add column on_behalf_of text references person (id);

-- The absence for whose time the task is with the substitute.
alter table to_do add column handed_over bigint references substitution (id);
create index to_do_handed_over on to_do (handed_over) where handed_over is not null;
