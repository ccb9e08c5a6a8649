-- Departments in units, units that are closed, further posts, substitutes.

alter table unit
    -- 科室: part of a unit, whose tier it has.
    add column department boolean not null default false,
    -- The first day on which it is no more.
    add column closed_on  date,
    add constraint unit_department_of check (not department or parent_code is not null);
create index unit_parent on unit (parent_code);

-- Nothing is registered for a unit that is closed, nor goes to one, whatever was read before: whoever closes the unit
-- holds its row. The caller hears of a lost race.
create function require_open_unit() returns trigger language plpgsql as $$
declare
    closed date;
begin
    select closed_on into closed from unit where code = new.lead_unit for key share;
    if closed is not null then
        raise exception 'The unit % is closed', new.lead_unit using errcode = 'serialization_failure';
    end if;
    return new;
end $$;
create trigger item_unit_open before insert on item for each row execute function require_open_unit();
create trigger item_unit_stays_open before update on item for each row
    when (old.lead_unit is distinct from new.lead_unit) execute function require_open_unit();

-- 兼岗: beside the main post, which is in the person's own row.
create table post (
    person    text not null references person (id),
    unit_code text not null references unit (code),
    roles     text[] not null check (cardinality(roles) > 0),
    primary key (person, unit_code)
);
create index post_unit on post (unit_code);

-- 代理（AB 角）: who acts for whom, from the first day to the last. No reason: what is tracked are items.
create table substitution (
    id         bigint generated always as identity primary key,
    absent     text not null references person (id),
    substitute text not null references person (id),
    from_on    date not null,
    until_on   date not null check (until_on >= from_on),
    state      text not null check (state in ('PLANNED', 'IN_FORCE', 'ENDED', 'CANCELLED')),
    entered_by text not null references person (id),
    entered_at timestamptz not null,
    check (absent <> substitute)
);
create index substitution_absent on substitution (absent) where state in ('PLANNED', 'IN_FORCE');
create index substitution_substitute on substitution (substitute) where state in ('PLANNED', 'IN_FORCE');

-- The absence for whose time the task is with the substitute.
alter table to_do add column handed_over bigint references substitution (id);
create index to_do_handed_over on to_do (handed_over) where handed_over is not null;

-- Which organization file was read last: one that has not changed since does not undo what was changed elsewhere.
create table organization_file (
    digest  text not null primary key,
    read_at timestamptz not null
);
