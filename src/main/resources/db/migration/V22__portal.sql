-- Who has opened a task since it waits: what nobody of a reader's has opened is marked as new to them.
alter table to_do
    add column seen_by text[] not null default '{}';
