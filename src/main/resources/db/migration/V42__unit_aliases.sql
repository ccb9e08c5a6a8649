-- Former and short names of units in the lists that are imported (issue 15 §4): each confirmed once by a person. The key is
-- the name as the import compares names: without blanks, full width and half width as one, in lower case.
create table unit_alias (
    name_key     text primary key,
    name         text not null check (length(name) between 1 and 200),
    unit_code    text not null references unit (code),
    confirmed_by text not null references person (id),
    confirmed_at timestamptz not null
);
