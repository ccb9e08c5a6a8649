-- The working calendar (工作日历, DOMAIN.md §4): what the State Council's notices lay down.

create table calendar_year (
    year          integer primary key check (year between 2000 and 2099),
    notice_number text not null,
    notice_title  text not null,
    notice_date   date not null,
    -- Both null for a year that came with the product.
    loaded_by     text references person (id),
    loaded_at     timestamptz,
    check ((loaded_by is null) = (loaded_at is null))
);

-- A weekday off or a weekend day that is worked; every other day is what its day of the week says.
create table calendar_exception (
    day     date primary key check (extract(year from day) = year),
    year    integer not null references calendar_year (year),
    working boolean not null check (working = (extract(isodow from day) > 5)),
    name    text not null
);

-- Grows with each year that is loaded: how a node notices what another one loaded.
create table calendar_revision (
    single   boolean primary key default true check (single),
    revision bigint not null
);
insert into calendar_revision (revision) values (1);

-- The n-th working day after a day. Years that are not loaded have no exceptions: Monday to Friday are worked.
create function working_day_after(start date, n integer) returns date language sql stable as $$
    select candidate.day
    from (select start + ahead as day from generate_series(1, 3 * n + 60) ahead) candidate
    left join calendar_exception exception on exception.day = candidate.day
    where coalesce(exception.working, extract(isodow from candidate.day) <= 5)
    order by candidate.day
    offset n - 1 limit 1
$$;

-- The light (灯色, DOMAIN.md §3) is derived, never stored: this is its only definition. Yellow is at most three working
-- days or a fifth of the time left. A list hands in the fourth working day after today, which is the same for each of its
-- rows, so that a row costs comparisons only.
create function light(status text, started date, due date, today date, fourth_working_day date) returns text
    language sql immutable as $$
    select case
        when status = 'CLOSED' then 'BLUE'
        when status in ('SUSPENDED', 'DISPUTED', 'NOT_ACCEPTED', 'MERGED', 'TRANSFERRED', 'CANCELLED') then 'GREY'
        when due is null then 'GREEN'
        when due < today then 'RED'
        when due < fourth_working_day or (due - today) <= 0.2 * (due - started) then 'YELLOW'
        else 'GREEN'
    end
$$;

-- The same for one item.
create or replace function light(status text, started date, due date, today date) returns text
    language sql stable as $$
    select light(status, started, due, today, working_day_after(today, 4))
$$;

-- What the system does by itself, at a date, has no actor.
alter table timeline alter column actor drop not null;
