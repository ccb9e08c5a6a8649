-- How many items of an import were like another item or row when they came in.
alter table import_batch add column alike integer not null default 0;
